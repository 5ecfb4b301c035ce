"""The course says who it is for."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study


class NoAges(Check):
    name = "no-ages"
    subject = "orientation"
    what = _("The course says who it is for")
    why = _(
        "A teacher who finds the course cannot tell whether it fits a class, nor can this check."
    )
    severity = Severity.IDEA
    evidence = plain_sense(_("Words and pace that suit one age do not suit another."))
    how = _("State them, for example “12-14” or “16+” (“ages” in course.md).")

    def good(self) -> CourseSource:
        return course(prose(20), ages="12-14")

    def bad(self) -> CourseSource:
        return course(prose(20))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if not study.source.ages.strip():
            yield study.place("title"), say("The course does not say which ages it is for.")


check = NoAges()
