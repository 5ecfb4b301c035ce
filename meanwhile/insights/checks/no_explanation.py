"""A question says why."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import ELABORATED
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Place, Study


class NoExplanation(Check):
    name = "no-explanation"
    subject = "practice"
    what = _("Every question says why")
    why = _("“Right” or “wrong” alone teaches next to nothing; the reason does.")
    evidence = ELABORATED
    how = _("Write a “why”: two sentences that a learner sees after the answer.")

    def good(self) -> CourseSource:
        return course(question())

    def bad(self) -> CourseSource:
        return course(question(feedback=False, why=""))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in (each for each in study.every if each.asks):
            if not part.explains:
                yield part.place(), say("The question says only right or wrong, and never why.")


check = NoExplanation()
