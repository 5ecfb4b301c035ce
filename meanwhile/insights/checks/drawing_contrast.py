"""Words in a drawing stand out."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import drawings
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

LEAST = 4.5
BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">'
    '<rect width="90" height="40" fill="#fff"/>'
)


class DrawingContrast(Check):
    name = "drawing-contrast"
    subject = "access"
    what = _("Words in a drawing stand out")
    why = _("Pale letters are gone for tired eyes, old screens and in sunlight.")
    severity = Severity.BARRIER
    evidence = wcag("1.4.3 (level AA)", _("Letters have a contrast of at least 4.5 to 1."))
    how = _("Make the letters darker, or what lies behind them lighter.")

    def good(self) -> CourseSource:
        return _sample("#333")

    def bad(self) -> CourseSource:
        return _sample("#bbb")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Only where both colours are certain: plain fills, no clips, no pictures behind."""
        for path, file in study.source.files.items():
            if not path.lower().endswith(".svg"):
                continue
            for said, ratio, line in drawings.pale_words(file, LEAST):
                says = say("In “%(path)s” the words “%(words)s” have a contrast of %(n).1f to 1.")
                values = {"path": path, "words": said, "n": ratio}
                yield Place(path, line, part=f"{path} {said}"), says % values


def _sample(colour: str) -> CourseSource:
    drawing = f'{BOX}<text x="5" y="20" font-size="8" fill="{colour}">a ray</text></svg>'
    return course("![A ray](media/ray.svg)", files={"media/ray.svg": drawing.encode()})


check = DrawingContrast()
