"""What tests of the room share."""

from collections.abc import Callable

import pytest
from django.db.models import F
from django.http import QueryDict

from meanwhile.core.events import record, writing
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.models import Block, Course, Offering
from meanwhile.learning import actions
from meanwhile.learning.models import Answer, Participation
from meanwhile.people.models import Person
from meanwhile.people.who import Who
from meanwhile.testing import Cast

RIGHT, WRONG = "deeper", "same"


def sent(choice: str) -> QueryDict:
    """A form in which this option is chosen."""
    return QueryDict(f"choice={choice}")


@pytest.fixture
def offering(cast: Cast) -> Offering:
    """The offering to 8B, as pages fetch it."""
    return Offering.objects.select_related("course", "cohort").get(pk=cast.offering.pk)


@pytest.fixture
def give(cast: Cast, offering: Offering) -> Callable[..., Answer]:
    """`give("amina", "lesson-0-0", "fish-0", RIGHT, sure=2)`: an answer."""

    def answer(who: str, lesson: str, block: str, choice: str, sure: int | None = None) -> Answer:
        row = Block.objects.get(lesson__course=cast.course, lesson__uid=lesson, uid=block)
        given = actions.answer(Who(cast.people[who]), offering, row, sent(choice), sure)
        return given.answer

    return answer


def kept_of(person: Person, offering: Offering) -> Participation:
    """The participation, as it is stored."""
    return Participation.objects.get(person=person, offering=offering)


def change(course: Course) -> None:
    """What every change of a course does besides: one more edition, and it is said."""
    with writing():
        Course.objects.filter(pk=course.pk).update(edition=F("edition") + 1)
        edition = Course.objects.get(pk=course.pk).edition
        record(CourseChanged(actor=None, school=None, course=course.pk, edition=edition))
