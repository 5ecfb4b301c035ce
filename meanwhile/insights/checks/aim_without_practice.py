"""Every objective is practised."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import RETRIEVAL
from meanwhile.insights.samples import course, lesson, prose, question
from meanwhile.insights.study import Place, Study


class AimWithoutPractice(Check):
    name = "aim-without-practice"
    subject = "practice"
    what = _("Every objective is practised")
    why = _("What nobody is asked to do, few can do, and nobody finds out.")
    evidence = RETRIEVAL
    how = _("Add a question with feedback in a lesson that names this objective.")

    def good(self) -> CourseSource:
        return course(f"{prose(60)}\n\n{question()}")

    def bad(self) -> CourseSource:
        return course(lesson(prose(60)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.source.objectives:
            if study.taught[each.uid] and not study.practice[each.uid]:
                says = say("“%(aim)s” is taught, but no question practises it.")
                yield study.aim_place(each.uid), says % {"aim": words.named(each.text)}


check = AimWithoutPractice()
