"""A sentence can be said in one breath."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import standard
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study

CHILD, ADULT = 35, 45  # words; guides to plain language ask for 15 to 20 on average
YOUNG = 16
LANGUAGES = frozenset({"en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "pl"})
LONG = f"Light {'goes on and on and ' * 12} stops."


class LongSentences(Check):
    name = "long-sentences"
    subject = "words"
    what = _("A sentence can be said in one breath")
    why = _("At the end of a long sentence its beginning is gone.")
    severity = Severity.IDEA
    evidence = standard(_("Plain language asks for short sentences."), "ISO 24495-1:2023")
    how = _("Look for “and”, “which” and “because”: there it can be cut.")

    def good(self) -> CourseSource:
        return course(prose(40))

    def bad(self) -> CourseSource:
        return course(LONG)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """In languages that put gaps between words and a full stop at the end."""
        if study.language not in LANGUAGES:
            return
        most = CHILD if study.ages and study.ages[0] < YOUNG else ADULT
        for part in study.worded:
            for said, line in part.said:
                for sentence in words.sentences(said):
                    if (found := words.count(words.own(sentence))) > most:
                        says = say("%(n)d words in one sentence: “%(first)s”")
                        first = words.shortened(sentence, 80)
                        place = part.place(line=line, part=sentence[:40])
                        yield place, says % {"n": found, "first": first}


check = LongSentences()
