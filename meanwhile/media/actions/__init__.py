"""Keeping bytes, at once or bit by bit."""

from meanwhile.media.actions.films import (
    Cut,
    NotCut,
    cut_again,
    cut_film,
    drop_cut,
    forget_old_versions,
    make_cut,
    make_versions,
    prepare_again,
    prepare_film,
    prepare_films,
    waiting_films,
)
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
    "Cut",
    "NotCut",
    "Unfinished",
    "WrongPlace",
    "begin_upload",
    "cut_again",
    "cut_film",
    "drop_cut",
    "drop_sent",
    "drop_upload",
    "forget_old_uploads",
    "forget_old_versions",
    "keep_blob",
    "keep_upload",
    "keep_version",
    "make_cut",
    "make_versions",
    "prepare_again",
    "prepare_film",
    "prepare_films",
    "sent_file",
    "take_part",
    "waiting_films",
]
