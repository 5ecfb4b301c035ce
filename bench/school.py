"""A school to measure by: one course, one class of any size, with people at every place in it.

The rows are written in bulk, not through the actions: three thousand learners in some seconds.
The counts that the actions keep are worked out from the rows by the same code (`recount`).
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from meanwhile.assessment.models import Submission, Work
from meanwhile.courses.actions.offerings import make_offering
from meanwhile.courses.forms import first_dates
from meanwhile.courses.models import Block, Course, Lesson, Mode, Objective, Offering, Unit
from meanwhile.courses.queries.outline import outline
from meanwhile.feedback.models import Promise
from meanwhile.learning.actions.counts import recount_course
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.people.models import Cohort, Enrolment, Group, Membership, Note, Person, School

UNITS, LESSONS, TEXTS, QUESTIONS = 4, 4, 5, 3
ZONES = ("Europe/London", "Africa/Nairobi", "Europe/Lisbon", "Asia/Tokyo", "Asia/Singapore")
AT_ONCE = 2000
PROSE = (
    "<h2>Part {n}</h2>"
    + "<p>Light leaves the water at a slant and turns away from the line that stands upright on "
    "the surface. Your eye does not know that it turned. It follows the ray straight back, and so "
    "it sees the fish higher than the fish is.</p>" * 4
)
ESSAY = "Light leaves the water at a slant and turns away from the line that stands upright. " * 40
CHOICE = {
    "options": [
        {"id": "deeper", "text": "Deeper than it looks", "right": True, "feedback": "Yes."},
        {"id": "same", "text": "Exactly where it looks", "feedback": "Follow the ray back."},
        {"id": "higher", "text": "Higher than it looks", "feedback": "Other way round."},
    ],
    "hints": ["Draw the ray to the surface first.", "Which way does it turn there?"],
    "why": "Light bends when it leaves the water.",
}
CHOICE_HTML = {
    "body": "<p>Where is the fish really?</p>",
    "option.deeper": "Deeper than it looks",
    "option.same": "Exactly where it looks",
    "option.higher": "Higher than it looks",
    "feedback.deeper": "<p>Yes.</p>",
    "feedback.same": "<p>Follow the ray back.</p>",
    "feedback.higher": "<p>Other way round.</p>",
    "hint.0": "<p>Draw the ray to the surface first.</p>",
    "hint.1": "<p>Which way does it turn there?</p>",
    "why": "<p>Light bends when it leaves the water.</p>",
}


@dataclass(frozen=True)
class Made:
    """What the measurements need to know: keys and slugs."""

    offering: int
    learner: int
    teacher: int
    lesson: str
    question: str
    paper: str


def make_school(size: int) -> Made:
    """A class of `size` learners. The learner who is measured is in the middle of the course, with
    the same rows in a class of any size."""
    chance = random.Random(8)
    with transaction.atomic():
        school = School.objects.create(slug="bench", name="Bench School", zone=ZONES[0])
        teacher = _people(school, ["Ada Teacher"], "teacher")[0]
        course = _course(school)
        cohort = Cohort.objects.create(school=school, name="8B", zone=ZONES[0], code="BENCH8BX")
        now = timezone.now()
        Enrolment.objects.create(person=teacher, cohort=cohort, role="teacher", joined_at=now)
        learners = _people(school, [f"Learner {n:04} Surname" for n in range(size)], "learner")
        joined = now - timedelta(days=60)
        _bulk(Enrolment, (Enrolment(person=p, cohort=cohort, joined_at=joined) for p in learners))
        _surroundings(cohort, teacher, now)
        offering = _offering(course, cohort, teacher)
        _work(offering, learners, chance, now)
        paper = _hand_ins(offering, learners, now)
        recount_course(course.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    lesson = Lesson.objects.get(course=course, uid="lesson-2-0")
    question = lesson.blocks.filter(answers=True).order_by("position")[0]
    return Made(offering.pk, learners[0].pk, teacher.pk, lesson.uid, question.uid, paper)


def _bulk(model: type[Any], rows: Iterable[Any]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        model.objects.bulk_create(batch)


def _people(school: School, names: list[str], role: str) -> list[Person]:
    people = [
        Person(
            username=f"{role}.{n}", name=name, password="!", zone=ZONES[n % 5], zone_confirmed=True
        )
        for n, name in enumerate(names)
    ]
    _bulk(Person, people)
    made = list(Person.objects.filter(username__startswith=f"{role}.").order_by("pk"))
    _bulk(Membership, (Membership(person=p, school=school, role=role) for p in made))
    return made


def _course(school: School) -> Course:
    course = Course.objects.create(
        school=school,
        uid="light",
        title="Light and colour",
        summary="Shadows, mirrors, bent straws and rainbows.",
        published_at=timezone.now(),
        hours_per_week=2,
    )
    aims = [
        Objective.objects.create(course=course, uid=f"aim-{n}", text=f"I can say {n}.", position=n)
        for n in range(6)
    ]
    for earlier, later in pairwise(aims):
        later.builds_on.add(earlier)
    for u in range(UNITS):
        unit = Unit.objects.create(course=course, uid=f"unit-{u}", title=f"Unit {u}", position=u)
        for at in range(LESSONS):
            _lesson(course, unit, u, at, aims)
    return course


def _lesson(course: Course, unit: Unit, u: int, at: int, aims: list[Objective]) -> None:
    lesson = Lesson.objects.create(
        course=course, unit=unit, uid=f"lesson-{u}-{at}", title=f"Lesson {u}.{at}", position=at,
        minutes=14, summary="What happens at the surface.",
    )  # fmt: skip
    lesson.objectives.add(aims[u], aims[u + 1])
    for n in range(TEXTS):
        Block.objects.create(
            lesson=lesson, uid=f"text-{n}", kind="text", heading=f"Part {n}", position=n, minutes=2,
            body="Light.", rendered={"body": PROSE.format(n=n)},
        )  # fmt: skip
    for n in range(QUESTIONS):
        block = Block.objects.create(
            lesson=lesson, uid=f"fish-{n}", kind="choice", data=CHOICE, body="Where is the fish?",
            rendered=CHOICE_HTML, answers=True, position=TEXTS + n, minutes=1.5,
        )  # fmt: skip
        block.objectives.add(aims[u])


def _hand_ins(offering: Offering, learners: list[Person], now: datetime) -> str:
    """Everybody has handed in an essay and waits for an answer. The code of the first."""
    lesson = Lesson.objects.get(course=offering.course_id, uid=f"lesson-{UNITS - 1}-{LESSONS - 1}")
    levels = [{"name": name, "next": "One thing more."} for name in ("Not yet", "Nearly", "Clear")]
    lines = [{"id": f"line-{n}", "text": f"Line {n}", "levels": levels} for n in range(4)]
    block = Block.objects.create(
        lesson=lesson, uid="essay", kind="task", data={"title": "Essay", "criteria": lines},
        body="Explain it.", rendered={"body": "<p>Explain it.</p>"}, position=90, minutes=40,
    )  # fmt: skip
    whose = [{"person": each, "offering": offering, "block": block} for each in learners]
    _bulk(Work, (Work(begun_at=now, **each) for each in whose))
    works = dict(Work.objects.filter(block=block).values_list("person", "pk"))
    class_ = {"cohort_id": offering.cohort_id}
    _bulk(
        Submission,
        (
            Submission(
                work_id=works[each["person"].pk], number=1, text=ESSAY, edition=1,
                handed_in_at=now, sha256="0" * 64, code=f"H{n}", signature="0" * 64,
                **each, **class_,
            )
            for n, each in enumerate(whose)
        ),
    )  # fmt: skip
    made = dict(Submission.objects.filter(block=block).values_list("person", "pk"))
    _bulk(
        Promise,
        (
            Promise(
                submission_id=made[each["person"].pk], code=f"P{n}", sent_at=now,
                first_at=now + timedelta(days=2), promised_at=now + timedelta(days=2, minutes=n),
                **each, **class_,
            )
            for n, each in enumerate(whose)
        ),
    )  # fmt: skip
    return "P0"


def _surroundings(cohort: Cohort, teacher: Person, now: datetime) -> None:
    """Groups to filter by, notes to read."""
    for name in ("A", "B"):
        group = Group.objects.create(cohort=cohort, name=name)
        group.members.set(cohort.enrolments.filter(role="learner")[:10])
    for days in (1, 3):
        Note.objects.create(
            cohort=cohort, author=teacher, words="Lesson three is a short one this week.",
            sent_at=now - timedelta(days=days),
        )  # fmt: skip


def _offering(course: Course, cohort: Cohort, teacher: Person) -> Offering:
    starts = date.today() - timedelta(days=10)
    dates = first_dates(Mode.COHORT, outline(course), starts, 2)
    offering = make_offering(teacher.pk, course, cohort, Mode.COHORT, starts, ZONES[0], dates)
    offering.made_at = timezone.now() - timedelta(days=60)
    offering.save(update_fields=["made_at"])
    return offering


def _work(offering: Offering, learners: list[Person], chance: random.Random, now: datetime) -> None:
    """One in ten has not begun; everybody else is somewhere, the first one half way."""
    blocks = list(
        Block.objects.filter(lesson__course=offering.course)
        .select_related("lesson")
        .order_by("lesson__unit__position", "lesson__position", "position")
    )
    half = (len(blocks) * 2 * LESSONS) // (UNITS * LESSONS) + 3
    places = [half, *(chance.randrange(len(blocks)) for _ in learners[1:])]
    begun = [(p, at) for n, (p, at) in enumerate(zip(learners, places, strict=True)) if n % 10 != 9]
    _bulk(Participation, (_joined(offering, p, blocks[at], chance, now) for p, at in begun))
    rows = {row.person_id: row for row in Participation.objects.filter(offering=offering)}
    work = [(rows[p.pk], at) for p, at in begun]
    _bulk(BlockState, _states(work, blocks, now))
    _bulk(Answer, _answers(work, blocks, now))


def _joined(
    offering: Offering, person: Person, at: Block, chance: random.Random, now: datetime
) -> Participation:
    return Participation(
        person=person,
        offering=offering,
        started_at=now - timedelta(days=40),
        last_active_at=now - timedelta(hours=chance.randrange(1, 24 * 12)),
        unit_id=at.lesson.unit_id,
        lesson=at.lesson,
        block=at,
    )


def _right(row: Participation, block: Block) -> bool:
    return (row.person_id * 7 + block.pk) % 3 > 0


def _states(
    work: list[tuple[Participation, int]], blocks: list[Block], now: datetime
) -> Iterator[BlockState]:
    for row, at in work:
        for block in blocks[:at]:
            asked = block.answers
            right = _right(row, block) if asked else None
            yield BlockState(
                participation=row, block=block, done_at=now, tries=int(asked), right=right,
                score=float(right) if right is not None else None, first_right=right,
                wrong_run=int(right is False), answered_at=now if asked else None,
            )  # fmt: skip


def _answers(
    work: list[tuple[Participation, int]], blocks: list[Block], now: datetime
) -> Iterator[Answer]:
    for row, at in work:
        for block in blocks[:at]:
            if block.answers:
                right = _right(row, block)
                yield Answer(
                    participation=row, block=block, at=now, score=float(right), right=right,
                    response={"choice": "deeper" if right else "same"}, confidence=block.pk % 3,
                    edition=1,
                )  # fmt: skip
