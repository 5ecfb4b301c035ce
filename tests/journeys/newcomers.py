"""People who have nothing yet, beside the demo school: what is shown where there is nothing to show.

Run as `python -m tests.journeys.newcomers`, in the environment of the server.
"""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meanwhile.settings")
django.setup()

from meanwhile.core import clock  # noqa: E402
from meanwhile.courses.models import Block, Offering  # noqa: E402
from meanwhile.learning.models import LessonNote  # noqa: E402
from meanwhile.people.models import (  # noqa: E402
    Cohort,
    Enrolment,
    Group,
    Guardianship,
    Membership,
    Person,
    Role,
    School,
    Term,
)
from meanwhile.testing import make_course, offer  # noqa: E402

# who they are is said by the user name
NEWCOMERS = {
    "new-teacher": "a teacher without a class",
    "new-learner": "a learner whose class has no course",
    "early-learner": "a learner whose course has no lesson",
    "early-teacher": "the teacher of that class, and of one that nobody joined",
    "new-admin": "the admin of an empty school",
    "new-guardian": "a guardian whose child has not begun",
    "long-name": "a learner with a very long name, and one note",
}
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Nkemelukechukwu Obiageli-Adaeze"


def main() -> None:
    password = Person.objects.get(username="amina").password  # the demo's, hashed once
    school = School.objects.get(name="Riverside School")
    people = {key: person(key, password) for key in NEWCOMERS}
    for key, role in (
        ("new-teacher", Role.TEACHER),
        ("early-teacher", Role.TEACHER),
        ("new-learner", Role.LEARNER),
        ("early-learner", Role.LEARNER),
        ("long-name", Role.LEARNER),
        ("new-guardian", Role.GUARDIAN),
    ):
        Membership.objects.create(person=people[key], school=school, role=role)
    empty = School.objects.create(slug="empty", name="Valley School", zone="Europe/London")
    Membership.objects.create(person=people["new-admin"], school=empty, role=Role.ADMIN)
    Guardianship.objects.create(
        guardian=people["new-guardian"],
        learner=people["early-learner"],
        school=school,
        since=clock.now(),
    )
    classes(school, people)
    furnish(school)
    take_a_note(people["long-name"])


def person(key: str, password: str) -> Person:
    name = LONG if key == "long-name" else key.replace("-", " ").title()
    return Person.objects.create(
        username=key, name=name, password=password, zone="Europe/London", zone_confirmed=True
    )


def classes(school: School, people: dict[str, Person]) -> None:
    bare = Cohort.objects.create(school=school, name="9A Science", code="9ASC4RVR")
    early = Cohort.objects.create(school=school, name="9B Science", code="9BSC4RVR")
    alone = Cohort.objects.create(school=school, name="9C Science", code="9CSC4RVR")
    for cohort, key, role in (
        (bare, "new-learner", Role.LEARNER),
        (early, "early-learner", Role.LEARNER),
        (early, "early-teacher", Role.TEACHER),
        (alone, "early-teacher", Role.TEACHER),
        (Cohort.objects.get(name="8B Science"), "long-name", Role.LEARNER),
    ):
        Enrolment.objects.create(
            person=people[key], cohort=cohort, role=role, joined_at=clock.now()
        )
    blank = make_course(school, uid="blank", units=0)
    blank.title = "Sound"
    blank.save()
    offer(blank, early)
    offer(blank, alone)


def furnish(school: School) -> None:
    """What the demo does not need and yet has a page: a term, a group."""
    today = clock.now().date()
    Term.objects.create(
        school=school, name="Autumn", starts_on=today, ends_on=today + timedelta(days=90)
    )
    Group.objects.create(cohort=Cohort.objects.get(name="8B Science"), name="Thursday lab")


def take_a_note(person: Person) -> None:
    now = clock.now()
    LessonNote.objects.create(
        person=person,
        uid="first-note",
        offering=Offering.objects.get(cohort__name="8B Science"),
        block=Block.objects.get(uid="look-first", lesson__uid="how-light-travels"),
        words="Light does not bend round my thumb.",
        sought="light does not bend round my thumb.",
        made_at=now,
        changed_at=now,
    )


if __name__ == "__main__":
    main()
