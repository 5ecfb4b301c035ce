"""Capital letters do not shout."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

SHOUT = re.compile(r"(?:\b[^\W\d_a-zà-öø-ÿ]{2,}\b[ ,]+){3,}\b[^\W\d_a-zà-öø-ÿ]{2,}\b")


class Capitals(Check):
    name = "capitals"
    subject = "words"
    what = _("Capital letters do not shout")
    why = _("Words in capitals have no shape, so they are read letter by letter.")
    severity = Severity.IDEA
    evidence = plain_sense(_("Guides for readers with dyslexia advise against them."))
    how = _("Write it in small letters; for weight use bold.")

    def good(self) -> CourseSource:
        return course("Never look at the **Sun**. NASA and the ESA say so too.")

    def bad(self) -> CourseSource:
        return course("NEVER LOOK AT THE SUN with your eyes.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.worded:
            for said, line in part.said:
                if found := SHOUT.search(said):
                    says = say("“%(words)s” is all in capitals.") % {"words": found[0]}
                    yield part.place(line=line), says


check = Capitals()
