"""A film is cut: what was taken away is nowhere any more where the course shows it."""

from meanwhile.authoring.models import NewFile
from meanwhile.authoring.queries.films import place_of
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.models import Asset, Course
from meanwhile.media.actions import Cut, cut_film, drop_cut
from meanwhile.media.events import FilmCut
from meanwhile.media.models import Blob


def cut_file(actor: int, course: Course, path: str, whole: Blob, cut: Cut) -> None:
    """Have all of a file but a part taken away, in the background. Until that is done the file is
    not published (`queries.films.still_cut`).

    Raises:
        NotCut: there is no ffmpeg, or the part is none.
    """
    cut_film(actor, course.school_id, whole, place_of(course.pk, path), cut)


def show_part(event: FilmCut, course: int, path: str) -> None:
    """Put the part in the place of the whole, unless something else is there by now. A file that
    is published already becomes a new one, to be published again."""
    with writing():
        Course.objects.select_for_update().filter(pk=course).first()
        new = NewFile.objects.filter(course=course, path=path).first()
        published = Asset.objects.filter(course=course, path=path).first()
        if new is not None and new.blob_id == event.whole:
            new.blob_id = event.part
            new.save(update_fields=["blob"])
        elif new is None and published is not None and published.blob_id == event.whole:
            NewFile.objects.create(
                course_id=course,
                path=path,
                blob_id=event.part,
                by_id=event.actor,
                at=clock.now(),
            )
        drop_cut(event.place)
