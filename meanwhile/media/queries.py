"""What pages show of films and sounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import Http404

from meanwhile.core.jobs import jobs_of
from meanwhile.core.models import Job
from meanwhile.media import ffmpeg, film_words
from meanwhile.media.models import Blob, Film, Version, VersionName

PREPARE = "media.prepare"
"""The job that makes a film ready; its key is the blob's."""
CUT = "media.cut"
"""The job that cuts a film; its key is the place where it is shown."""


@dataclass(frozen=True)
class FilmView:
    """A film that was looked into, with its versions by name."""

    row: Film
    versions: dict[str, Version] = field(default_factory=dict)


@dataclass(frozen=True)
class FilmState:
    """How far a film or sound is, for who put it in. `cut` is there while a part of it is being cut
    out, and where that could not be done."""

    blob: Blob
    film: FilmView | None = None
    job: Job | None = None
    cut: Job | None = None

    @property
    def ready(self) -> bool:
        return self.job is not None and self.job.done_at is not None and self.cut is None

    @property
    def problem(self) -> str:
        """Why it stopped, in a sentence; the cut first. "" where it did not."""
        stopped = (each.problem for each in (self.cut, self.job) if each and each.problem)
        word = next(stopped, "")
        return film_words.problem(word) if word else ""

    @property
    def cut_stopped(self) -> bool:
        return self.cut is not None and bool(self.cut.problem)

    @property
    def possible(self) -> bool:
        """Whether this server, or another that does its work, makes films ready at all."""
        return ffmpeg.there() or self.ready or bool(self.job and self.job.tries)

    @property
    def working(self) -> bool:
        return self.possible and not self.ready and not self.problem

    @property
    def percent(self) -> int:
        doing = self.cut or self.job
        return doing.percent if doing else 0

    @property
    def step(self) -> str:
        """What is being done, in words."""
        doing = self.cut or self.job
        return film_words.step(doing.step if doing and not doing.done_at else "")

    @property
    def without_picture(self) -> bool:
        """A film by its name, a sound by what is in it."""
        film = self.blob.type.startswith("video/")
        return film and self.film is not None and not self.film.row.height

    @property
    def seconds(self) -> float:
        return self.film.row.seconds if self.film else 0.0


def films_of(blobs: Iterable[Blob]) -> dict[int, FilmView]:
    """Those of the blobs that are films or sounds and were looked into, by their keys. Two queries,
    none where there is no such blob."""
    keys = [blob.pk for blob in blobs if plays(blob)]
    if not keys:
        return {}
    rows = Film.objects.filter(blob__in=keys).prefetch_related("versions")
    return {row.blob_id: FilmView(row, {v.name: v for v in row.versions.all()}) for row in rows}


def states_of(shown: Mapping[str, Blob]) -> dict[str, FilmState]:
    """How far the films and sounds among some files are, by the place where each is shown (the
    name that `cut_film` was told). Four queries however many, none where there is none."""
    films = {place: blob for place, blob in shown.items() if plays(blob)}
    if not films:
        return {}
    views = films_of(films.values())
    made = jobs_of(PREPARE, {blob.pk for blob in films.values()})
    cuts = jobs_of(CUT, films)
    return {
        place: FilmState(blob, views.get(blob.pk), made.get(str(blob.pk)), cuts.get(place))
        for place, blob in films.items()
    }


def being_cut(places: Iterable[str]) -> set[str]:
    """Those of the places whose film is still whole and is to be cut. One query."""
    return set(jobs_of(CUT, places))


def plays(blob: Blob) -> bool:
    """Whether it is a film or a sound."""
    return blob.type.startswith(("video/", "audio/"))


def asked_for(blob: Blob, version: str) -> Blob | Version:
    """What a request for a blob wants: itself, or a version by name. Ask whether they may see the
    blob first.

    Raises:
        Http404: there is no such version, or not yet.
    """
    if not version:
        return blob
    found = None
    if version in VersionName.values:
        found = Version.objects.filter(film__blob=blob, name=version).first()
    if found is None:
        raise Http404
    return found
