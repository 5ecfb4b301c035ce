"""Bytes, kept once under the name of their contents; and those that are still on their way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Blob(models.Model):
    """A file's bytes. Nobody reaches a blob by itself: the row that shows it says who may
    (courses.Asset), and each read is authorised there."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    type = models.CharField(max_length=80, help_text="media type, found from the bytes")
    width = models.PositiveIntegerField(null=True, help_text="pixels, of a picture")
    height = models.PositiveIntegerField(null=True, help_text="pixels, of a picture")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.type}, {self.size} bytes)"


class Upload(models.Model):
    """A file that somebody sends bit by bit. How much of it is here is the length of its file
    (`store.part_of`): no row to fall out of step with the bytes."""

    word = models.CharField(max_length=40, unique=True, help_text="the name in its address")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(help_text="bytes, of the whole file")
    begun_at = models.DateTimeField()
    blob = models.ForeignKey(Blob, null=True, on_delete=models.CASCADE, related_name="uploads")

    def __str__(self) -> str:
        return f"{self.name} ({self.size} bytes)"
