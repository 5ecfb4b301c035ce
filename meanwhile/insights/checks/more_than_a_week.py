"""The load fits the hours that were stated."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import SCHEDULE
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

SOME_MORE = 1.25  # a quarter over is a full week, not a wrong one


class MoreThanAWeek(Check):
    name = "more-than-a-week"
    subject = "pace"
    what = _("One lesson fits into one week")
    why = _("A lesson longer than the week's hours makes everybody late from the start.")
    evidence = SCHEDULE
    how = _("Cut the lesson in two, or state the hours it really takes.")

    def good(self) -> CourseSource:
        return course(lesson(prose(100), minutes=50), hours_per_week=1)

    def bad(self) -> CourseSource:
        return course(lesson(prose(100), minutes=90), hours_per_week=1)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        week = (study.source.hours_per_week or 0) * 60
        for each in study.lessons:
            if week and each.sitting > week * SOME_MORE:
                words = say("The lesson takes %(n)d minutes; a week of this course has %(week)d.")
                yield each.place("minutes"), words % {"n": round(each.sitting), "week": round(week)}


check = MoreThanAWeek()
