"""After a film comes something to do with it."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import RETRIEVAL
from meanwhile.insights.samples import course, film, prose, question
from meanwhile.insights.study import Place, Study


class FilmThenNothing(Check):
    name = "film-then-nothing"
    subject = "practice"
    what = _("After a film comes something to do with it")
    why = _("Watching is easily taken for knowing; one question after it tells the two apart.")
    evidence = RETRIEVAL
    how = _("Ask something in the film or after it that only somebody who followed it can answer.")

    def good(self) -> CourseSource:
        return course(f"{film()}\n\n{question()}")

    def bad(self) -> CourseSource:
        return course(f"{question()}\n\n{film()}\n\n{prose(40)}")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.parts:
            after = part.lesson.parts[part.number + 1 :]
            asks = part.kind.stops(part.data) or any(each.works for each in after)
            if part.kind.name == "video" and not asks:
                says = say("Nothing is asked after the film “%(title)s”.") % {"title": part.title}
                yield part.place(), says


check = FilmThenNothing()
