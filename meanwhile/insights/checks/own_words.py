"""Each unit asks for something in one's own words."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SELF_EXPLANATION
from meanwhile.insights.samples import course, question, task
from meanwhile.insights.study import OWN_WORDS, Place, Study

FEW = 3  # questions in a unit


class OwnWords(Check):
    name = "own-words"
    subject = "practice"
    what = _("Each unit asks for something in one's own words")
    why = _("Who explains a thing finds the gap in it.")
    severity = Severity.IDEA
    evidence = SELF_EXPLANATION
    how = _("Add one “explain to yourself why”, with an answer to open and compare.")

    def good(self) -> CourseSource:
        return course("\n\n".join([*(question(f"q{n}") for n in range(FEW)), task()]))

    def bad(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}") for n in range(FEW)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for unit in study.source.units:
            asked = [part for part in study.parts if part.works and part.lesson.unit is unit]
            if len(asked) >= FEW and not OWN_WORDS & {part.kind.name for part in asked}:
                words = say(
                    "The unit “%(unit)s” asks %(n)d questions, none for words of one's own."
                )
                yield study.unit_place(unit), words % {"unit": unit.title, "n": len(asked)}


check = OwnWords()
