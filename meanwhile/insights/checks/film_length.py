"""A film says how long it lasts."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SCHEDULE
from meanwhile.insights.samples import course, film
from meanwhile.insights.study import SHOWING, Place, Study


class FilmLength(Check):
    name = "film-length"
    subject = "pace"
    what = _("A film says how long it lasts")
    why = _("Without its length the lesson's minutes are wrong, and so is a learner's plan.")
    severity = Severity.IDEA
    evidence = SCHEDULE
    how = _("Write “seconds” in the film's block.")

    def good(self) -> CourseSource:
        return course(film())

    def bad(self) -> CourseSource:
        return course(film(seconds=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            if part.kind.name in SHOWING and not getattr(part.data, "seconds", None):
                says = say("“%(title)s” does not say how long it lasts.") % {"title": part.title}
                yield part.place(), says


check = FilmLength()
