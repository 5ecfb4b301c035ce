"""An objective is practised more than once."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import RETRIEVAL
from meanwhile.insights.samples import course, prose, question
from meanwhile.insights.study import Place, Study

ENOUGH = 2


class ThinPractice(Check):
    name = "thin-practice"
    subject = "practice"
    what = _("An objective is practised more than once")
    why = _("One question shows luck as often as it shows skill.")
    severity = Severity.IDEA
    evidence = RETRIEVAL
    how = _("Add a second question, best in a later lesson and of another kind.")

    def good(self) -> CourseSource:
        return course(f"{prose(60)}\n\n{question()}\n\n{question('again')}")

    def bad(self) -> CourseSource:
        return course(f"{prose(60)}\n\n{question()}")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.source.objectives:
            if len(study.practice[each.uid]) == ENOUGH - 1:
                says = say("Only one question in the whole course practises “%(aim)s”.")
                yield study.aim_place(each.uid), says % {"aim": words.named(each.text)}


check = ThinPractice()
