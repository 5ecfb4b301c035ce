"""The minutes an author states fit what is there."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SCHEDULE
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

FACTOR, LEAST = (
    2.0,
    10,
)  # twice or half, and by ten minutes: things to build at home take their time


class MinutesDoNotFit(Check):
    name = "minutes-do-not-fit"
    subject = "pace"
    what = _("The stated minutes fit what is there")
    why = _("Who planned twenty minutes and needs fifty trusts no figure again.")
    severity = Severity.IDEA
    evidence = SCHEDULE
    how = _("Change the minutes, or take them out: then they are worked out from the contents.")
    fix = _("Take the stated minutes out")

    def good(self) -> CourseSource:
        return course(lesson(prose(1300), minutes=12))

    def bad(self) -> CourseSource:
        return course(lesson(prose(6000), minutes=12))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Only too few: a lesson may well ask for longer than reading takes."""
        for each in study.lessons:
            stated = each.source.minutes
            if stated and each.estimate > stated * FACTOR and each.estimate - stated > LEAST:
                words = say("It says %(stated)d minutes; reading and answering take about %(n)d.")
                yield (
                    each.place("minutes"),
                    words % {"stated": stated, "n": round(each.estimate)},
                )

    def mend(self, source: CourseSource, place: Place) -> bool:
        for each in Study(source).lessons:
            if each.source.uid == place.lesson and each.source.minutes:
                each.source.minutes = None
                return True
        return False


check = MinutesDoNotFit()
