"""Every write of the room. drafts: what is not handed in yet. files: its files. handing: in, back,
and what became of it. photos: many pictures, one PDF."""

from meanwhile.assessment.actions.drafts import LISTS, Changed, Closed, save_draft, save_marks
from meanwhile.assessment.actions.files import (
    MOST_FILES,
    add_file,
    announce_file,
    file_is_here,
    move_file,
    remove_file,
)
from meanwhile.assessment.actions.handing import (
    Nothing,
    hand_in,
    note_marking_began,
    note_returned,
    take_back,
)
from meanwhile.assessment.actions.photos import bind_photos, bind_waiting_photos

__all__ = [
    "LISTS",
    "MOST_FILES",
    "Changed",
    "Closed",
    "Nothing",
    "add_file",
    "announce_file",
    "bind_photos",
    "bind_waiting_photos",
    "file_is_here",
    "hand_in",
    "move_file",
    "note_marking_began",
    "note_returned",
    "remove_file",
    "save_draft",
    "save_marks",
    "take_back",
]
