"""Every write of the room. reading: done and place. practice: answers. counts: what follows."""

from meanwhile.learning.actions.counts import recount, recount_course
from meanwhile.learning.actions.practice import Changed, answer, ask_why, open_hint, save_draft
from meanwhile.learning.actions.reading import (
    Closed,
    finish_lesson,
    joined,
    keep_seconds,
    note_reading,
)

__all__ = [
    "Changed",
    "Closed",
    "answer",
    "ask_why",
    "finish_lesson",
    "joined",
    "keep_seconds",
    "note_reading",
    "open_hint",
    "recount",
    "recount_course",
    "save_draft",
]
