"""What was written becomes what learners see: whole or not at all, by the code of an import."""

from collections.abc import Iterable

from meanwhile.authoring.actions.outlines import finish
from meanwhile.authoring.models import LessonCopy, LessonVersion, NewFile
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.publishing import publishing_of
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.actions import import_course
from meanwhile.courses.models import Asset, Course


class NotAsShown(Exception):
    """Something changed since the list of changes was shown: look again, then publish."""


def publish(
    actor: int, course: Course, lessons: Iterable[str], outline: bool, token: str, says: str
) -> int:
    """Publish exactly what was shown under this token. How many changes learners see.

    Raises:
        NotAsShown: the course or what was written on it is not as it was.
        Refused: it is not a course that could be taken in.
    """
    with writing():
        locked = Course.objects.select_for_update().get(pk=course.pk)
        found = publishing_of(locked, lessons, outline=outline)
        if found.source is None or found.token != token:
            raise NotAsShown
        import_course(found.source, locked.school, actor=actor, course=locked, publish=True)
        for choice in found.choices:
            if choice.chosen:
                _published(actor, locked, choice.uid, says)
        shown = Asset.objects.filter(course=locked).values("path")
        NewFile.objects.filter(course=locked, path__in=shown).delete()  # the course's own now
        finish(locked)
        course.refresh_from_db()
    return len(found.changes)


def _published(actor: int, course: Course, uid: str, says: str) -> None:
    """The copy of a lesson begins anew on what is published now."""
    copy = LessonCopy.objects.get(course=course, uid=uid)
    document = copy.document
    LessonVersion.objects.create(
        copy=copy, document=document, says=says, by_id=actor, at=clock.now()
    )
    copy.edited = False
    copy.save(update_fields=["edited"])
    work = lesson_work(course, uid)
    assert work is not None
    copy.base = work.published
    copy.document = work.document.plain()
    copy.save(update_fields=["base", "document"])
