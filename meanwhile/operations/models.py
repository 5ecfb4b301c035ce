"""What the house keeps about its own chores."""

from django.db import models


class Chore(models.Model):
    """When a chore is due next, and until when somebody is at it (operations/housekeeping.py)."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
