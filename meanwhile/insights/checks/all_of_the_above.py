"""Options stand by themselves."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Place, Study

PHRASES = {
    "en": re.compile(r"(?:all|none|both|any) of (?:the )?(?:above|these|them)\W*", re.IGNORECASE),
    "fr": re.compile(r"(?:toutes|aucune) (?:ces|de ces|les) réponses.*", re.IGNORECASE),
}


class AllOfTheAbove(Check):
    name = "all-of-the-above"
    subject = "practice"
    what = _("Options stand by themselves")
    why = _(
        "“All of the above” is right as soon as two options are, and lost when they are shuffled."
    )
    severity = Severity.IDEA
    evidence = plain_sense(_("Guides to writing questions all advise against it."))
    how = _("Ask “choose all that are true” instead, with a question of several choices.")

    def good(self) -> CourseSource:
        return course(question())

    def bad(self) -> CourseSource:
        return course(question(texts=("Light bends", "The fish moves", "All of the above")))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        phrases = PHRASES.get(study.language)
        for part in study.questions:
            for n, option in enumerate(part.options):
                if phrases and phrases.fullmatch(option.text.strip()):
                    says = say("An option reads “%(option)s”.") % {"option": option.text}
                    yield part.place(f"options.{n}.text"), says


check = AllOfTheAbove()
