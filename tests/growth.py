"""The same school, ten times as large: to see that a page does not ask more for it."""

from datetime import timedelta

from meanwhile.core import clock
from meanwhile.courses.models import Block, Milestone, Offering, Unit
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.people.models import Cohort, Enrolment, Group, Membership, Note, Person
from meanwhile.testing import make_course, offer
from tests.personas import World, note_on

LEARNERS = 120
COURSES = 9


def work(offering: Offering, people: list[Person]) -> None:
    """Everybody has answered something, some wrongly, and stopped somewhere."""
    blocks = list(Block.objects.filter(lesson__course=offering.course).select_related("lesson"))
    now = clock.now()
    for index, person in enumerate(people):
        here = blocks[index % len(blocks)]
        row, made = Participation.objects.get_or_create(
            person=person,
            offering=offering,
            defaults={
                "started_at": now - timedelta(days=index % 30 + 1),
                "last_active_at": now - timedelta(days=index % 20),
                "unit": here.lesson.unit,
                "lesson": here.lesson,
                "block": here,
            },
        )
        if made:
            _answers(row, [block for block in blocks[: index % 8 + 1] if block.answers])


def _answers(row: Participation, blocks: list[Block]) -> None:
    now = clock.now()
    for block in blocks:
        right = bool((row.pk + block.pk) % 3)
        Answer.objects.create(
            participation=row,
            block=block,
            response={"choice": "deeper" if right else "same"},
            score=float(right),
            right=right,
            edition=1,
            at=now,
        )
        BlockState.objects.create(
            participation=row,
            block=block,
            done_at=now,
            tries=1,
            score=float(right),
            right=right,
            answered_at=now,
        )


def grow(world: World) -> None:
    """Many more learners, classes, notes and courses around the same people."""
    cast = world.cast
    school, cohort = cast.schools["riverside"], cast.cohorts["8b"]
    now = clock.now()
    people = Person.objects.bulk_create(
        Person(username=f"many{n}", name=f"Many {n}", password="!") for n in range(LEARNERS)
    )
    Membership.objects.bulk_create(
        Membership(person=each, school=school, role="learner") for each in people
    )
    Enrolment.objects.bulk_create(
        Enrolment(person=each, cohort=cohort, joined_at=now) for each in people
    )
    Note.objects.bulk_create(
        Note(cohort=cohort, author=cast.okafor, words=f"Note {n}", sent_at=now) for n in range(30)
    )
    Group.objects.bulk_create(Group(cohort=cohort, name=f"Group {n}") for n in range(10))
    work(world.offering, [cast.amina, cast.leo, *people])
    for unit in Unit.objects.filter(course=world.offering.course):
        Milestone.objects.get_or_create(
            offering=world.offering,
            unit=unit,
            defaults={"wall": "2026-12-01T20:00", "at": now + timedelta(days=8)},
        )
    for n in range(60):
        note_on(world.offering, cast.amina, f"many-{n}")
    for n in range(COURSES):
        course = make_course(school, uid=f"more-{n}", units=4)
        room = Cohort.objects.create(school=school, name=f"Class {n}", code=f"MANY{n}")
        offering = offer(course, room)
        for person, role in ((cast.amina, "learner"), (cast.okafor, "teacher")):
            Enrolment.objects.create(person=person, cohort=room, role=role, joined_at=now)
        work(offering, [cast.amina])
