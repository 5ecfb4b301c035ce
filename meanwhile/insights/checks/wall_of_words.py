"""A paragraph holds one thought."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study

CHILD, ADULT = 110, 170  # words: about eight lines of a lesson page, and twelve
YOUNG = 16


class WallOfWords(Check):
    name = "wall-of-words"
    subject = "pace"
    what = _("A paragraph holds one thought")
    why = _("On a phone a long paragraph fills the screen, and the eye loses its line.")
    severity = Severity.IDEA
    evidence = plain_sense(_("Guides to plain language ask for short paragraphs."))
    how = _("Break it where the thought turns, or make its steps a list.")

    def good(self) -> CourseSource:
        return course(prose(300))

    def bad(self) -> CourseSource:
        return course(prose(300).replace("\n\n", " "))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        most = CHILD if study.ages and study.ages[0] < YOUNG else ADULT
        for part in study.worded:
            for said, line in part.said:
                if (found := words.count(said)) > most:
                    yield (
                        part.place(line=line),
                        say("One paragraph of %(n)d words: “%(first)s”")
                        % {"n": found, "first": words.shortened(said)},
                    )


check = WallOfWords()
