"""The cast as rows, for tests: people, cohorts and one small course with an offering.

The rows are made directly, not through the actions, so that a broken action breaks its own test
and not all of them.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from demo.cast import COHORTS, PASSWORD, PEOPLE, SCHOOLS, SITE_ADMIN, PersonOf
from meanwhile.courses.models import Block, Course, Lesson, Objective, Offering, Unit
from meanwhile.courses.rendering import block_fields
from meanwhile.people.models import Cohort, Enrolment, Guardianship, Membership, Person, School

THEN = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


@dataclass
class Cast:
    """`cast.amina`, `cast.okafor`: a person by key. `cast.schools["riverside"]`, and so on."""

    schools: dict[str, School] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    course: Course = None  # type: ignore[assignment]
    offering: Offering = None  # type: ignore[assignment]
    password: str = PASSWORD

    def __getattr__(self, key: str) -> Person:
        try:
            return self.__dict__["people"][key]
        except KeyError:
            raise AttributeError(key) from None


def make_cast() -> Cast:
    cast = Cast()
    for school in SCHOOLS:
        cast.schools[school.key] = School.objects.create(
            slug=school.key, name=school.name, zone=school.zone, country=school.country
        )
    for cohort in COHORTS:
        cast.cohorts[cohort.key] = Cohort.objects.create(
            school=cast.schools[cohort.school], name=cohort.name, zone=cohort.zone, code=cohort.code
        )
    for person in PEOPLE:
        cast.people[person.key] = _person(cast, person)
    for person in PEOPLE:
        for ward in person.guards:
            Guardianship.objects.create(
                guardian=cast.people[person.key],
                learner=cast.people[ward],
                school=cast.schools[person.school],
                since=THEN,
            )
    cast.people["site"] = Person.objects.create_superuser(
        SITE_ADMIN.key, PASSWORD, name=SITE_ADMIN.name
    )
    cast.course = make_course(cast.schools["riverside"])
    cast.offering = offer(cast.course, cast.cohorts["8b"])
    return cast


def offer(course: Course, cohort: Cohort) -> Offering:
    """An open offering of the course to the cohort, since September."""
    return Offering.objects.create(
        course=course,
        cohort=cohort,
        starts_on=date(2026, 9, 7),
        zone="Europe/London",
        made_at=THEN,
    )


def _person(cast: Cast, who: PersonOf) -> Person:
    person = Person.objects.create_user(
        who.key,
        PASSWORD,
        name=who.name,
        called=who.called,
        zone=who.zone,
        zone_confirmed=True,
        age_band=who.age_band,
        language=who.language,
    )
    for role in who.roles:
        Membership.objects.create(person=person, school=cast.schools[who.school], role=role)
    for role, cohorts in (
        ("learner", who.learns),
        ("teacher", who.teaches),
        ("assistant", who.assists),
    ):
        for key in cohorts:
            Enrolment.objects.create(
                person=person, cohort=cast.cohorts[key], role=role, joined_at=THEN
            )
    return person


CHOICE = {
    "options": [
        {"id": "deeper", "text": "Deeper than it looks", "right": True, "feedback": "Yes."},
        {"id": "same", "text": "Exactly where it looks", "feedback": "Follow the ray back."},
    ],
    "hints": ["Draw the ray to the surface first.", "Which way does it turn there?"],
    "why": "Light bends when it leaves the water.",
}
CHOICE_HTML = {
    "body": "<p>Where is the fish really?</p>",
    "option.deeper": "Deeper than it looks",
    "option.same": "Exactly where it looks",
    "feedback.deeper": "Yes.",
    "feedback.same": "Follow the ray back.",
    "hint.0": "Draw the ray to the surface first.",
    "hint.1": "Which way does it turn there?",
    "why": "Light bends when it leaves the water.",
}


def make_course(
    school: School, *, uid: str = "light", units: int = 2, lessons: int = 2, questions: int = 2
) -> Course:
    """A small published course: in each lesson two texts and some questions."""
    course = Course.objects.create(
        school=school, uid=uid, title="Light and colour", published_at=THEN
    )
    objective = Objective.objects.create(
        course=course, uid="bend", text="I can say which way light bends."
    )
    for u in range(units):
        unit = Unit.objects.create(course=course, uid=f"unit-{u}", title=f"Unit {u}", position=u)
        for at in range(lessons):
            lesson = Lesson.objects.create(
                course=course,
                unit=unit,
                uid=f"lesson-{u}-{at}",
                title=f"Lesson {u}.{at}",
                position=at,
                minutes=12,
            )
            lesson.objectives.add(objective)
            _blocks(lesson, objective, questions)
    return course


def _blocks(lesson: Lesson, objective: Objective, questions: int) -> None:
    for index, heading in enumerate(("Look first", "What the water does")):
        Block.objects.create(
            lesson=lesson,
            uid=f"text-{index}",
            kind="text",
            heading=heading,
            body=f"## {heading}\n\nLight is slower in water.",
            rendered={"body": f"<h2>{heading}</h2>\n<p>Light is slower in water.</p>"},
            position=index,
            minutes=2,
        )
    for index in range(questions):
        block = Block.objects.create(
            lesson=lesson,
            uid=f"fish-{index}",
            kind="choice",
            data=CHOICE,
            body="Where is the fish really?",
            rendered=CHOICE_HTML,
            answers=True,
            position=2 + index,
            minutes=1.5,
        )
        block.objectives.add(objective)


TASK = {
    "title": "Explain the fish",
    "why": "Who can explain it has understood it.",
    "how_marked": "By the two lines.",
    "help": "Ask in the lesson.",
    "hand_in": ["text", "link", "photos", "files"],
    "words": 100,
    "criteria": [
        {
            "id": "path",
            "text": "I say which way the light goes.",
            "levels": [
                {"name": "Not yet", "text": "No path", "next": "Draw one ray."},
                {"name": "Clear", "text": "Each ray has a path"},
            ],
        },
        {"id": "reader", "text": "A ten-year-old could follow it."},
    ],
    "exemplars": [{"title": "A short one", "text": "The light bends.", "good": "It says why."}],
    "steps": [{"text": "Write down three things", "minutes": 10}, {"text": "Write", "minutes": 15}],
}


def make_task(lesson: Lesson, uid: str = "task-0", **more: Any) -> Block:
    """A task at the end of a lesson, as the importer would keep it."""
    data, body = TASK | more, "Tell a ten-year-old where the fish is, and draw it."
    fields = block_fields("task", data, body, uid, lambda path: "")
    return Block.objects.create(
        lesson=lesson, uid=uid, kind="task", data=data, body=body, position=20, **fields
    )
