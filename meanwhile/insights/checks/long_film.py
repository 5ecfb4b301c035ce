"""A film is short."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SHORT_FILMS
from meanwhile.insights.samples import course, film
from meanwhile.insights.study import SHOWING, Place, Study

LONGEST = 360  # seconds: where watching fell off in the study named


class LongFilm(Check):
    name = "long-film"
    subject = "pace"
    what = _("A film is short")
    why = _("A long film is watched to the middle; two short ones are watched.")
    severity = Severity.IDEA
    evidence = SHORT_FILMS
    how = _("Cut it where the idea changes and put a question between the parts.")

    def good(self) -> CourseSource:
        return course(film(seconds=240))

    def bad(self) -> CourseSource:
        return course(film(seconds=900))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            seconds = getattr(part.data, "seconds", None) or 0
            if part.kind.name in SHOWING and seconds > LONGEST:
                says = say("“%(title)s” lasts %(n)d minutes.")
                yield (
                    part.place("seconds"),
                    says % {"title": part.title, "n": round(seconds / 60)},
                )


check = LongFilm()
