"""The right answer does not give itself away by its length."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Part, Place, Study

FEW = 3  # questions
LONGER = 1.5  # times as long as the longest wrong one: seen at a glance
MOST = 0.5  # of the questions
WORDS = 15  # signs: below that nobody compares lengths
LONG = "Deeper than it looks, because the light bends as it leaves the water"


class LongestIsRight(Check):
    name = "longest-is-right"
    subject = "practice"
    what = _("The right answer is not the longest")
    why = _("Where the right answer is always the careful long one, nobody has to think.")
    severity = Severity.IDEA
    evidence = plain_sense(_("Guides to writing questions all ask for it."))
    how = _("Make the wrong options as long and as careful, or shorten the right one.")

    def good(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}") for n in range(FEW)))

    def bad(self) -> CourseSource:
        texts = (LONG, "Exactly where it looks")
        return course("\n\n".join(question(f"q{n}", texts=texts) for n in range(FEW)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.lessons:
            asked = [part for part in each.questions if part.kind.name == "choice"]
            telling = [part for part in asked if _tells(part)]
            if len(asked) >= FEW and len(telling) > MOST * len(asked):
                words = say("In %(n)d of %(all)d questions the right answer is by far the longest.")
                yield each.place(), words % {"n": len(telling), "all": len(asked)}


def _tells(part: Part) -> bool:
    right = max(len(option.text) for option in part.options if option.right)
    wrong = max((len(option.text) for option in part.options if not option.right), default=0)
    return right > WORDS and right >= LONGER * wrong


check = LongestIsRight()
