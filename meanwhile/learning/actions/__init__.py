"""Every write of the room. reading: done and place. practice: answers. counts: what follows.
notes: a learner's own notebook. choices: ways to meet a block. tasks: what is done when it is
handed in."""

from meanwhile.learning.actions.choices import choose_way, keep_wish, set_starts
from meanwhile.learning.actions.counts import recount, recount_course
from meanwhile.learning.actions.notes import (
    NoteChanged,
    TooManyNotes,
    find_again,
    forget_removed_notes,
    keep_note,
    put_back_note,
    remove_note,
)
from meanwhile.learning.actions.practice import (
    Changed,
    Taken,
    TakenOut,
    answer,
    ask_why,
    open_hint,
    save_draft,
)
from meanwhile.learning.actions.reading import (
    Closed,
    finish_lesson,
    joined,
    keep_seconds,
    note_reading,
)
from meanwhile.learning.actions.tasks import follow_task

__all__ = [
    "Changed",
    "Closed",
    "NoteChanged",
    "Taken",
    "TakenOut",
    "TooManyNotes",
    "answer",
    "ask_why",
    "choose_way",
    "find_again",
    "finish_lesson",
    "follow_task",
    "forget_removed_notes",
    "joined",
    "keep_note",
    "keep_seconds",
    "keep_wish",
    "note_reading",
    "open_hint",
    "put_back_note",
    "recount",
    "recount_course",
    "remove_note",
    "save_draft",
    "set_starts",
]
