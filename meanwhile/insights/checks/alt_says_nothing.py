"""A picture's description says what it shows."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

NOTHING = re.compile(
    r"(?:an? |the |une? |la |le |das |ein )?(?:image|picture|photo|photograph|drawing|diagram|figure|graph|chart|"
    r"screenshot|icon|logo|img|dessin|schéma|graphique|bild|foto)?[\s\d._-]*",
    re.IGNORECASE,
)
A_FILE = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp)", re.IGNORECASE)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'


class AltSaysNothing(Check):
    name = "alt-says-nothing"
    subject = "access"
    what = _("A picture's description says what it shows")
    why = _(
        "Who does not see the picture has only these words, and so has anybody whose net is slow."
    )
    severity = Severity.BARRIER
    evidence = wcag("1.1.1 (level A)", _("A picture has words that do the same work."))
    how = _("Write what a learner should see in it, as you would say it on the telephone.")

    def good(self) -> CourseSource:
        return _sample("![A ray bends towards the normal](media/ray.svg)")

    def bad(self) -> CourseSource:
        return _sample("![Figure 3](media/ray.svg)")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            for picture in part.pictures:
                alt = picture.alt.strip()
                name = picture.path.rpartition("/")[2].rpartition(".")[0]
                empty = NOTHING.fullmatch(alt) or A_FILE.fullmatch(alt) or alt == name
                if alt and empty:
                    says = say("The picture “%(path)s” is described as “%(alt)s”.")
                    place = part.place(line=picture.line, part=picture.path)
                    yield place, says % {"path": picture.path, "alt": alt}


def _sample(body: str) -> CourseSource:
    return course(body, files={"media/ray.svg": DRAWING})


check = AltSaysNothing()
