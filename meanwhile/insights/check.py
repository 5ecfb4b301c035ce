"""One check of a course: what every file in `checks/` holds, and what it finds.

A check is a plain function over a course in memory (`study.Study`), so the same one reads a folder
on disk and a course in the database. It holds no table and asks for no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.evidence import Evidence
from meanwhile.insights.study import Place, Study


class Severity(IntEnum):
    """How much it matters, the gravest first."""

    BARRIER = 1
    MEND = 2
    IDEA = 3

    @property
    def label(self) -> Any:
        return SEVERITIES[self]


SEVERITIES = {
    Severity.BARRIER: _("shuts somebody out"),
    Severity.MEND: _("worth mending"),
    Severity.IDEA: _("an idea"),
}
SUBJECTS = {
    "orientation": _("Finding one's way"),
    "practice": _("Practice and feedback"),
    "tasks": _("Tasks"),
    "pace": _("Pieces and pace"),
    "revisits": _("Coming back to it"),
    "habits": _("Learning to learn"),
    "words": _("Words"),
    "access": _("For everybody"),
    "dates": _("Dates and people"),
}


@dataclass(frozen=True)
class Finding:
    """What a check has to say about one place. `says` is plain words of ours with names and short
    quotations from the course in it: never HTML. `mends`: there is a mechanical fix."""

    check: str
    severity: Severity
    says: str
    place: Place
    mends: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which finding it is, also after the course changed a little elsewhere."""
        return (self.check, self.place.lesson, self.place.block, self.place.part)


class Check:
    """Subclass, give the class attributes, say `look`; where a fix is mechanical, `mend` too."""

    name: ClassVar[str]
    subject: ClassVar[str]
    what: ClassVar[Any]
    """What it looks for, in a few words: the title of its remarks."""
    why: ClassVar[Any]
    """Why that matters, in one sentence."""
    evidence: ClassVar[Evidence]
    severity: ClassVar[Severity] = Severity.MEND
    how: ClassVar[Any]
    """How to mend it, as one would tell a colleague."""
    fix: ClassVar[Any] = ""
    """What the button does, where there is one: “Take the minutes out”."""
    about: ClassVar[str] = "course"
    """`course`: what its files say. `class`: how it is offered, which no file says."""

    def good(self) -> CourseSource | Study:
        """A sample it has nothing to say about: a course, or a class that has one."""
        raise NotImplementedError

    def bad(self) -> CourseSource | Study:
        """A sample it remarks on."""
        raise NotImplementedError

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Each place it has something to say about, and the sentence."""
        raise NotImplementedError

    def mend(self, source: CourseSource, place: Place) -> bool:
        """Change the course in memory so that it no longer has this to say. Whether it could."""
        return False

    def findings(self, study: Study) -> Iterator[Finding]:
        for place, says in self.look(study):
            yield Finding(self.name, self.severity, str(says), place, bool(self.fix))
