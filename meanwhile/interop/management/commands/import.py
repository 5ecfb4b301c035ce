"""`meanwhile import PATH`: take in a course from a folder or a zip."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as say

from meanwhile.courses.actions import import_course
from meanwhile.courses.files import read_folder, read_zip
from meanwhile.courses.queries.changes import differences
from meanwhile.courses.queries.source import course_named, school_named, school_names
from meanwhile.courses.source import CourseSource, Refused
from meanwhile.people.models import School

WRONG, MISUSED = 1, 2


class Command(BaseCommand):
    help = "Take in a course: a folder or a zip, in Meanwhile's format or a Carpentries lesson."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder or a .zip")
        parser.add_argument("--school", default="", help="the school's short name")
        parser.add_argument("--publish", action="store_true", help="let learners see it")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and stop"
        )

    def handle(self, *args: Any, path: Path, school: str, **options: Any) -> None:
        at = _school(school)
        try:
            if path.is_dir():
                self.take(read_folder(path), at, **options)
            else:
                self.take_zip(path, at, **options)
        except Refused as refused:
            for remark in refused.remarks:
                self.stderr.write(str(remark))
            self.stderr.write(say("Nothing was taken in."))
            sys.exit(WRONG)

    def take_zip(self, path: Path, school: School, **options: Any) -> None:
        try:
            with path.open("rb") as file:
                self.take(read_zip(file), school, **options)
        except FileNotFoundError:
            words = say("There is no folder or file “%(path)s”.")
            raise CommandError(words % {"path": path}, returncode=MISUSED) from None

    def take(self, source: CourseSource, school: School, **options: Any) -> None:
        for remark in source.remarks:
            self.stdout.write(str(remark))
        course = course_named(school, source.uid)
        if options["dry_run"]:
            changes = differences(source, course) if course else []
            self.tell(changes)
            new = say("It would be a new course: “%(title)s”.") % {"title": source.title}
            self.stdout.write(new if course is None else say("Nothing was changed yet."))
            return
        result = import_course(source, school, actor=None, publish=options["publish"])
        self.tell(result.changes)
        words = {"title": result.course.title, "edition": result.course.edition}
        if result.made:
            self.stdout.write(say("“%(title)s” is here.") % words)
        elif result.changed:
            self.stdout.write(say("“%(title)s” is up to date, edition %(edition)d.") % words)
        else:
            self.stdout.write(say("“%(title)s” was the same already.") % words)

    def tell(self, changes: list[Any]) -> None:
        for change in changes:
            self.stdout.write(f"- {change}")


def _school(slug: str) -> School:
    """The school meant, or the only one there is."""
    found = school_named(slug)
    if found is None:
        words = say("Say which school: --school and its short name. There are: %(names)s.")
        names = ", ".join(school_names()) or "–"
        raise CommandError(words % {"names": names}, returncode=MISUSED)
    return found
