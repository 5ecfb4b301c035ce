"""What the house itself keeps: receipts, events and how far each listener is, tries at doors."""

from django.db import models


class Receipt(models.Model):
    """One deed of one person, kept in the transaction of its effect, so that sent twice is done
    once. Kept for 400 days: a tablet comes back after a summer."""

    operation = models.CharField(max_length=64)
    actor = models.CharField(max_length=64, help_text="who did it: a person's key, or 'door'")
    kind = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what was sent")
    result = models.JSONField(default=dict)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "operation"], name="one_receipt_a_deed")
        ]


class EventRow(models.Model):
    """What happened: the audit trail and the source of everything that follows."""

    name = models.CharField(max_length=80)
    actor = models.BigIntegerField(null=True, db_index=True)
    school = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "core_event"
        ordering = ["pk"]


class Delivery(models.Model):
    """That one listener has taken in one event (kept for 90 days), or why it has not yet."""

    event = models.ForeignKey(EventRow, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=160)
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "listener"], name="one_delivery_a_listener")
        ]
        indexes = [
            models.Index(
                fields=["tries"], name="waiting_deliveries", condition=models.Q(done_at=None)
            )
        ]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.event.name} → {self.listener}"


class Tries(models.Model):
    """Wrong guesses at one door for one key in one stretch of time (core/limits.py)."""

    key = models.CharField(max_length=160, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)


class Job(models.Model):
    """Work that somebody asked for and does not wait for (core/jobs.py): one a name and key. Kept
    when it is done, so that the same is not done twice."""

    name = models.CharField(max_length=60, help_text="what is to be done: media.prepare")
    key = models.CharField(max_length=300, help_text="to what")
    facts = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not before")
    held_until = models.DateTimeField(null=True, help_text="somebody is at it until then")
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True, help_text="what is being done, in a word")
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True, help_text="why it was given up: a word")
    error = models.TextField(blank=True, help_text="what went wrong last, for the site admin")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="one_job_a_key")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="jobs_to_do",
                condition=models.Q(done_at=None, problem=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
