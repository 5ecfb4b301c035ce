"""A description begins with what is shown."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

BEGINS = re.compile(
    r"(?:an? )?(?:image|picture|photo|photograph|drawing|illustration) (?:of|showing|that shows) ",
    re.IGNORECASE,
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'


class AltPictureOf(Check):
    name = "alt-picture-of"
    subject = "access"
    what = _("A description begins with what is shown")
    why = _("A screen reader says “image” already, so the words come twice.")
    severity = Severity.IDEA
    evidence = plain_sense(_("It is common advice to people who write descriptions."))
    how = _("Leave “Picture of” out.")
    fix = _("Leave it out")

    def good(self) -> CourseSource:
        return _sample("![A ray bends towards the normal](media/ray.svg)")

    def bad(self) -> CourseSource:
        return _sample("![Picture of a ray that bends](media/ray.svg)")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            for picture in part.pictures:
                if found := BEGINS.match(picture.alt):
                    says = say("The description begins with “%(words)s”.")
                    place = part.place(line=picture.line, part=picture.path)
                    yield place, says % {"words": found[0].strip()}

    def mend(self, source: CourseSource, place: Place) -> bool:
        for part in Study(source).every:
            if (part.lesson.source.uid, part.source.uid) != (place.lesson, place.block):
                continue
            for picture in part.pictures:
                if picture.path == place.part and (found := BEGINS.match(picture.alt)):
                    rest = picture.alt[found.end() :]
                    old, new = f"![{picture.alt}](", f"![{rest[:1].upper()}{rest[1:]}]("
                    if part.source.body.count(old) == 1:
                        part.source.body = part.source.body.replace(old, new)
                        return True
        return False


def _sample(body: str) -> CourseSource:
    return course(body, files={"media/ray.svg": DRAWING})


check = AltPictureOf()
