"""Keeping bytes."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from meanwhile.core.events import writing
from meanwhile.media import pictures, store, types
from meanwhile.media.models import Blob, Upload
from meanwhile.media.svg import svg_problems
from meanwhile.media.types import NotTaken

LARGEST = 2 * 2**30
"""Bytes of one file."""
CHUNK = 1 << 20


class Unfinished(ValueError):
    """Some of the file has not come yet."""


def too_large(name: str) -> NotTaken:
    return NotTaken(_("“%(name)s” is larger than 2 GB.") % {"name": name})


def keep_blob(stream: BinaryIO, name: str) -> Blob:
    """Keep a file: found out what it is, cleaned of what a camera wrote, stored once.

    The bytes are on disk under the name of their contents before the row says so; a transaction
    that fails afterwards leaves at most a file that nothing points to.

    Raises:
        NotTaken: it is not a kind of file lessons use, is not what its name says, a drawing that
            runs or fetches something, or too large. The sentence says which.
    """
    head = stream.read(types.HEAD)
    kind = types.type_of(head, name)
    folder = store.blobs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        beside = Path(file.name)
        try:
            if kind.startswith("image/"):
                size = _take_picture(file, head + stream.read(pictures.LARGEST), kind, name)
            else:
                size = None
                _take(file, head, stream, name)
            file.flush()
            os.fsync(file.fileno())
            return _keep(beside, kind, size)
        finally:
            beside.unlink(missing_ok=True)


def keep_upload(upload: Upload) -> Blob:
    """Keep a file that has come bit by bit. Asked twice, done once.

    The bytes are copied, not renamed: a connection that was given up may still be writing to the
    part, and what is kept must never change.

    Raises:
        Unfinished: some of it has not come yet.
        NotTaken: as `keep_blob`.
    """
    if upload.blob is not None:
        return upload.blob
    if store.received(upload) < upload.size:
        raise Unfinished(upload.name)
    part = store.part_of(upload)
    with part.open("rb") as stream:
        blob = keep_blob(stream, upload.name)
    with writing():
        upload.blob = blob
        upload.save(update_fields=["blob"])
        transaction.on_commit(lambda: part.unlink(missing_ok=True))
    return blob


def _take(file: IO[bytes], head: bytes, stream: BinaryIO, name: str) -> None:
    """Copy without ever holding the whole of a film."""
    file.write(head)
    while chunk := stream.read(CHUNK):
        file.write(chunk)
        if file.tell() > LARGEST:
            raise too_large(name)


def _take_picture(file: IO[bytes], data: bytes, kind: str, name: str) -> tuple[int, int] | None:
    if len(data) > pictures.LARGEST:
        raise NotTaken(_("“%(name)s” is larger than 50 MB. Make it smaller.") % {"name": name})
    if kind == types.SVG:
        if problems := svg_problems(data):
            raise NotTaken(f"“{name}”: {problems[0]}")
        file.write(data)
        return pictures.drawing_size(data)
    size = pictures.size_of(data, name)
    file.write(pictures.cleaned(data, kind))
    return size


def _keep(beside: Path, kind: str, size: tuple[int, int] | None) -> Blob:
    with beside.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    length = beside.stat().st_size
    place = store.path_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside.chmod(0o640)
    beside.replace(place)
    width, height = size or (None, None)
    facts = {"size": length, "type": kind, "width": width, "height": height}
    with writing():
        blob, _made = Blob.objects.get_or_create(sha256=sha256, defaults=facts)
        if blob.type == types.PLAIN != kind:  # the same bytes under a name that says more
            blob.type, blob.width, blob.height = kind, width, height
            blob.save(update_fields=["type", "width", "height"])
    return blob
