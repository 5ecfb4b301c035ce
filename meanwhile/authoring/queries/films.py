"""The films and sounds of a course as those who write it see them: how far each is."""

from collections.abc import Iterable

from meanwhile.authoring.models import NewFile
from meanwhile.courses.models import Asset, Course
from meanwhile.media.models import Blob
from meanwhile.media.queries import FilmState, being_cut, states_of

PLACE = "course:{course}:{path}"


def place_of(course: int, path: str) -> str:
    """The name that a cut knows a file of a course by again."""
    return PLACE.format(course=course, path=path)


def course_and_path(place: str) -> tuple[int, str] | None:
    """What `place_of` was given; None where the name is another room's."""
    word, _, rest = place.partition(":")
    course, _, path = rest.partition(":")
    return (int(course), path) if word == "course" and course.isdecimal() and path else None


def blob_at(course: Course, path: str) -> Blob | None:
    """The file of that name as the editor shows it: chosen while writing, else published. Two
    queries at most."""
    for rows in (NewFile.objects, Asset.objects):
        found = rows.filter(course=course, path=path).select_related("blob").first()
        if found is not None:
            return found.blob
    return None


def film_states(course: Course, blobs: dict[str, Blob]) -> dict[str, FilmState]:
    """How far the films and sounds among these files are, by path: for `media/film_state.html`.
    Four queries however many, none where there is none."""
    states = states_of({place_of(course.pk, path): blob for path, blob in blobs.items()})
    return {path: states[place] for path in blobs if (place := place_of(course.pk, path)) in states}


def still_cut(course: Course, paths: Iterable[str]) -> list[str]:
    """Those of the files that somebody wants cut and that are still whole. One query."""
    places = {place_of(course.pk, path): path for path in paths}
    return sorted(places[place] for place in being_cut(places)) if places else []
