"""Bytes, kept once under the name of their contents; and those that are still on their way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BlobQuerySet(models.QuerySet["Blob"]):
    def shown(self) -> Self:
        """Those that some row of another room shows. Such a row protects its blob, and that is how
        it is known here, where the rooms above are not."""
        links = [
            each.field
            for each in Blob._meta.related_objects
            if each.on_delete is models.PROTECT and each.field.model._meta.app_label != "media"
        ]
        shows = models.Q(pk__in=[])
        for link in links:
            rows = link.model._base_manager.filter(**{link.name: models.OuterRef("pk")})
            shows |= models.Q(models.Exists(rows))
        return self.filter(shows)

    def playing(self) -> Self:
        """Films and sounds."""
        return self.filter(
            models.Q(type__startswith="video/") | models.Q(type__startswith="audio/")
        )


class Blob(models.Model):
    """A file's bytes. Nobody reaches a blob by itself: the row that shows it says who may
    (courses.Asset), and each read is authorised there."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    type = models.CharField(max_length=80, help_text="media type, found from the bytes")
    width = models.PositiveIntegerField(null=True, help_text="pixels, of a picture")
    height = models.PositiveIntegerField(null=True, help_text="pixels, of a picture")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = BlobQuerySet.as_manager()

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


class Film(models.Model):
    """What was found out of a film or a sound: one a blob, whatever number of courses show it."""

    blob = models.OneToOneField(Blob, on_delete=models.CASCADE, related_name="film")
    seconds = models.FloatField(help_text="measured, not what its head says")
    width = models.PositiveIntegerField(default=0, help_text="pixels as shown; 0 for a sound")
    height = models.PositiveIntegerField(default=0, help_text="pixels as shown; 0 for a sound")
    sounds = models.BooleanField(default=False, help_text="whether anything is heard")
    chapters = models.JSONField(default=list, help_text='in the file: [{"at": 12.5, "title": ""}]')
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s of {self.blob}"


class VersionName(models.TextChoices):
    """The versions of a film, largest first."""

    HIGH = "high", _("sharp")
    MIDDLE = "middle", _("medium")
    LOW = "low", _("small")
    SOUND = "sound", _("sound only")
    POSTER = "poster", _("picture")
    WAVES = "waves", _("loudness")


class Version(models.Model):
    """A film made smaller, its sound, a picture or its loudness. A file of its own, shared with
    nothing: it can go at any time and be made again."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=8, choices=VersionName.choices)
    word = models.CharField(max_length=40, unique=True, help_text="the name of its file")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    type = models.CharField(max_length=80, help_text="media type")
    width = models.PositiveIntegerField(default=0, help_text="pixels")
    height = models.PositiveIntegerField(default=0, help_text="pixels")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "name"], name="one_version_a_name")]

    def __str__(self) -> str:
        return f"{self.name} of {self.film}"
