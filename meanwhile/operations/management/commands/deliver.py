"""`meanwhile deliver`: try again what a listener has not taken in yet."""

from typing import Any

from django.core.management.base import BaseCommand

from meanwhile.core.events import deliver_waiting


class Command(BaseCommand):
    help = "Try again what a listener has not taken in yet."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deliver_waiting()} taken in")
