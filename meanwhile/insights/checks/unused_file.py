"""Every file is used."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.files.paths import as_path
from meanwhile.courses.files.reading import MEDIA
from meanwhile.courses.files.references import links_of
from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, film
from meanwhile.insights.study import Place, Study


class UnusedFile(Check):
    name = "unused-file"
    subject = "access"
    what = _("Every file is used")
    why = _("A file that no lesson shows goes into every copy and puzzles whoever comes after you.")
    severity = Severity.IDEA
    evidence = plain_sense(_("It is tidying up."))
    how = _("Show it, hand it out, or take it away.")

    def good(self) -> CourseSource:
        made = course(film(captions="media/beam.en.vtt"))
        made.files.pop("media/beam.mp3")
        return made

    def bad(self) -> CourseSource:
        return course("Text.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        used = {as_path(each) for each in _used(study)}
        for path in study.source.files:
            if path not in used:
                says = say("No lesson shows or hands out “%(path)s”.") % {"path": path}
                yield Place(path, part=path), says


def _used(study: Study) -> Iterator[str]:
    """Whatever is shown, linked to or needed by a block."""
    said = [study.source.description, *(unit.intro for unit in study.source.units)]
    for part in study.every:
        yield from part.kind.files(part.data)
        yield from (picture.path for picture in part.pictures)
        yield from (link.target for link in part.links)
        said += part.texts.values()
    for text in said:
        if MEDIA in text:
            yield from (link.target for link in links_of(text))


check = UnusedFile()
