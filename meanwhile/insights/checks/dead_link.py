"""A link leads somewhere. Looked at only where somebody asked for it: `links.try_links`."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.links import outside
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

MOON = "https://example.org/moon"


class DeadLink(Check):
    name = "dead-link"
    subject = "access"
    what = _("A link leads somewhere")
    why = _("Who meets a dead link in the evening has nobody to ask where it should have led.")
    evidence = plain_sense(_("The page was asked for, and this is what came back."))
    how = _("Look for where the page has moved, or take the link out.")

    def good(self) -> Study:
        return _sample("")

    def bad(self) -> Study:
        return _sample(say("The page is gone."))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for address, place in outside(study) if study.tried else ():
            if wrong := study.tried.get(address):
                sentence = say("“%(address)s” cannot be reached. %(why)s")
                yield place, sentence % {"address": words.shortened(address, 100), "why": wrong}


def _sample(wrong: str) -> Study:
    made = Study(course(f"The [facts about the Moon]({MOON}) say more."))
    made.tried[MOON] = wrong
    return made


check = DeadLink()
