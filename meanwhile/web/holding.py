"""A package that was looked at and not taken in yet: held beside the media for a day.

Looking changes nothing in the school, and taking in must be of the very file that was looked at;
so it waits here under a name nobody can guess, and the form carries the name signed together
with who looked, for which school.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core import signing
from django.core.files import File

from meanwhile.core.ids import secret_token

A_DAY = 60 * 60 * 24
SALT = "meanwhile.web.holding"


def folder() -> Path:
    found = Path(settings.MEDIA_ROOT) / "held"
    found.mkdir(parents=True, exist_ok=True)
    return found


def hold(upload: File, actor: int, school: int) -> str:
    """Keep an upload; the signed word to ask for it again. What is older than a day goes."""
    _tidy()
    name = secret_token()
    with (folder() / name).open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return signing.dumps([name, actor, school], salt=SALT)


@contextmanager
def held(word: str, actor: int) -> Iterator[tuple[BinaryIO, int]]:
    """The file and the school it was looked at for.

    Raises:
        FileNotFoundError: it is gone, too old, or was held for somebody else.
    """
    try:
        name, owner, school = signing.loads(word, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError):
        raise FileNotFoundError(word) from None
    if owner != actor:
        raise FileNotFoundError(word)
    with (folder() / name).open("rb") as file:
        yield file, school


def drop(word: str) -> None:
    """It was taken in: the file may go."""
    name = signing.loads(word, salt=SALT)[0]
    (folder() / name).unlink(missing_ok=True)


def _tidy() -> None:
    old = time.time() - A_DAY
    for path in folder().iterdir():
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
