"""Learners are sent to questions, not to reading again."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import UTILITY
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

PHRASES = {
    "en": re.compile(
        r"(?:please |now |then |first, )?(?:re-?read|highlight|underline|read (?:it|this|the \w+) (?:again|twice)"
        r"|copy out|summari[sz]e (?:the|this) (?:chapter|text|page|section))\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:relis|relisez|surligne|surlignez|souligne|soulignez|recopie)\b", re.IGNORECASE
    ),
}


class Rereading(Check):
    name = "rereading"
    subject = "habits"
    what = _("Learners fetch, rather than read again")
    why = _(
        "Reading again feels easy and leaves little; trying to remember feels hard and leaves much."
    )
    severity = Severity.IDEA
    evidence = UTILITY
    how = _("Turn it round: “Close the page and write down what you remember. Then look.”")

    def good(self) -> CourseSource:
        return course("Close the page and write down what you remember. Then look.")

    def bad(self) -> CourseSource:
        return course("Re-read the text above. Highlight the main ideas.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        phrases = PHRASES.get(study.language)
        for part in study.worded:
            for said, line in part.said:
                for sentence in words.sentences(said) if phrases else ():
                    if phrases and phrases.match(sentence):
                        says = say("“%(sentence)s”") % {"sentence": words.shortened(sentence, 80)}
                        yield part.place(line=line, part=sentence[:40]), says


check = Rereading()
