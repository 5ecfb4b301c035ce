"""Captions say their language."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course, film
from meanwhile.insights.study import Place, Study


class CaptionsLanguage(Check):
    name = "captions-language"
    subject = "access"
    what = _("Captions say their language")
    why = _("A reader of the screen says them with the wrong voice if it has to guess.")
    severity = Severity.IDEA
    evidence = wcag("3.1.2 (level AA)", _("The language of each part is told to programs."))
    how = _("Write “captions_language”, for example “en”.")
    fix = _("Say that they are in the language of the course")

    def good(self) -> CourseSource:
        return course(film(captions="media/beam.en.vtt", captions_language="en"))

    def bad(self) -> CourseSource:
        return course(film(captions="media/beam.en.vtt"))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            data = part.source.data
            captioned = part.kind.name == "video" and data.get("captions")
            if captioned and not data.get("captions_language"):
                says = say("The captions of “%(title)s” do not say their language.")
                yield part.place("captions"), says % {"title": part.title}

    def mend(self, source: CourseSource, place: Place) -> bool:
        for part in Study(source).every:
            if (part.lesson.source.uid, part.source.uid) == (place.lesson, place.block):
                part.source.data["captions_language"] = source.language
                return True
        return False


check = CaptionsLanguage()
