"""The course asks what was hard."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import METACOGNITION
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Place, Study

FEW = 4  # lessons
PHRASES = {
    "en": r"from memory|without looking|before you go|look back (?:at|over|to)|what was (?:hard|new|difficult)|"
    r"were you (?:sure|unsure)|how sure|(?:was|were) it what you (?:said|expected)|go back to (?:your|what you)|"
    r"what (?:would you do|will you do) (?:better|differently)|in your own words|explain (?:to|it to) yourself|"
    r"cover the page|close (?:this|the) page",
    "fr": r"de mémoire|sans regarder|qu'est-ce qui était difficile|avec tes (?:propres )?mots|avec vos (?:propres )?mots",
}


class NoLookingBack(Check):
    name = "no-looking-back"
    subject = "habits"
    what = _("The course asks learners to check themselves")
    why = _("Learners who stop to ask what they know find the gap before the test does.")
    severity = Severity.IDEA
    evidence = METACOGNITION
    how = _("End a lesson with: “Close the page. Say from memory … What was hard?”")

    def good(self) -> CourseSource:
        return course(prose(20), prose(20), prose(20), "Say from memory what light does.")

    def bad(self) -> CourseSource:
        return course(*[lesson(prose(20))] * FEW)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        phrases = PHRASES.get(study.language)
        if len(study.lessons) < FEW or not phrases:
            return
        if not any(words.has_any(text, phrases) for text in study.prose):
            yield (
                study.place("units"),
                say("No lesson asks a learner to look up and check what stayed."),
            )


check = NoLookingBack()
