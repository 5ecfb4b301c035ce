"""The versions of a film: files of their own, that can go at any time and be made again."""

import hashlib
import os
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
