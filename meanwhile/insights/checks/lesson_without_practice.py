"""A lesson has something to do in it."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import RETRIEVAL
from meanwhile.insights.samples import course, prose, question
from meanwhile.insights.study import Place, Study

SHORT = 6  # minutes: a shorter page may be there to be looked up


class LessonWithoutPractice(Check):
    name = "lesson-without-practice"
    subject = "practice"
    what = _("Each lesson has something to do in it")
    why = _("Reading feels like learning, and only trying shows whether it was.")
    evidence = RETRIEVAL
    how = _("Put a question after each idea; two or three a lesson are a good beginning.")

    def good(self) -> CourseSource:
        return course(f"{prose(1000)}\n\n{question()}")

    def bad(self) -> CourseSource:
        return course(prose(1000))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """A page that serves no objective is for looking things up: a glossary, how to install."""
        for each in study.lessons:
            to_learn = bool(each.aims) or not study.source.objectives
            if to_learn and not each.work and each.estimate >= SHORT:
                says = say("About %(n)d minutes to read, and nothing to answer or try.")
                yield each.place(), says % {"n": round(each.estimate)}


check = LessonWithoutPractice()
