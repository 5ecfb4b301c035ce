"""A file sent bit by bit: begun, taken up where it was cut, kept or dropped.

The length of the file on disk is how much is here. A part is written at the place it belongs, so
that an old connection that lives on and a new one that took over write the same bytes to the
same place; nothing has to be locked.
"""

import errno
import os
import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from django.core.files import File
from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.core.ids import secret_token
from meanwhile.core.rules import allowed
from meanwhile.core.typed import typed
from meanwhile.media import store, types
from meanwhile.media.actions.keeping import LARGEST, Unfinished, too_large
from meanwhile.media.models import Upload
from meanwhile.media.types import NotTaken
from meanwhile.people.who import Who

MOST_AT_ONCE = 20
"""Files one person may have under way."""
SPARE = 512 * 2**20
"""Bytes that stay free on the disk for everything else."""
PIECE = 64 * 1024
KEPT_FOR = timedelta(hours=24)


def no_room() -> NotTaken:
    return NotTaken(_("There is no room for this file on the server. Tell your school admin."))


class WrongPlace(ValueError):
    """A part that does not begin where the file ends. `received` is where it does."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class Stream(Protocol):
    """The body of a request, as far as it is needed."""

    def read(self, size: int = ..., /) -> bytes: ...


def begin_upload(who: Who, name: str, size: int) -> Upload:
    """Make room for a file of `size` bytes.

    Raises:
        NotTaken: no such files, too large, too many under way, or no room. The sentence says which.
    """
    name = typed(name).replace("\\", "/").rpartition("/")[2].strip()[-200:]
    if types.promised(name) is None:
        raise types.unknown_kind(name)
    if size <= 0:
        raise NotTaken(_("“%(name)s” is empty.") % {"name": name})
    if size > LARGEST:
        raise too_large(name)
    folder = store.parts_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with writing():
        coming = list(Upload.objects.filter(blob=None))
        promised = sum(each.size - store.received(each) for each in coming)
        if shutil.disk_usage(folder).free < promised + size + SPARE:
            raise no_room()
        if sum(each.person_id == who.pk for each in coming) >= MOST_AT_ONCE:
            raise NotTaken(
                _("You have %(most)d files under way. Finish or drop some of them first.")
                % {"most": MOST_AT_ONCE}
            )
        return Upload.objects.create(
            word=secret_token(), person_id=who.pk or 0, name=name, size=size, begun_at=clock.now()
        )


def take_part(upload: Upload, offset: int, stream: Stream) -> int:
    """Write what comes at its place; how much is here now, in bytes.

    What came before a connection broke stays. It is on the disk before this returns.

    Raises:
        WrongPlace: the part begins elsewhere.
        NotTaken: there is no room left; or more came than was said, or it is not the kind of file
            its name says, and then the upload is over.
    """
    here = store.received(upload)
    if offset != here:
        raise WrongPlace(here)
    if upload.blob_id is not None:
        return here
    try:
        _write(upload, offset, stream)
        _look_at_the_head(upload, offset)
    except NotTaken:
        drop_upload(upload)
        raise
    except OSError as failure:
        if failure.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room() from failure
        raise
    return store.received(upload)


def _write(upload: Upload, offset: int, stream: Stream) -> None:
    place = os.open(store.part_of(upload), os.O_RDWR | os.O_CREAT, 0o640)
    with os.fdopen(place, "r+b") as file:
        file.seek(offset)
        try:
            while piece := stream.read(PIECE):
                if file.tell() + len(piece) > upload.size:
                    raise NotTaken(
                        _("More of “%(name)s” came than was said.") % {"name": upload.name}
                    )
                file.write(piece)
        finally:
            file.flush()
            os.fsync(file.fileno())


def _look_at_the_head(upload: Upload, offset: int) -> None:
    """Say at the beginning, not after 2 GB, that this is no film."""
    enough = min(types.HEAD, upload.size)
    if offset >= enough or store.received(upload) < enough:
        return
    with store.part_of(upload).open("rb") as file:
        types.type_of(file.read(types.HEAD), upload.name)


def sent_file(who: Who, word: str) -> File:
    """A file that has come bit by bit, opened: to be looked at without being kept.

    Raises:
        Unfinished: some of it is missing, all of it is gone, or it is somebody else's.
    """
    upload = allowed(who, "send", Upload).filter(word=word, blob=None).first()
    if upload is None or store.received(upload) < upload.size:
        raise Unfinished(word)
    return File(store.part_of(upload).open("rb"), name=upload.name)


def drop_sent(who: Who, word: str) -> None:
    """It was looked at and is not needed any more."""
    for upload in allowed(who, "send", Upload).filter(word=word):
        drop_upload(upload)


def drop_upload(upload: Upload) -> None:
    """Somebody does not want it after all. What is kept already stays kept."""
    with writing():
        upload.delete()
    store.part_of(upload).unlink(missing_ok=True)


def forget_old_uploads() -> int:
    """Clear away what nobody went on with for a day. How many files went."""
    old = clock.now() - KEPT_FOR
    gone = 0
    for upload in Upload.objects.filter(begun_at__lt=old):
        if not _fresh(store.part_of(upload).name):
            with writing():
                upload.delete()
    known = set(Upload.objects.values_list("word", flat=True))
    folder = store.parts_folder()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in known and not _fresh(path.name):
            path.unlink(missing_ok=True)
            gone += 1
    return gone + _clear_half_kept()


def _clear_half_kept() -> int:
    """Files a process was keeping when it was killed."""
    old = [path for path in store.blobs_folder().glob("new-*") if not _fresh_path(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _fresh(word: str) -> bool:
    return _fresh_path(store.parts_folder() / word)


def _fresh_path(path: Path) -> bool:
    """Whether something of it came within the last day, by the disk's own clock."""
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:
        return False
    return time.time() - written < KEPT_FOR.total_seconds()
