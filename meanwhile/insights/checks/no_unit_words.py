"""A unit says what holds its lessons together."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study


class NoUnitWords(Check):
    name = "no-unit-words"
    subject = "orientation"
    what = _("Each unit says what it is about")
    why = _("A heading alone does not say why these lessons stand together.")
    severity = Severity.IDEA
    evidence = plain_sense(_("In a room a teacher says it when a new topic begins."))
    how = _("Write a summary of one line, or two sentences of introduction (unit.md).")

    def good(self) -> CourseSource:
        return course(prose(20))

    def bad(self) -> CourseSource:
        return course(prose(20), unit={"summary": None})

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for unit in study.source.units:
            if not unit.summary.strip() and not unit.intro.strip():
                says = say("The unit “%(unit)s” has no words of its own.") % {"unit": unit.title}
                yield study.unit_place(unit), says


check = NoUnitWords()
