"""What is handed in. works: drafts, hand-ins, their files. dates: when, and more time."""

from meanwhile.assessment.models.dates import (
    DateKind,
    Extension,
    ExtensionPolicy,
    ExtensionState,
    LateRule,
    TaskDate,
)
from meanwhile.assessment.models.works import Submission, SubmissionFile, Work, WorkFile

__all__ = [
    "DateKind",
    "Extension",
    "ExtensionPolicy",
    "ExtensionState",
    "LateRule",
    "Submission",
    "SubmissionFile",
    "TaskDate",
    "Work",
    "WorkFile",
]
