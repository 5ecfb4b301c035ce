"""Every write of the room. promises: made, moved, ended. marking: drafts, held, released, the bank.
uptake: what a learner does with it."""

from meanwhile.feedback.actions.marking import (
    forget_bank_comment,
    hold,
    keep_in_bank,
    mark_without_names,
    most_points,
    note_among_staff,
    release,
    release_due,
    release_held,
    save_draft,
)
from meanwhile.feedback.actions.promises import end_promise, move_promises, promise
from meanwhile.feedback.actions.refused import Changed, Refused, Released
from meanwhile.feedback.actions.uptake import answer, decide, note_read

__all__ = [
    "Changed",
    "Refused",
    "Released",
    "answer",
    "decide",
    "end_promise",
    "forget_bank_comment",
    "hold",
    "keep_in_bank",
    "mark_without_names",
    "most_points",
    "move_promises",
    "note_among_staff",
    "note_read",
    "promise",
    "release",
    "release_due",
    "release_held",
    "save_draft",
]
