"""What is said can be read."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

SOUND = "::: audio {#talk}\nsrc: media/beam.mp3\ntitle: A talk\nseconds: 60\n"


class Transcript(Check):
    name = "transcript"
    subject = "access"
    what = _("What is said can be read")
    why = _("Sound alone is closed to whoever cannot hear it, and cannot be skimmed by anybody.")
    severity = Severity.BARRIER
    evidence = wcag("1.2.1 (level A)", _("What is only heard is also there as text."))
    how = _("Write what is said under “transcript”, or give captions: they become one.")

    def good(self) -> CourseSource:
        return course(f"{SOUND}transcript: One side slows down first.\n:::")

    def bad(self) -> CourseSource:
        return course(f"{SOUND}:::")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            data = part.source.data
            silent = not data.get("captions") and not str(data.get("transcript", "")).strip()
            elsewhere = part.kind.name == "video" and data.get("link")
            if silent and (part.kind.name == "audio" or elsewhere):
                says = say("What is said in “%(title)s” cannot be read here.")
                yield part.place(), says % {"title": part.title}


check = Transcript()
