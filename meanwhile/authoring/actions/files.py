"""Files chosen while writing."""

from meanwhile.authoring.models import NewFile
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.files.paths import folded, slug
from meanwhile.courses.models import Asset, Course
from meanwhile.media.actions import prepare_film
from meanwhile.media.models import Blob
from meanwhile.media.types import ending


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
