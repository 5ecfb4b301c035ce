"""`make docs`: write the generated pages of docs/ anew."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from meanwhile.operations.pages import PAGES


class Command(BaseCommand):
    help = "Write the generated pages of docs/ anew."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, write in PAGES.items():
            (settings.ROOT / "docs" / name).write_text(write(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
