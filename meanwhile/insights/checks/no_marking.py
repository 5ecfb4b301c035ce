"""A task says how it is marked."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study


class NoMarking(Check):
    name = "no-marking"
    subject = "tasks"
    what = _("A task says how it is marked")
    why = _("Who does not know who reads it, and whether it counts, has to guess.")
    evidence = EXPECTATIONS
    how = _(
        "Say who reads it, what comes back and whether it counts: “With a note by me; it does not count.”"
    )

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(how_marked=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, task in study.tasks:
            if not task.how_marked.strip():
                says = say("“%(task)s” does not say how it is marked.") % {"task": task.title}
                yield part.place(), says


check = NoMarking()
