"""An objective is something that can be seen to be done."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import AIM, course, prose
from meanwhile.insights.study import Place, Study

UNSEEN = {
    "en": re.compile(
        r"(?:i (?:can|will|shall) |(?:to )?be able to |to )?"
        r"(understand|know|learn(?: about)?|be aware of|be familiar with|appreciate|grasp)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:je (?:peux|sais|saurai) |(?:pouvoir|savoir) )?(comprendre|connaître|apprendre)\b",
        re.IGNORECASE,
    ),
}


class AimCannotBeSeen(Check):
    name = "aim-cannot-be-seen"
    subject = "orientation"
    what = _("Objectives can be seen to be reached")
    why = _("Nobody can see somebody understand; one can see them explain, draw, choose or build.")
    severity = Severity.IDEA
    evidence = plain_sense(
        _("Books on writing objectives have asked for verbs one can watch since the 1960s.")
    )
    how = _("Say what a learner does to show it: explain, predict, draw, compare, write, test.")

    def good(self) -> CourseSource:
        return course(prose(20))

    def bad(self) -> CourseSource:
        return course(prose(20), objectives=[AIM | {"text": "Understand refraction."}])

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        unseen = UNSEEN.get(study.language)
        for each in study.source.objectives:
            if unseen and (found := unseen.match(each.text)):
                says = say("“%(aim)s” begins with “%(verb)s”, which nobody can watch.")
                yield (
                    study.aim_place(each.uid),
                    says % {"aim": words.named(each.text), "verb": found[1].lower()},
                )


check = AimCannotBeSeen()
