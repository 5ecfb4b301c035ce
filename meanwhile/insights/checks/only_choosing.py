"""Now and then the answer has to be found in the head, not on the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import RETRIEVAL
from meanwhile.insights.samples import course, number, question
from meanwhile.insights.study import CHOOSING, Place, Study

FEW = 6  # questions: a shorter course may well be all choices


class OnlyChoosing(Check):
    name = "only-choosing"
    subject = "practice"
    what = _("Some answers have to be found in the head")
    why = _("To know an answer when one sees it is less than to find it without.")
    severity = Severity.IDEA
    evidence = RETRIEVAL
    how = _("Turn some choices into a number, a word or a task with an answer to open.")

    def good(self) -> CourseSource:
        asked = [question(f"q{n}") for n in range(FEW - 1)]
        return course("\n\n".join([*asked, number()]))

    def bad(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}") for n in range(FEW)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        kinds = {part.kind.name for part in study.questions}
        if len(study.questions) >= FEW and kinds <= CHOOSING:
            says = say(
                "In all %(n)d questions of the course the answer stands on the page already."
            )
            yield study.place("title"), says % {"n": len(study.questions)}


check = OnlyChoosing()
