"""What is promised for a hand-in, and what a person answers to it.

Who, where and for which class stand on each row itself, for the rules.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meanwhile.assessment.models import Submission
from meanwhile.courses.models import Block, Offering
from meanwhile.people.models import Cohort, Person


class PromiseQuerySet(models.QuerySet):
    """Words for promises."""

    def open(self) -> Self:
        """Somebody waits: neither kept nor at an end because the work was taken back or followed."""
        return self.filter(kept_at=None, ended_at=None)


class Promise(models.Model):
    """One hand-in is answered by a known time.

    `code` is what stands in addresses, exports and, where work is marked without names, in place of
    the name: it says nothing about the person.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="promise")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="promises")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="promises")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="promises")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="promises")
    code = models.CharField(max_length=12, unique=True)
    again = models.BooleanField(default=False, help_text="a version before it was answered")
    sent_at = models.DateTimeField()
    first_at = models.DateTimeField(help_text="as it was promised first")
    promised_at = models.DateTimeField(help_text="as it stands now")
    kept_at = models.DateTimeField(null=True, help_text="when the answer was released")
    ended_at = models.DateTimeField(null=True, help_text="taken back, or followed by another")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["cohort", "promised_at"],
                name="promises_open",
                condition=Q(kept_at=None, ended_at=None),
            ),
            models.Index(fields=["offering", "block", "sent_at"], name="promises_of_a_task"),
            models.Index(fields=["offering", "kept_at"], name="promises_kept"),
            models.Index(fields=["person", "cohort", "kept_at"], name="promises_of_a_person"),
        ]

    @property
    def held(self) -> bool:
        """Whether it was kept by the time that was promised first."""
        return self.kept_at is not None and self.kept_at <= self.first_at


class PromiseMove(models.Model):
    """A promise moved to another time, with the sentence that those who wait were told."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="moves")
    was = models.DateTimeField()
    now = models.DateTimeField()
    words = models.CharField(_("a sentence to those who wait"), max_length=300)
    moved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Uptake(models.TextChoices):
    """What a learner will do with it."""

    CHANGE = "change", _("Change one part now")
    NEXT_TIME = "next", _("Use it next time")
    ASK = "ask", _("Ask about it")


class Feedback(models.Model):
    """What a person answers to one hand-in: a draft, held, then released.

    `words` are the fields of the marking page by name (draft.py reads them); `version` goes up with
    every change, compare-and-set. Until `released_at` nobody but the markers reads a word of it.
    """

    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, related_name="feedback")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feedback")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="feedback")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="feedback")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="feedback")
    marker = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="marked", help_text="wrote last"
    )
    words = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    # what became of it
    read_at = models.DateTimeField(null=True)
    uptake = models.CharField(max_length=8, choices=Uptake.choices, blank=True)
    uptake_words = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "released_at"], name="feedback_of_a_person"),
            models.Index(
                fields=["cohort", "held_at"], name="feedback_held", condition=Q(released_at=None)
            ),
        ]


class Reply(models.Model):
    """A question back about feedback, or the answer to it."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="replies")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asks = models.BooleanField(help_text="the learner asks; else somebody answers")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True, help_text="of a question: answered by then")
    answered_at = models.DateTimeField(null=True, help_text="of a question")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["cohort", "promised_at"],
                name="replies_that_wait",
                condition=Q(asks=True, answered_at=None),
            )
        ]


class StaffNote(models.Model):
    """What markers tell each other about a hand-in. The learner never reads it."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="staff_notes")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class BankComment(models.Model):
    """A comment somebody wrote before, kept for their own next time, at its rubric line."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bank")
    line = models.CharField(max_length=80, blank=True, help_text="id of the criterion")
    words = models.CharField(max_length=500)
    sought = models.CharField(max_length=500, help_text="the words in small letters")
    uses = models.PositiveIntegerField(default=1)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "line", "words"], name="one_comment_once")
        ]


class MarkingPlan(models.Model):
    """How one task of an offering is marked."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="+")
    anonymous = models.BooleanField(default=False, help_text="names are not shown until release")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "block"], name="one_plan_a_task")
        ]
