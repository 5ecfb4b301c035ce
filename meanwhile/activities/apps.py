"""The kinds there are: one word each. To add one: a folder beside this file, and its word here."""

from importlib import import_module

from django.apps import AppConfig

KINDS = [
    "text",
    "video",
    "audio",
    "file",
    "choice",
    "choices",
    "numeric",
    "slider",
    "short",
    "ordering",
    "matching",
    "reveal",
    "task",
]


class ActivitiesConfig(AppConfig):
    name = "meanwhile.activities"
    label = "activities"
    verbose_name = "Activities"

    def ready(self) -> None:
        from meanwhile.courses.activity import register

        for word in KINDS:
            register(import_module(f"meanwhile.activities.{word}.kind").kind)
