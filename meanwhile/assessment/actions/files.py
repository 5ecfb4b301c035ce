"""The files of a work: known by size and hash at once, with their bytes now or later."""

import hashlib
import re
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from meanwhile.assessment.actions.drafts import locked
from meanwhile.assessment.models import Submission, Work, WorkFile
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.core.ids import operation_id
from meanwhile.core.rules import allowed
from meanwhile.core.typed import typed
from meanwhile.courses.models import Block, Offering
from meanwhile.media import store, types
from meanwhile.media.actions import LARGEST, Unfinished, keep_blob, keep_upload
from meanwhile.media.models import Blob, Upload
from meanwhile.media.types import NotTaken
from meanwhile.people.who import Who

MOST_FILES = 60
SHA256 = re.compile(r"[0-9a-f]{64}")
UID = re.compile(r"[A-Za-z0-9_-]{8,40}")
PIECE = 1 << 20


def announce_file(
    who: Who, offering: Offering, block: Block, uid: str, name: str, size: int, sha256: str
) -> WorkFile:
    """Say that a file belongs to the work, before its bytes travel. The same uid again is the
    same file.

    Raises:
        NotTaken: no such files, empty, too large or too many; the sentence says which.
        Closed: the offering has ended.
    """
    name = short_name(name)
    if types.promised(name) is None:
        raise types.unknown_kind(name)
    if not UID.fullmatch(uid) or not SHA256.fullmatch(sha256):
        raise NotTaken(_("“%(name)s” could not be read on this device.") % {"name": name})
    if size <= 0:
        raise NotTaken(_("“%(name)s” is empty.") % {"name": name})
    if size > LARGEST:
        raise NotTaken(_("“%(name)s” is larger than 2 GB.") % {"name": name})
    with writing():
        work = locked(who, offering, block)
        return _file(work, uid, name, size, sha256, None)


def add_file(
    who: Who, offering: Offering, block: Block, upload: UploadedFile
) -> tuple[WorkFile, bool]:
    """Keep a file that came with a form, and whether it is new: the very same bytes under the
    same name are not added twice.

    The bytes are kept before the transaction begins: nobody waits for the disk.

    Raises:
        NotTaken, Closed: as above.
    """
    name = short_name(upload.name or "")
    blob, sha256 = kept(upload, name)
    with writing():
        work = locked(who, offering, block)
        same = WorkFile.objects.filter(work=work, removed_at=None, sha256=sha256, name=name).first()
        if same is not None:
            _arrive(same, blob)
            return same, False
        size = upload.size or blob.size
        return _file(work, operation_id(), name, size, sha256, blob), True


def kept(upload: UploadedFile, name: str) -> tuple[Blob, str]:
    """The blob of a file that came with a form, and the hash of its bytes as they came."""
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return keep_blob(cast(BinaryIO, upload.file), name), digest.hexdigest()


def _file(work: Work, uid: str, name: str, size: int, sha256: str, blob: Blob | None) -> WorkFile:
    mine = WorkFile.objects.filter(work=work)
    known = mine.filter(uid=uid).first()
    if known is not None:
        return known
    if mine.filter(removed_at=None).count() >= MOST_FILES:
        raise NotTaken(
            _("A hand-in holds %(most)d files. Put some of them together first.")
            % {"most": MOST_FILES}
        )
    last = mine.aggregate(last=Max("position"))["last"]
    now = clock.now()
    return WorkFile.objects.create(
        work=work,
        person_id=work.person_id,
        uid=uid,
        name=name,
        size=size,
        sha256=sha256,
        position=0 if last is None else last + 1,
        blob=blob,
        added_at=now,
        arrived_at=now if blob else None,
    )


def file_is_here(who: Who, file: WorkFile, word: str) -> WorkFile:
    """All of a file has come, bit by bit, as the upload of that name: keep it, if it is the file
    that was announced. Asked twice, done once.

    Raises:
        Unfinished: some of it has not come yet.
        NotTaken: it is another file than was announced, or none that is taken in.
    """
    if file.blob_id is not None:
        return file
    upload = allowed(who, "send", Upload).filter(word=word).select_related("blob").first()
    if upload is None or (upload.blob is None and store.received(upload) < upload.size):
        raise Unfinished(word)
    if upload.blob is None and (upload.size, _hash_of(upload)) != (file.size, file.sha256):
        raise NotTaken(
            _("What came is not the file “%(name)s” that you chose. Choose it again.")
            % {"name": file.name}
        )
    blob = keep_upload(upload)
    with writing():
        Work.objects.select_for_update(of=("self",)).get(pk=file.work_id)
        row = WorkFile.objects.get(pk=file.pk)
        _arrive(row, blob)
    return row


def _arrive(row: WorkFile, blob: Blob) -> None:
    if row.blob_id is None:
        row.blob, row.arrived_at = blob, clock.now()
        row.save(update_fields=["blob", "arrived_at"])


def _hash_of(upload: Upload) -> str:
    digest = hashlib.sha256()
    with store.part_of(upload).open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def remove_file(who: Who, offering: Offering, block: Block, uid: str) -> None:
    """Take a file out of the draft. A hand-in that holds it keeps it."""
    with writing():
        work = locked(who, offering, block)
        rows = WorkFile.objects.filter(work=work, uid=uid, removed_at=None)
        for row in rows:
            if Submission.objects.filter(files__file=row).exists() or row.blob_id:
                row.removed_at = clock.now()
                row.save(update_fields=["removed_at"])
            else:
                row.delete()


def move_file(who: Who, offering: Offering, block: Block, uid: str, by: int) -> None:
    """One place up (-1) or down (1) among the files of the draft."""
    with writing():
        work = locked(who, offering, block)
        rows = list(WorkFile.objects.filter(work=work, removed_at=None))
        at = next((index for index, row in enumerate(rows) if row.uid == uid), None)
        to = None if at is None else at + (1 if by > 0 else -1)
        if at is None or to is None or not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for index, row in enumerate(rows):
            row.position = index
        WorkFile.objects.bulk_update(rows, ["position"])


def short_name(name: str) -> str:
    """The name of a file without its folders, no longer than its column, ending kept."""
    name = " ".join(typed(name).replace("\\", "/").rpartition("/")[2].split())
    if len(name) <= 200:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}" if len(ending) < 20 else name[:200]
