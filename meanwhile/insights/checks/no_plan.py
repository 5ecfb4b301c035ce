"""The course asks once when one will go on."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import PLANS
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

FEW = 4  # lessons: a shorter course is done before a plan is
PHRASES = {
    "en": r"plan when|make (?:yourself )?a plan|plan your|i will .{0,40}(?: at | on )|when it is .{0,30} i will|"
    r"set (?:yourself )?a (?:time|goal|day)|choose a (?:time|day) (?:to|for)|put it in your (?:diary|calendar|plan)|"
    r"finish this sentence|which day",
    "fr": r"planifie|fais un plan|choisis (?:un jour|une heure|un moment)|quand .{0,40} je (?:vais|ferai)",
}


class NoPlan(Check):
    name = "no-plan"
    subject = "habits"
    what = _("The course asks when one will go on")
    why = _(
        "A day, a time and a place named beforehand make the next lesson more likely to happen."
    )
    severity = Severity.IDEA
    evidence = PLANS
    how = _("End a lesson with: “I will do the next lesson on … at …, in …”.")

    def good(self) -> CourseSource:
        end = "Finish this sentence: “I will do the next lesson on … at …”"
        return course(prose(20), prose(20), prose(20), end)

    def bad(self) -> CourseSource:
        return course(*[lesson(prose(20))] * FEW)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        phrases = PHRASES.get(study.language)
        if len(study.lessons) < FEW or not phrases:
            return
        if not any(words.has_any(text, phrases) for text in study.prose):
            yield study.place("units"), say("No lesson asks a learner to plan the next one.")


check = NoPlan()
