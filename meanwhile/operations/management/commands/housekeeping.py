"""`meanwhile housekeeping`: do what is due now, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meanwhile.operations.housekeeping import do_what_is_due


class Command(BaseCommand):
    help = "Do what is due every so often, once. `serve` does it by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at-once", action="store_true", help="also what is not due yet")

    def handle(self, *, at_once: bool, **options: Any) -> None:
        failed = []
        for name, rows in do_what_is_due(at_once=at_once):
            self.stdout.write(f"{name}: {'failed' if rows is None else rows}")
            failed += [name] if rows is None else []
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. The log above says why.")
