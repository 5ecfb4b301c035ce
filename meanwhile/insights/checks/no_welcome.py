"""A course says at its door what it is about, what one needs and how it goes."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place, Study

FEWEST = 25  # two or three sentences


class NoWelcome(Check):
    name = "no-welcome"
    subject = "orientation"
    what = _("The course says hello")
    why = _("Nobody stands at the door to say what to bring, how long it takes and where to start.")
    evidence = plain_sense(_("People who work alone ask these three things first."))
    how = _(
        "Write a few sentences for the page of the course: what learners will do, what they need, how "
        "long a lesson is, where to ask (the text of course.md)."
    )

    def good(self) -> CourseSource:
        return course(prose(20), description=prose(40))

    def bad(self) -> CourseSource:
        return course(prose(20))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        found = words.count(study.source.description)
        if found < FEWEST:
            yield (
                study.place("title"),
                say("Nothing yet tells a newcomer how this course goes.")
                if not found
                else say("The welcome is %(n)d words long.") % {"n": found},
            )


check = NoWelcome()
