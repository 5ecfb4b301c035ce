"""`meanwhile work`: do the jobs that people asked for, on a machine or in a process of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from meanwhile.media import ffmpeg
from meanwhile.operations.working import work, work_off


class Command(BaseCommand):
    help = "Make films ready and do other long work. A running server does it by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is waiting, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        settings.JOBS = max(1, settings.JOBS)
        if not ffmpeg.there():
            self.stderr.write("ffmpeg is not here: films stay as they were sent.")
        if once:
            self.stdout.write(f"Done: {work_off()}.")
            return
        self.stdout.write("Working (Ctrl-C stops it).")
        try:
            work()
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What was not finished is taken up again.")
