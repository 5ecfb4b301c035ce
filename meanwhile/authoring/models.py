"""What is being written and not yet published: beside the course, never in it.

Learners see the rows of `courses`. These rows see what their teachers write, until *publish*
takes it over by the same code that takes in a course's files.
"""

from django.db import models

from meanwhile.courses.models import Course
from meanwhile.media.models import Blob
from meanwhile.people.models import Person


class WorkingCopy(models.Model):
    """The outline of a course as it is being written: one a course."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="working_copy")
    outline = models.JSONField(help_text="as outline.py says: units, their lessons, what went")
    base = models.JSONField(help_text="the published outline that it was begun on")
    step = models.PositiveIntegerField(default=0, help_text="where undo stands in the steps")

    def __str__(self) -> str:
        return f"working copy of {self.course}"


class OutlineStep(models.Model):
    """The outline after one change, for undo and redo. Step 0 is how it was before the first."""

    copy = models.ForeignKey(WorkingCopy, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    outline = models.JSONField()
    says = models.CharField(max_length=300)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="one_step_a_number")]


class LessonCopy(models.Model):
    """A lesson as it is being written, by the lesson's stable id."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lesson_copies")
    uid = models.CharField(max_length=60)
    title = models.CharField(max_length=200, help_text="of the document, for lists")
    document = models.JSONField(help_text="as documents.py says")
    base = models.TextField(blank=True, help_text="the published file it was begun on")
    edited = models.BooleanField(default=False, help_text="whether it differs from `base`")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "uid"], name="one_copy_of_a_lesson")
        ]

    def __str__(self) -> str:
        return self.title


class LessonVersion(models.Model):
    """A lesson as it was at a moment, to read and to restore."""

    copy = models.ForeignKey(LessonCopy, on_delete=models.CASCADE, related_name="versions")
    document = models.JSONField()
    says = models.CharField(max_length=200, blank=True, help_text="what was done next, or nothing")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class NewFile(models.Model):
    """A file that was chosen while writing: becomes the course's when what shows it is published."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="new_files")
    path = models.CharField(max_length=200, help_text="as in the folder: media/prism.svg")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "path"], name="one_new_file_path")]


class CaptionCopy(models.Model):
    """The captions of a film as somebody types them: half-written ones are at home here. Once they
    are put in the lesson they are a file like any other, and this is gone."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="caption_copies")
    lesson = models.CharField(max_length=60, help_text="its id")
    part = models.CharField(max_length=60, help_text="the id of the film's block")
    words = models.TextField(blank=True, help_text="WebVTT, or on the way there")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "lesson", "part"], name="one_caption_copy")
        ]
