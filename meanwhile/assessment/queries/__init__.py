"""Every read of the room. tasks: the learner's page. versions: one hand-in and how it differs.
classes: what a class handed in. lists: for pages elsewhere. receipts: whether one is true. dates:
when tasks are due, and more time."""

from meanwhile.assessment.queries.classes import HandIns, TaskLine, hand_ins_of, tasks_of_class
from meanwhile.assessment.queries.lists import (
    Errand,
    Handed,
    errands_of,
    handed_in_by_wards,
    standing_of,
)
from meanwhile.assessment.queries.receipts import Found, receipt_of
from meanwhile.assessment.queries.tasks import (
    TaskView,
    offering_to_learn,
    own_file,
    task_of,
    task_url,
    task_view,
    title_of,
)
from meanwhile.assessment.queries.versions import (
    SubmissionView,
    file_of,
    submission_to_take_back,
    submission_view,
    submission_with_photos,
)

__all__ = [
    "Errand",
    "Found",
    "HandIns",
    "Handed",
    "SubmissionView",
    "TaskLine",
    "TaskView",
    "errands_of",
    "file_of",
    "hand_ins_of",
    "handed_in_by_wards",
    "offering_to_learn",
    "own_file",
    "receipt_of",
    "standing_of",
    "submission_to_take_back",
    "submission_view",
    "submission_with_photos",
    "task_of",
    "task_url",
    "task_view",
    "tasks_of_class",
    "title_of",
]
