"""Whether learners see a course: published, withdrawn, put away and taken out again."""

from django.db.models import F

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.models import Course


def publish_course(actor: int | None, course: Course) -> None:
    """From now on the classes it is offered to see it."""
    if course.published_at is None:
        _change(actor, course, published_at=clock.now())


def withdraw_course(actor: int | None, course: Course) -> None:
    """Learners see it no more; what they did is kept."""
    if course.published_at is not None:
        _change(actor, course, published_at=None)


def archive_course(actor: int | None, course: Course) -> None:
    """Put it away: out of the list, still readable for who worked through it."""
    if course.archived_at is None:
        _change(actor, course, archived_at=clock.now())


def restore_course(actor: int | None, course: Course) -> None:
    if course.archived_at is not None:
        _change(actor, course, archived_at=None)


def _change(actor: int | None, course: Course, **columns: object) -> None:
    with writing():
        Course.objects.filter(pk=course.pk).update(edition=F("edition") + 1, **columns)
        course.refresh_from_db()
        record(
            CourseChanged(
                actor=actor, school=course.school_id, course=course.pk, edition=course.edition
            )
        )
