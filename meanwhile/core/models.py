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
