"""Keeping bytes, at once or bit by bit."""

from meanwhile.media.actions.keeping import CHUNK, LARGEST, Unfinished, keep_blob, keep_upload
from meanwhile.media.actions.uploads import (
    MOST_AT_ONCE,
    WrongPlace,
    begin_upload,
    drop_sent,
    drop_upload,
    forget_old_uploads,
    sent_file,
    take_part,
)
from meanwhile.media.actions.versions import keep_version

__all__ = [
    "CHUNK",
    "LARGEST",
    "MOST_AT_ONCE",
    "Unfinished",
    "WrongPlace",
    "begin_upload",
    "drop_sent",
    "drop_upload",
    "forget_old_uploads",
    "keep_blob",
    "keep_upload",
    "keep_version",
    "sent_file",
    "take_part",
]
