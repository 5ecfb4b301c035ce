"""What is handed in. works: drafts, hand-ins, their files."""

from meanwhile.assessment.models.works import Submission, SubmissionFile, Work, WorkFile

__all__ = ["Submission", "SubmissionFile", "Work", "WorkFile"]
