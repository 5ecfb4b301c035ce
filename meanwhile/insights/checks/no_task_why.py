"""A task says what it is for."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study


class NoTaskWhy(Check):
    name = "no-task-why"
    subject = "tasks"
    what = _("A task says what it is for")
    why = _("What is seen to lead somewhere is begun sooner.")
    severity = Severity.IDEA
    evidence = EXPECTATIONS
    how = _("One sentence: what somebody can do afterwards that they could not do before.")

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(why=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, task in study.tasks:
            if not task.why.strip():
                yield part.place(), say("“%(task)s” does not say why.") % {"task": task.title}


check = NoTaskWhy()
