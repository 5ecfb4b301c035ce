"""Bytes, kept once under the name of their contents."""

from django.db import models


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
