"""No learner is sorted by a style."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import STYLES
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

PHRASES = re.compile(
    r"\b(?:learning styles?|(?:visual|auditory|kinaesthetic|kinesthetic) learners?|multiple intelligences"
    r"|styles? d['’]apprentissage|(?:apprenants?|élèves?) (?:visuels?|auditifs?|kinesthésiques?))\b",
    re.IGNORECASE,
)


class LearningStyles(Check):
    name = "learning-styles"
    subject = "habits"
    what = _("No learner is sorted by a style")
    why = _("A learner who is told “you are visual” stops trying what would help.")
    evidence = STYLES
    how = _("Offer words and pictures to everybody, and leave the styles out.")

    def good(self) -> CourseSource:
        return course("Draw it, then say it in words.")

    def bad(self) -> CourseSource:
        return course("If you are a visual learner, look at the drawing.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if study.language not in ("en", "fr"):
            return
        for part in study.worded:
            for said, line in part.said:
                if found := PHRASES.search(said):
                    says = say("The text speaks of “%(words)s”.") % {"words": found[0]}
                    yield part.place(line=line), says


check = LearningStyles()
