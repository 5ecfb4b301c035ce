"""Other people's formats, each in a folder of its own."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "meanwhile.interop"
    label = "interop"
    verbose_name = "Other formats"

    def ready(self) -> None:
        from meanwhile.courses.formats import FORMATS, add_format
        from meanwhile.interop.carpentries.lesson import FORMAT

        if FORMAT not in FORMATS:
            add_format(FORMAT)
