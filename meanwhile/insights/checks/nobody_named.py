"""Somebody stands behind the course."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import PRESENCE
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study


class NobodyNamed(Check):
    name = "nobody-named"
    subject = "orientation"
    what = _("Somebody stands behind it")
    why = _("A course without a name on it feels as if nobody were there.")
    severity = Severity.IDEA
    evidence = PRESENCE
    how = _("Name the people who wrote it (“authors” in course.md).")

    def good(self) -> CourseSource:
        return course(prose(20), authors=["Ada Okafor"])

    def bad(self) -> CourseSource:
        return course(prose(20))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if not study.source.authors:
            yield study.place("title"), say("The course does not say who wrote it.")


check = NobodyNamed()
