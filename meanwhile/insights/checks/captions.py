"""A film has captions."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course, film
from meanwhile.insights.study import Place, Study


class Captions(Check):
    name = "captions"
    subject = "access"
    what = _("A film has captions")
    why = _("Who cannot hear, or sits in a noisy room, gets nothing of a film without them.")
    severity = Severity.BARRIER
    evidence = wcag("1.2.2 (level A)", _("Captions are there for everything said in a film."))
    how = _("Give the film a file of captions (.vtt), and name it under “captions”.")

    def good(self) -> CourseSource:
        return course(film(captions="media/beam.en.vtt", captions_language="en"))

    def bad(self) -> CourseSource:
        return course(film())

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """A film on another site may have its own captions there: that cannot be known here."""
        for part in study.every:
            here = part.kind.name == "video" and part.source.data.get("src")
            if here and not part.source.data.get("captions"):
                says = say("“%(title)s” has no captions.") % {"title": part.title}
                yield part.place("src"), says


check = Captions()
