"""The versions of a film: files of their own, that can go at any time and be made again."""

import hashlib
import os
import shutil
import time
from pathlib import Path

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.core.ids import secret_token
from meanwhile.media import store
from meanwhile.media.models import Film, Version, VersionName


def keep_version(
    film: Film, name: VersionName, made: Path, kind: str, size: tuple[int, int] = (0, 0)
) -> Version:
    """Keep a file that was made of a film, in the place of an older one of that name. It is moved,
    on the disk before the row says so.

    kind: its media type. size: width and height in pixels.
    """
    word = secret_token()
    place = store.path_of_version(word)
    place.parent.mkdir(parents=True, exist_ok=True)
    with made.open("rb") as file:
        os.fsync(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    made.chmod(0o640)
    facts = {
        "word": word,
        "sha256": sha256,
        "size": made.stat().st_size,
        "type": kind,
        "width": size[0],
        "height": size[1],
        "made_at": clock.now(),
    }
    made.replace(place)
    with writing():
        return Version.objects.update_or_create(film=film, name=name, defaults=facts)[0]


SETTLED = 3600.0
"""Seconds after which a file without a row is nobody's."""
LEFT = 24 * 3600.0
"""Seconds after which a folder of a job is left over from a server that was killed."""


def clear_files() -> int:
    """Take away files whose rows are gone, and what a killed server left. How many."""
    known = set(Version.objects.values_list("word", flat=True))
    old = [path for path in store.versions_folder().glob("*/*") if _older(path, SETTLED)]
    gone = [path for path in old if path.name not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    left = [path for path in store.work_folder().glob("job-*") if _older(path, LEFT)]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(gone) + len(left)


def _older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return False
