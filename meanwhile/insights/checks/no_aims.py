"""The course says what one can do afterwards."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study


class NoAims(Check):
    name = "no-aims"
    subject = "orientation"
    what = _("The course has objectives")
    why = _("Without objectives nobody can see what was learned, only what was opened.")
    evidence = EXPECTATIONS
    how = _(
        "List what a learner can do afterwards, one line each: “I can …” (“objectives” in course.md)."
    )

    def good(self) -> CourseSource:
        return course(prose(20))

    def bad(self) -> CourseSource:
        return course(lesson(prose(20), objectives=None), objectives=None)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if not study.source.objectives:
            yield (
                study.place("title"),
                say("The course names nothing that a learner can do after it."),
            )


check = NoAims()
