"""A picture is light enough for a telephone."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study

HEAVY = 1_000_000  # bytes: some ten seconds on a slow mobile line of 1 Mbit/s
NAMES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360"
    "f8ffff3f0005fe02fea7d6059b0000000049454e44ae426082"
)  # fmt: skip


class HeavyPicture(Check):
    name = "heavy-picture"
    subject = "access"
    what = _("A picture is light enough for a telephone")
    why = _(
        "On a slow line a heavy picture comes after the reader has gone on, and it costs money."
    )
    severity = Severity.IDEA
    evidence = plain_sense(_("It is a sum: ten seconds or more on a line of one megabit a second."))
    how = _("Save it smaller: 1,600 pixels wide is enough, as JPEG or WebP for photographs.")

    def good(self) -> CourseSource:
        return course("Text.", files={"media/dot.png": PIXEL})

    def bad(self) -> CourseSource:
        return course("Text.", files={"media/dot.png": PIXEL + bytes(HEAVY)})

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for path, file in study.source.files.items():
            if path.lower().endswith(NAMES) and file.size > HEAVY:
                says = say("“%(path)s” is %(n).1f MB large.") % {"path": path, "n": file.size / 1e6}
                yield Place(path, part=path), says


check = HeavyPicture()
