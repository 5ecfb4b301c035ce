"""A worked example is left to show."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import PROMPTED
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

PROMPTS = {
    "en": r"explain (?:to yourself|why|in your own words|how)|why do you think|say why|can you see why",
    "fr": r"expliquez? (?:pourquoi|comment|à)|pourquoi penses-tu",
}


class AsksInsideExample(Check):
    name = "asks-inside-example"
    subject = "practice"
    what = _("A worked example is left to show")
    why = _("A question in the middle of an example takes the mind off the steps it shows.")
    severity = Severity.IDEA
    evidence = PROMPTED
    how = _("Let the example run to its end, and ask after it.")

    def good(self) -> CourseSource:
        return course(
            "::: example Worked example\n60 ÷ 20 = 3, so the shadow is 3 times as high.\n:::"
        )

    def bad(self) -> CourseSource:
        return course("::: example Worked example\n60 ÷ 20 = 3. Explain why we divide.\n:::")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        prompts = PROMPTS.get(study.language)
        for part in study.parts:
            for said, line in part.callouts("example"):
                if prompts and words.has_any(said, prompts):
                    says = say("The example stops to ask for an explanation.")
                    yield part.place(line=line), says


check = AsksInsideExample()
