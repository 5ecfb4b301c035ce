"""Pages of the room: thin. lessons: the player. practice: questions. ideas: the progress page.
notes: the notebook. packs: a unit or a lesson for paper. choices: ways to meet a block."""

from meanwhile.learning.views.choices import starts, way, wish
from meanwhile.learning.views.ideas import progress
from meanwhile.learning.views.lessons import film, lesson, reading
from meanwhile.learning.views.notes import (
    lesson_notes,
    note,
    note_removal,
    note_return,
    notebook,
    notebook_export,
    notebook_print,
)
from meanwhile.learning.views.packs import pack, paper
from meanwhile.learning.views.practice import answer, draft, hint, reason

__all__ = [
    "answer",
    "draft",
    "film",
    "hint",
    "lesson",
    "lesson_notes",
    "note",
    "note_removal",
    "note_return",
    "notebook",
    "notebook_export",
    "notebook_print",
    "pack",
    "paper",
    "progress",
    "reading",
    "reason",
    "starts",
    "way",
    "wish",
]
