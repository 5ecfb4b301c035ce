"""A link says where it leads."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

EMPTY = re.compile(
    r"(?:click |tap |press )?(?:here|this|this link|this page|this site|link|more|read more|learn more|website)"
    r"|(?:cliquez |clique )?ici|ce lien|lien|en savoir plus",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class LinkWords(Check):
    name = "link-words"
    subject = "access"
    what = _("A link says where it leads")
    why = _("Many go from link to link; five times “here” tells them nothing.")
    evidence = wcag("2.4.4 (level A)", _("The words of a link say what it is for."))
    how = _("Make the name of the page the link: “[Moon facts](https://…)”.")

    def good(self) -> CourseSource:
        return course("See the [facts about the Moon](https://example.org/moon).")

    def bad(self) -> CourseSource:
        return course("For the Moon click [here](https://example.org/moon).")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.worded:
            for link in part.links:
                said = link.words.strip(" .:!→»")
                if EMPTY.fullmatch(said) or ADDRESS.fullmatch(said):
                    says = say("A link reads “%(words)s”.") % {"words": said}
                    yield part.place(line=link.line, part=link.target), says


check = LinkWords()
