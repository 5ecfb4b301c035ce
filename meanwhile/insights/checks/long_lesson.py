"""A lesson fits into one sitting."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SEGMENTS
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

CHILD, ADULT = 40, 75  # minutes: a school period, and an evening's hour with some to spare
YOUNG = 16


class LongLesson(Check):
    name = "long-lesson"
    subject = "pace"
    what = _("A lesson fits into one sitting")
    why = _("Who has to stop in the middle finds the thread again only with effort.")
    severity = Severity.IDEA
    evidence = SEGMENTS
    how = _("Cut it in two where the idea changes; each half gets its own aim and its own end.")

    def good(self) -> CourseSource:
        return course(lesson(prose(100), minutes=30))

    def bad(self) -> CourseSource:
        return course(lesson(prose(100), minutes=90))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        most = CHILD if study.ages and study.ages[0] < YOUNG else ADULT
        for each in study.lessons:
            if each.sitting > most:
                says = say("The lesson takes about %(n)d minutes.") % {"n": round(each.sitting)}
                yield each.place("minutes"), says


check = LongLesson()
