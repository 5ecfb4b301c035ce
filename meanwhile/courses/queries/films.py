"""The versions of a film or a sound as a page offers them.

They are found when the page is made, not when a block is saved: they come into being later, in the
background. A kind says which file it plays (`Kind.plays`); its template gets what is found here as
`film`. Each address is the film's own with `?version=`, so that the rule of the file is the rule of
all its versions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from meanwhile.courses.models import Asset
from meanwhile.media.models import Blob, Version, VersionName
from meanwhile.media.queries import FilmView, films_of

SIZES = (VersionName.HIGH, VersionName.MIDDLE, VersionName.LOW)


@dataclass(frozen=True)
class PlayedVersion:
    """One way to play a film. `height` and `width` in pixels, 0 for a sound."""

    name: str
    label: str
    url: str
    type: str
    bytes: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Played:
    """What a page knows of a film or sound. `sizes` from the largest to the smallest; empty while
    they are being made, and where the server has no ffmpeg: then `url` is what there is."""

    url: str
    seconds: float
    sizes: tuple[PlayedVersion, ...] = ()
    sound: PlayedVersion | None = None
    poster: str = ""
    waves: str = ""
    chapters: tuple[Mapping[str, Any], ...] = ()

    @property
    def versions(self) -> tuple[PlayedVersion, ...]:
        """All that can be played, the least data last."""
        return (*self.sizes, self.sound) if self.sound else self.sizes


def films_played(course: int, addresses: Mapping[str, str]) -> dict[str, Played]:
    """The films and sounds of a course that a page plays, by path. Three queries however many
    there are; none where there is none.

    addresses: of each file that is played, by its path.
    """
    if not addresses:
        return {}
    assets = Asset.objects.filter(course=course, path__in=addresses).select_related("blob")
    return played({asset.path: asset.blob for asset in assets}, addresses.__getitem__)


def played(blobs: Mapping[str, Blob], address: Callable[[str], str]) -> dict[str, Played]:
    """The films and sounds among some files, by path, each at its address. Two queries."""
    films = films_of(blobs.values())
    return {
        path: _played(films[blob.pk], address(path))
        for path, blob in blobs.items()
        if blob.pk in films
    }


def _played(film: FilmView, url: str) -> Played:
    there = film.versions

    def at(name: VersionName) -> str:
        return f"{url}?version={name}" if name in there else ""

    def way(row: Version) -> PlayedVersion:
        name = VersionName(row.name)
        return PlayedVersion(
            name, str(name.label), at(name), row.type, row.size, row.width, row.height
        )

    return Played(
        url=url,
        seconds=film.row.seconds,
        sizes=tuple(way(there[name]) for name in SIZES if name in there),
        sound=way(there[VersionName.SOUND]) if VersionName.SOUND in there else None,
        poster=at(VersionName.POSTER),
        waves=at(VersionName.WAVES),
        chapters=tuple(film.row.chapters),
    )
