"""Course → unit → lesson → block, what they aim at, and a course offered to a cohort.

Nothing that a learner may have worked on is ever deleted: what is taken out of a course gets
`removed_at`, keeps its id and its progress, and comes back with both when it is put back.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meanwhile.media.models import Blob
from meanwhile.people.models import Cohort, School


class Course(models.Model):
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="courses")
    uid = models.CharField(max_length=60, help_text="stable; progress and files hang on it")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    description = models.TextField(blank=True, help_text="Markdown")
    rendered = models.TextField(blank=True, help_text="the description as safe HTML")
    language = models.CharField(_("language"), max_length=16, default="en")
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    authors = models.JSONField(default=list)
    ages = models.CharField(_("ages"), max_length=20, blank=True)
    hours_per_week = models.FloatField(_("hours a week"), null=True, blank=True)
    not_here = models.JSONField(default=list, help_text="remarks not wanted: courses/not_here.py")
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, help_text="one more with every change")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "uid"], name="one_course_uid_a_school")
        ]

    def __str__(self) -> str:
        return self.title


class LiveQuerySet(models.QuerySet):
    """What is in the course now: not taken out, nor inside something that was."""

    where: ClassVar[Q] = Q(removed_at=None)

    def live(self) -> Self:
        return self.filter(self.where)


class UnitQuerySet(LiveQuerySet):
    pass


class LessonQuerySet(LiveQuerySet):
    where = Q(removed_at=None, unit__removed_at=None)

    def published(self) -> Self:
        """What learners see."""
        return self.live().filter(draft=False)


class BlockQuerySet(LiveQuerySet):
    where = Q(removed_at=None, lesson__removed_at=None, lesson__unit__removed_at=None)

    def published(self) -> Self:
        """What learners may see, in every way there is to meet it."""
        return self.live().filter(lesson__draft=False)

    def counted(self) -> Self:
        """What progress counts: one block for each place, whichever way it is met."""
        return self.published().filter(instead_of=None)


class Objective(models.Model):
    """What a learner can do afterwards. Builds on others: the map of the course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="objectives")
    uid = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0)
    builds_on = models.ManyToManyField("self", symmetrical=False, related_name="leads_to")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "uid"], name="one_objective_uid")]

    def __str__(self) -> str:
        return self.text


class Unit(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    uid = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    intro = models.TextField(blank=True, help_text="Markdown")
    rendered = models.TextField(blank=True, help_text="the intro as safe HTML")
    not_here = models.JSONField(default=list, help_text="remarks not wanted: courses/not_here.py")
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "uid"], name="one_unit_uid")]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="lessons")
    uid = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    objectives = models.ManyToManyField(Objective, related_name="lessons")
    position = models.PositiveIntegerField(default=0)
    minutes_set = models.PositiveIntegerField(null=True, blank=True, help_text="by the author")
    minutes = models.PositiveIntegerField(default=1, help_text="set, or worked out from blocks")
    draft = models.BooleanField(default=False)
    not_here = models.JSONField(default=list, help_text="remarks not wanted: courses/not_here.py")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["unit__position", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "uid"], name="one_lesson_uid")]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """The smallest thing that is shown, done and, where it answers, understood.

    A block may stand `instead_of` another, its main block: the same in a `way` of its own. Progress
    counts main blocks; what is done with another way is done with its main block.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="blocks")
    uid = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    heading = models.CharField(max_length=200, blank=True, help_text="its line in the outline")
    data = models.JSONField(default=dict, help_text="the YAML of its fence, key included")
    body = models.TextField(blank=True, help_text="Markdown")
    rendered = models.JSONField(
        default=dict, help_text="safe HTML of 'body' and of each of Kind.texts(): key included"
    )
    answers = models.BooleanField(default=False, help_text="whether it counts as understood")
    objectives = models.ManyToManyField(Objective, related_name="blocks")
    instead_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="other_ways"
    )
    way = models.CharField(max_length=8, blank=True, help_text="of variants.Way; empty: main")
    language = models.CharField(max_length=16, blank=True, help_text="where it is not the course's")
    position = models.PositiveIntegerField(default=0)
    minutes_set = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.FloatField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "uid"], name="one_block_uid")]

    @property
    def place(self) -> int:
        """The key of the main block, which stands for all its ways."""
        return self.instead_of_id or self.pk


class Asset(models.Model):
    """A file of a course: the name under which lessons show it, and its bytes."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=200, help_text="as in the folder: media/pinhole.svg")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "path"], name="one_asset_path")]


class Mode(models.TextChoices):
    OPEN = "open", _("open: no dates")
    PACED = "paced", _("paced: dates counted from the day each learner starts")
    COHORT = "cohort", _("together: the same dates for all")


class Offering(models.Model):
    """A course for a cohort."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="offerings")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="offerings")
    mode = models.CharField(_("dates"), max_length=8, choices=Mode.choices, default=Mode.OPEN)
    starts_on = models.DateField(_("first day"))
    zone = models.CharField(_("time zone"), max_length=64)
    answer_within = models.PositiveSmallIntegerField(
        default=2, help_text="school days until work that was handed in is answered"
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="stays readable")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "cohort"], name="one_offering_a_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.cohort}"


class Milestone(models.Model):
    """When a unit is meant to be finished: suggested, never a lock.

    In cohort mode `wall` is the wall-clock time meant in the offering's zone and `at` the same
    moment in UTC. In paced mode `after_days` counts from the learner's own start.
    """

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="milestones")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="milestones")
    wall = models.CharField(max_length=16, blank=True, help_text="2026-10-16T20:00, no zone")
    at = models.DateTimeField(null=True, blank=True)
    after_days = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "unit"], name="one_milestone_a_unit"),
            models.CheckConstraint(
                condition=Q(at=None, wall="") | Q(at__isnull=False, after_days=None),
                name="milestone_has_one_kind_of_date",
            ),
        ]

    def wall_time(self) -> datetime | None:
        """The wall-clock time meant, without a zone."""
        return datetime.fromisoformat(self.wall) if self.wall else None
