"""Lessons and units copied into another course, with what they show."""

import pytest

from meanwhile.authoring.models import NewFile
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.work import work_of
from meanwhile.courses.models import Asset, Course
from meanwhile.media.models import Blob
from meanwhile.testing import make_course


@pytest.fixture
def other(cast) -> Course:
    """A course of the same school that knows none of the objectives."""
    course = make_course(cast.schools["riverside"], uid="sound", units=1, lessons=1)
    course.objectives.all().delete()
    return course


def blob(sign: str) -> Blob:
    return Blob.objects.create(sha256=sign * 64, size=1, type="image/svg+xml")


def test_a_unit_goes_with_its_lessons(writer, other):
    page = writer.post("copies", {"unit": "unit-0", "to": other.pk})
    assert page.headers["Location"] == f"/courses/{other.pk}/writing/"
    units = work_of(other).units
    assert [each.plan.title for each in units] == ["Unit 0", "Unit 0"]
    assert [line.title for line in units[1].lessons] == ["Lesson 0.0", "Lesson 0.1"]
    assert len(work_of(writer.course).lessons) == 4, "here everything stays"


def test_its_pictures_come_along_under_a_name_of_their_own(writer, other):
    Asset.objects.create(course=writer.course, path="media/a.svg", blob=blob("1"))
    Asset.objects.create(course=writer.course, path="media/b.svg", blob=blob("2"))
    Asset.objects.create(course=other, path="media/a.svg", blob=blob("3"))
    writer.write("text-0", "![A](media/a.svg) ![B](media/b.svg)")
    writer.post("copies", {"lesson": "lesson-0-0", "to": other.pk})
    uid = work_of(other).lessons[-1].uid
    words = lesson_work(other, uid).document.parts[0].words
    assert words == "![A](media/a-2.svg) ![B](media/b.svg)"
    new = set(NewFile.objects.filter(course=other).values_list("path", flat=True))
    assert new == {"media/a-2.svg", "media/b.svg"}


def test_objectives_that_the_other_course_has_not_stay_behind(writer, other):
    writer.arrange("settle", uid="fish-0", objectives=["bend"])
    writer.post("copies", {"lesson": "lesson-0-0", "to": other.pk})
    document = lesson_work(other, work_of(other).lessons[-1].uid).document
    assert document.objectives == ()
    assert all("objectives" not in part.read().data for part in document.parts)


def test_nothing_is_copied_into_a_course_of_somebody_else(writer, cast):
    theirs = make_course(cast.schools["hillside"], uid="theirs")
    page = writer.post("copies", {"lesson": "lesson-0-0", "to": theirs.pk})
    assert page.status_code == 404
    assert len(work_of(theirs).lessons) == 4
