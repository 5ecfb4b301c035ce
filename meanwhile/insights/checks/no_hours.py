"""The course says how much time it asks for."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import SCHEDULE
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study


class NoHours(Check):
    name = "no-hours"
    subject = "pace"
    what = _("The course says how much time it asks for")
    why = _("Who does not know the hours cannot put them into a week.")
    evidence = SCHEDULE
    how = _("State what you ask of a learner in an ordinary week (“hours_per_week” in course.md).")

    def good(self) -> CourseSource:
        return course(prose(20), hours_per_week=1)

    def bad(self) -> CourseSource:
        return course(prose(20))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if study.source.hours_per_week is None:
            yield (
                study.place("title"),
                say("The course does not say how many hours a week it takes."),
            )


check = NoHours()
