"""`meanwhile index`: bring what can be found up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from meanwhile.search.actions import index_everything, read_papers


class Command(BaseCommand):
    help = "Bring the search index up to date: what changed, or with --anew all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="forget everything first")

    def handle(self, *, anew: bool, **options: Any) -> None:
        changed = index_everything(anew)
        papers = 0
        while read := read_papers():
            papers += read
        parts = sum(changed.values())
        self.stdout.write(f"{len(changed)} indexed, {parts} parts changed, {papers} papers read")
