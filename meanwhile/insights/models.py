"""What the course check keeps: which links out of a course led nowhere, and when that was."""

from django.conf import settings
from django.db import models

from meanwhile.courses.models import Course


class LinkTrial(models.Model):
    """The last time somebody asked for the links of a course to be tried: waiting until `done_at`,
    then what came of it. It belongs to its course: who may see the check sees it."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="link_trial")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=16, help_text="of the sentences in `tried`")
    begun = models.PositiveSmallIntegerField(default=0, help_text="how often it was begun")
    done_at = models.DateTimeField(null=True)
    tried = models.JSONField(default=dict, help_text="address: what is wrong with it, or nothing")
    untried = models.PositiveIntegerField(default=0, help_text="links there was no time for")

    def __str__(self) -> str:
        return f"links of course {self.course_id}"
