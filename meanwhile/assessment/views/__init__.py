"""Pages of the room: thin. tasks: the learner's page. files: its files. hand_ins: versions,
receipts, and a class's. dates: when tasks are due. more_time: asked for, given."""

from meanwhile.assessment.views.files import (
    arrival,
    file_place,
    file_removal,
    files,
    own_file,
)
from meanwhile.assessment.views.hand_ins import (
    file,
    photos,
    receipt,
    submission,
    submissions,
    taking_back,
    tasks,
)
from meanwhile.assessment.views.tasks import draft, hand_ins, marks, task

__all__ = [
    "arrival",
    "draft",
    "file",
    "file_place",
    "file_removal",
    "files",
    "hand_ins",
    "marks",
    "own_file",
    "photos",
    "receipt",
    "submission",
    "submissions",
    "taking_back",
    "task",
    "tasks",
]
