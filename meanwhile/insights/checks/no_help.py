"""A task says where to get help."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import PRESENCE
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study


class NoHelp(Check):
    name = "no-help"
    subject = "tasks"
    what = _("A task says where to get help")
    why = _("Alone with a task in the evening, somebody who does not know whom to ask stops.")
    evidence = PRESENCE
    how = _("Say whom to ask, where, and by when they answer.")

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(help=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, task in study.tasks:
            if not task.help.strip():
                says = say("“%(task)s” does not say where to get help.") % {"task": task.title}
                yield part.place(), says


check = NoHelp()
