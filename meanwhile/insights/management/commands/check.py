"""`meanwhile check PATH`: what a teacher might mend in a course. Needs no database.

Django has a command of this name, for the program itself. Without a PATH this is still that one.
"""

import os
import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check as program
from django.utils.translation import gettext as say

from meanwhile.courses.files import read_folder, read_zip
from meanwhile.courses.files.reading import COURSE
from meanwhile.courses.source import CourseSource, Refused
from meanwhile.insights import report
from meanwhile.insights.check import Severity
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.links import try_links
from meanwhile.insights.remarks import Remarks, remarks
from meanwhile.insights.study import Study

FINE, REMARKS, MISUSED = 0, 1, 2
FAILS = {"barrier": Severity.BARRIER, "mend": Severity.MEND, "idea": Severity.IDEA, "never": None}


class Command(program.Command):
    help = (
        "Check a course (a folder or a zip) as a teacher would. Ends with 1 where there is "
        "something to mend, 2 where the course cannot be read, else 0. Without a PATH it checks "
        "the program, as Django does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        for action in parser._actions:  # what is Django's is still taken, and not explained here
            if action.dest == "args":
                action.metavar = "PATH"
                action.help = "a folder or a .zip with a course"
            elif action.dest in ("tags", "list_tags", "deploy", "fail_level", "databases"):
                action.help = SUPPRESS
        parser.add_argument(
            "--format",
            choices=("plain", "github", "json"),
            default="plain",
            help="how it is written",
        )
        parser.add_argument(
            "--fail-on", choices=FAILS, default="mend", help="the least that ends with 1 (mend)"
        )
        parser.add_argument(
            "--only", action="append", default=[], metavar="CHECK", help="these only"
        )
        parser.add_argument(
            "--links", action="store_true", help="try the links that lead out of the course"
        )
        parser.add_argument("--explain", metavar="CHECK", help="why it is checked, on what grounds")
        parser.add_argument("--checks", action="store_true", help="list all checks and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["checks"]:
            self.tell(report.listed(CHECKS))
        elif options["explain"]:
            self.tell(report.explained(known(options["explain"])))
        elif args and (Path(args[0]).exists() or not args[0].isidentifier()):
            self.check_course(Path(args[0]), **options)
        else:
            super().handle(*args, **options)

    def check_course(self, path: Path, **options: Any) -> None:
        self.asks = options["links"]
        checks = [CHECKS[known(name)] for name in options["only"]] or None
        try:
            found = self.look(path, checks)
        except Refused as refused:
            for remark in refused.remarks:
                self.stderr.write(str(remark))
            self.stderr.write(say("This is not a course yet, so nothing else was checked."))
            sys.exit(MISUSED)
        root = str(path) if (path / COURSE).is_file() else ""
        if path.is_dir() and not root and options["format"] == "plain":
            self.stdout.write(
                say("The lines below are those of the course as `meanwhile export` would write it.")
            )
        if options["format"] == "json":
            self.tell([report.as_json(found, root)])
        else:
            self.tell(
                {"plain": report.plain, "github": report.github}[options["format"]](found, root)
            )
        least = FAILS[options["fail_on"]]
        if least is not None and any(each.severity <= least for each in found.findings):
            sys.exit(REMARKS)

    def look(self, path: Path, checks: Any) -> Remarks:
        if path.is_dir():
            return self.of(read_folder(path), checks)
        try:
            with path.open("rb") as file:
                return self.of(read_zip(file), checks)
        except FileNotFoundError:
            words = say("There is no folder or file “%(path)s”.")
            raise CommandError(words % {"path": path}, returncode=MISUSED) from None

    def of(self, source: CourseSource, checks: Any) -> Remarks:
        study = Study(source)
        if self.asks:
            asked = try_links(study)
            words = say("%(n)d links were tried.") % {"n": asked}
            self.stderr.write(words)
        return remarks(study, checks)

    def tell(self, lines: Any) -> None:
        try:
            for line in lines:
                self.stdout.write(line)
            self.stdout.flush()
        except BrokenPipeError:  # whoever reads has seen enough: `meanwhile check … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def known(name: str) -> str:
    """The name of a check there is.

    Raises:
        CommandError: there is none.
    """
    if name not in CHECKS:
        words = say("There is no check “%(name)s”; `meanwhile check --checks` lists them.")
        raise CommandError(words % {"name": name}, returncode=MISUSED)
    return name
