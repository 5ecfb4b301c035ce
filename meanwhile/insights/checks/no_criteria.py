"""A task says before the start by what it is judged."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study


class NoCriteria(Check):
    name = "no-criteria"
    subject = "tasks"
    what = _("A task says what counts before it is begun")
    why = _("Who knows what counts can look at their own work before anybody else does.")
    evidence = EXPECTATIONS
    how = _(
        "Write two to five criteria a learner can check alone: “I say which way the light goes.”"
    )

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(criteria=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, task in study.tasks:
            if not task.criteria:
                says = say("“%(task)s” does not say what counts.") % {"task": task.title}
                yield part.place(), says


check = NoCriteria()
