"""What pages show of films and sounds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404

from meanwhile.media.models import Blob, Film, Version, VersionName


@dataclass(frozen=True)
class FilmView:
    """A film that was looked into, with its versions by name."""

    row: Film
    versions: dict[str, Version] = field(default_factory=dict)


def films_of(blobs: Iterable[Blob]) -> dict[int, FilmView]:
    """Those of the blobs that are films or sounds and were looked into, by their keys. Two queries,
    none where there is no such blob."""
    keys = [blob.pk for blob in blobs if plays(blob)]
    if not keys:
        return {}
    rows = Film.objects.filter(blob__in=keys).prefetch_related("versions")
    return {row.blob_id: FilmView(row, {v.name: v for v in row.versions.all()}) for row in rows}


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
