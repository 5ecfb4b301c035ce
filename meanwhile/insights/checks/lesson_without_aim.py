"""Each lesson serves one of the course's objectives."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

REFERENCE = 8  # minutes: a shorter page without a question is for looking things up


class LessonWithoutAim(Check):
    name = "lesson-without-aim"
    subject = "orientation"
    what = _("Each lesson serves an objective")
    why = _("A lesson that serves no objective counts for nothing on a learner's map.")
    evidence = EXPECTATIONS
    how = _("Name its objectives at the top of the lesson, or move it to where it is needed.")

    def good(self) -> CourseSource:
        return course(prose(1200))

    def bad(self) -> CourseSource:
        return course(lesson(prose(1200), objectives=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.lessons:
            to_learn = bool(each.work) or (each.minutes > REFERENCE and not each.looked_up)
            if study.source.objectives and to_learn and not each.aims:
                yield each.place(), say("The lesson names no objective of the course.")


check = LessonWithoutAim()
