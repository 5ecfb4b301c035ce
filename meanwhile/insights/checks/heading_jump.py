"""Headings go down one step at a time."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Heading, Part, Place, Study

TITLE = 2  # the lesson's title is the first level; its parts begin at the second


class HeadingJump(Check):
    name = "heading-jump"
    subject = "access"
    what = _("Headings go down one step at a time")
    why = _("Who jumps from heading to heading looks for the level that was left out.")
    evidence = wcag("1.3.1 (level A)", _("What the look of a page says, its structure says too."))
    how = _("Use the next level: after “##” comes “###”.")
    fix = _("Use the next level")

    def good(self) -> CourseSource:
        return course("## Look first\n\nText.\n\n### Closer\n\nText.")

    def bad(self) -> CourseSource:
        return course("## Look first\n\nText.\n\n#### Closer\n\nText.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part, heading, level in _jumps(study):
            says = say("“%(words)s” is of level %(is)d, where level %(next)d comes next.")
            place = part.place(line=heading.line, part=heading.words[:40])
            yield place, says % {"words": heading.words, "is": heading.level, "next": level}

    def mend(self, source: CourseSource, place: Place) -> bool:
        for part, heading, level in _jumps(Study(source)):
            if (part.lesson.source.uid, part.source.uid) != (place.lesson, place.block):
                continue
            if level == TITLE and not part.can_be_parted:  # a new block begins at such a heading
                continue
            lines = part.source.body.split("\n")
            old = lines[heading.line]
            if heading.words[:40] == place.part and old.startswith("#" * heading.level):
                lines[heading.line] = "#" * level + old.lstrip("#")
                part.source.body = "\n".join(lines)
                return True
        return False


def _jumps(study: Study) -> Iterator[tuple[Part, Heading, int]]:
    """Each heading more than one level below the one before, and the level it should have. What
    stands in a question is under the last heading before it."""
    for lesson in study.lessons:
        last = TITLE - 1
        for part in lesson.parts:
            for heading in part.headings:
                if heading.level > last + 1:
                    yield part, heading, last + 1
                last = max(min(heading.level, last + 1), TITLE - 1)


check = HeadingJump()
