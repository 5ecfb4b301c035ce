"""Every objective is taught somewhere."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import AIM, OTHER, course, prose
from meanwhile.insights.study import Place, Study


class AimInNoLesson(Check):
    name = "aim-in-no-lesson"
    subject = "orientation"
    what = _("Every objective has a lesson")
    why = _("An objective without a lesson is a promise that nobody keeps.")
    evidence = EXPECTATIONS
    how = _("Name it in the lesson that teaches it, or take it out of the course.")

    def good(self) -> CourseSource:
        return course(prose(20))

    def bad(self) -> CourseSource:
        return course(prose(20), objectives=[AIM, OTHER])

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.source.objectives:
            if not study.taught[each.uid]:
                says = say("No lesson names “%(aim)s”.") % {"aim": words.named(each.text)}
                yield study.aim_place(each.uid), says


check = AimInNoLesson()
