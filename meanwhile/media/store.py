"""Where the bytes lie: one file a blob, under the name of its contents.

Nothing a person named is ever part of a path.
"""

import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from meanwhile.media.models import Blob, Upload, Version

_NAME = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[A-Za-z0-9_-]{20,40}")


def blobs_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "blobs"


def path_of(sha256: str) -> Path:
    """blobs/ab/abcdef…

    Raises:
        ValueError: it is not a name of contents.
    """
    if not _NAME.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return blobs_folder() / sha256[:2] / sha256


def versions_folder() -> Path:
    """Inside the blobs, so that a server in front that is shown these finds those as well."""
    return blobs_folder() / "versions"


def path_of_version(word: str) -> Path:
    """blobs/versions/Ab/Abcdef…

    Raises:
        ValueError: it is no such name.
    """
    if not _WORD.fullmatch(word):
        raise ValueError("not the name of a version")
    return versions_folder() / word[:2] / word


def work_folder() -> Path:
    """Where films are worked on: a folder a job, gone when it is done."""
    return Path(settings.MEDIA_ROOT) / "work"


def place_of(kept: Blob | Version) -> Path:
    """Where its bytes lie."""
    return path_of_version(kept.word) if isinstance(kept, Version) else path_of(kept.sha256)


def parts_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "uploads"


def part_of(upload: Upload) -> Path:
    """What has come of it so far."""
    return parts_folder() / upload.word


def received(upload: Upload) -> int:
    """Bytes that are here."""
    if upload.blob_id is not None:
        return upload.size
    try:
        return part_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def open_blob(blob: Blob) -> BinaryIO:
    """Its bytes, as a stream."""
    return path_of(blob.sha256).open("rb")


def words_of(blob: Blob, most: int = 2 * 2**20) -> str:
    """A text file's words; nothing where the file is larger than `most` bytes."""
    if blob.size > most:
        return ""
    with open_blob(blob) as file:
        return file.read().decode("utf-8", errors="replace")
