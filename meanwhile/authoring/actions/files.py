"""Files chosen while writing."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta

from meanwhile.authoring.models import (
    LessonCopy,
    LessonVersion,
    NewFile,
    OutlineStep,
    WorkingCopy,
)
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.files.paths import folded, slug
from meanwhile.courses.models import Asset, Course
from meanwhile.media.actions import prepare_film
from meanwhile.media.models import Blob
from meanwhile.media.types import ending

KEPT_UNUSED = timedelta(days=30)


def add_file(actor: int, course: Course, blob: Blob, name: str) -> str:
    """Give the course a file that is kept already, under a name of its own: `media/prism.png`. The
    path. Bytes are kept before and not in here: copying a film must hold up nobody who writes.

    The same bytes under a name like it are not kept twice; nothing is ever written over.
    """
    stem, end = slug(name.rpartition(".")[0], "file"), ending(name)
    with writing():
        Course.objects.select_for_update().get(pk=course.pk)
        there = {a.path: a.blob_id for a in Asset.objects.filter(course=course)}
        there |= {a.path: a.blob_id for a in NewFile.objects.filter(course=course)}
        taken = {folded(path) for path in there}
        path, number = f"media/{stem}.{end}", 1
        while folded(path) in taken:
            if there.get(path) == blob.pk:
                return path
            number += 1
            path = f"media/{stem}-{number}.{end}"
        NewFile.objects.create(course=course, path=path, blob=blob, by_id=actor, at=clock.now())
        prepare_film(blob)
    return path


def forget_unused_files() -> int:
    """Forget the new files that are 30 days old and that nothing being written names any more: no
    lesson, no earlier version of one, no outline and no step of its undo. The number that went.

    A course is locked while its files are looked at, as it is by whoever writes on it, so that no
    word that names one comes in between. The bytes stay: others may keep the same.
    """
    old = NewFile.objects.filter(at__lte=clock.now() - KEPT_UNUSED)
    courses = list(old.order_by("course").values_list("course", flat=True).distinct())
    return sum(_forget_unused(course) for course in courses)


def _forget_unused(course: int) -> int:
    with writing():
        Course.objects.select_for_update().get(pk=course)
        old = NewFile.objects.filter(course=course, at__lte=clock.now() - KEPT_UNUSED)
        unused = {row.path: row.pk for row in old}
        for words in _written(course):
            for path in [path for path in unused if path in words]:
                del unused[path]
            if not unused:
                return 0
        return NewFile.objects.filter(pk__in=unused.values()).delete()[0]


def _written(course: int) -> Iterator[str]:
    """All that is being written on a course, and all that could be brought back, piece by piece."""
    pieces: Iterable[Iterable[object]] = (
        LessonCopy.objects.filter(course=course).values_list("document", flat=True),
        LessonVersion.objects.filter(copy__course=course)
        .order_by()
        .values_list("document", flat=True),
        WorkingCopy.objects.filter(course=course).values_list("outline", flat=True),
        OutlineStep.objects.filter(copy__course=course)
        .order_by()
        .values_list("outline", flat=True),
    )
    for rows in pieces:
        for each in rows:
            yield json.dumps(each, ensure_ascii=False)
