"""When a task is due, for a class and for some of it; and more time, asked for and given."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.models import Block, Offering
from meanwhile.people.models import Cohort, Group, Person, School

MOST_DAYS = 366


class DateKind(models.TextChoices):
    FIXED = "fixed", _("a day and a time, the same for all")
    RELATIVE = "relative", _("days after each learner starts")


class LateRule(models.TextChoices):
    """What becomes of work after the date. It is always taken in."""

    COUNTS = "counts", _("it counts in full")
    SLOWER = "slower", _("it counts in full, the answer may take longer")
    TALK = "talk", _("the teacher decides with the learner what it counts for")


class TaskDate(models.Model):
    """When a task opens, is due and closes: for the class, or in its place for a group or a person.

    A fixed one keeps the wall-clock time that was meant in `zone` and the same moment in UTC; a
    relative one keeps days after the learner's start and a time of day where the learner is.
    `dates.py` makes a learner's own dates of it; nothing else reads it as if it were theirs.
    """

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="task_dates")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="task_dates")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=DateKind.choices, default=DateKind.FIXED)
    hard = models.BooleanField(default=False, help_text="work after it carries a label")
    zone = models.CharField(max_length=64)
    opens_wall = models.CharField(max_length=16, blank=True, help_text="2026-10-16T20:00, no zone")
    opens_at = models.DateTimeField(null=True, blank=True)
    due_wall = models.CharField(max_length=16, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    closes_wall = models.CharField(max_length=16, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opens_after = models.PositiveIntegerField(null=True, blank=True)
    due_after = models.PositiveIntegerField(null=True, blank=True)
    closes_after = models.PositiveIntegerField(null=True, blank=True)
    time = models.TimeField(help_text="of the day, for days after the start")
    grace_minutes = models.PositiveIntegerField(default=0)
    late = models.CharField(max_length=8, choices=LateRule.choices, default=LateRule.COUNTS)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "block"],
                condition=Q(group=None, person=None),
                name="one_task_date_a_class",
            ),
            models.UniqueConstraint(
                fields=["offering", "block", "group"],
                condition=Q(group__isnull=False),
                name="one_task_date_a_group",
            ),
            models.UniqueConstraint(
                fields=["offering", "block", "person"],
                condition=Q(person__isnull=False),
                name="one_task_date_a_person",
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(person=None), name="task_date_is_for_one"
            ),
        ]

    def walls(self) -> dict[str, datetime | None]:
        """The wall-clock times meant, without a zone: opens, due, closes."""
        return {
            name: datetime.fromisoformat(wall) if (wall := getattr(self, f"{name}_wall")) else None
            for name in ("opens", "due", "closes")
        }


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("asked")
    GIVEN = "given", _("given")
    DECLINED = "declined", _("not this time")


class Extension(models.Model):
    """More time for one learner on one task. What was given is counted in calendar days on top of
    everything else, so it stays given when the class's date moves."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="extensions")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="extensions")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="extensions")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    reason = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=8, choices=ExtensionState.choices)
    by_rule = models.BooleanField(default=False, help_text="given by the school's own rule")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "offering", "block"],
                condition=Q(state="asked"),
                name="one_open_request_a_task",
            )
        ]
        indexes = [
            models.Index(
                fields=["cohort", "asked_at"],
                condition=Q(state="asked"),
                name="open_requests_of_a_cohort",
            )
        ]


class ExtensionPolicy(models.Model):
    """What a school gives without a question: so many days, so many times a term."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="extension_policy")
    days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(30)])
    times = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(20)])
