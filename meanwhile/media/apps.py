from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "meanwhile.media"
    label = "media"
    verbose_name = "Media"
