"""What a learner does on a task: the draft, the files, and each time it was handed in."""

from typing import Self

from django.db import models
from django.db.models import Q

from meanwhile.courses.models import Block, Offering
from meanwhile.media.models import Blob, Upload
from meanwhile.people.models import Cohort, Person


class Work(models.Model):
    """One learner's work on one task of an offering: what is not handed in yet, for their eyes
    alone.

    `words` and `version` are the draft, compare-and-set; the ticks at criteria and at steps in the
    same way, each list with a version of its own. Whoever hands in, takes back or changes a file locks this
    row first.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="works")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="works")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="works")
    words = models.JSONField(default=dict, help_text="the fields as typed: text, link")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    marks = models.JSONField(
        default=dict, help_text='{"criteria": {"ticked": ["path"], "version": 2}, "steps": …}'
    )
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "offering", "block"], name="one_work_a_task_and_person"
            )
        ]


class WorkFile(models.Model):
    """A file of a work. It may be known by its size and hash before its bytes are here."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="files")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=40, help_text="made where it was chosen")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(help_text="bytes, as it was sent")
    sha256 = models.CharField(max_length=64, help_text="of the bytes as they were sent")
    position = models.PositiveIntegerField(default=0)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="from the draft; hand-ins keep it")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["work", "uid"], name="one_file_of_a_uid")]


class SubmissionQuerySet(models.QuerySet):
    """Words for hand-ins."""

    STANDING = Q(taken_back_at=None, replaced_at=None)

    def standing(self) -> Self:
        """The one that counts of each work: neither taken back nor followed by another."""
        return self.filter(self.STANDING)


class Submission(models.Model):
    """One hand-in: a version that never changes, with its receipt.

    Who, where and for which class stand on its own row, for the rules. What may still be written
    is when something happened to it: taken back, followed by another, marked, given back.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField(help_text="1 for the first of this work")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="submissions")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="submissions")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="submissions")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="submissions")
    text = models.TextField(blank=True)
    link = models.CharField(max_length=2000, blank=True)
    edition = models.PositiveIntegerField(help_text="of the course it was made in")
    # the receipt
    handed_in_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, help_text="of words, link and the files' hashes")
    code = models.CharField(max_length=12, unique=True, help_text="to read out: 7KQ2M4XD")
    signature = models.CharField(max_length=64)
    files_until = models.DateTimeField(null=True, help_text="till then its files may arrive")
    # what became of it
    taken_back_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True, help_text="a later one was handed in")
    marking_began_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True, help_text="given back with an answer")
    photos = models.ForeignKey(
        Blob, null=True, on_delete=models.PROTECT, related_name="+", help_text="as one PDF"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="one_submission_a_number"),
            models.UniqueConstraint(
                fields=["work"],
                name="one_standing_submission",
                condition=Q(taken_back_at=None, replaced_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["offering", "block", "person"], name="submissions_of_a_task"),
            models.Index(
                fields=["cohort", "handed_in_at"],
                name="submissions_to_answer",
                condition=Q(taken_back_at=None, replaced_at=None, returned_at=None),
            ),
        ]


class SubmissionFile(models.Model):
    """A file as it stands in a hand-in, in the order it had then."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="handed_in")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "file"], name="one_file_once_a_hand_in")
        ]
