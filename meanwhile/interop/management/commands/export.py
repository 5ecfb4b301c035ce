"""`meanwhile export COURSE PATH`: write a course as a folder, or as a zip."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as say

from meanwhile.courses.files import write_folder, write_zip
from meanwhile.courses.queries.source import course_named, school_named, source_of

WRONG, MISUSED = 1, 2


class Command(BaseCommand):
    help = "Write a course as files: a folder, or with --zip a zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="the id of the course")
        parser.add_argument(
            "path", type=Path, help="a folder that is empty or not there; or a file"
        )
        parser.add_argument("--school", default="", help="where several schools have the course")
        parser.add_argument("--zip", action="store_true", help="write one file instead")

    def handle(self, *args: Any, course: str, path: Path, school: str, **options: Any) -> None:
        found = course_named(school_named(school) if school else None, course)
        if found is None:
            words = say("There is no course “%(id)s”, or several schools have one: use --school.")
            raise CommandError(words % {"id": course}, returncode=MISUSED)
        try:
            if options["zip"]:
                with path.open("xb") as file:
                    write_zip(source_of(found), file)
            else:
                write_folder(source_of(found), path)
        except FileExistsError:
            words = say("There is something at “%(path)s” already; choose another place.")
            raise CommandError(words % {"path": path}, returncode=WRONG) from None
        self.stdout.write(say("“%(title)s” is in %(path)s.") % {"title": found.title, "path": path})
