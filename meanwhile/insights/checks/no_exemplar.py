"""A task shows what good work looks like."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study


class NoExemplar(Check):
    name = "no-exemplar"
    subject = "tasks"
    what = _("A task shows what good work looks like")
    why = _("Criteria are words until somebody has seen them met.")
    severity = Severity.IDEA
    evidence = EXPECTATIONS
    how = _(
        "Add a piece of work, whole or in part, and say what is good in it; better two different ones."
    )

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(exemplars=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, task in study.tasks:
            told = any(each.good.strip() for each in task.exemplars)
            if not told:
                says = say("“%(task)s” shows no example.")
                if task.exemplars:
                    says = say("No example of “%(task)s” says what is good in it.")
                yield part.place("exemplars" if task.exemplars else ""), says % {"task": task.title}


check = NoExemplar()
