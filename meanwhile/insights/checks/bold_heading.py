"""A heading is a heading."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Part, Place, Study

BOLD = re.compile(r"(\*\*|__)(?P<words>(?:(?!\1).)+?):?\1:?\s*")
LONGEST = 60  # signs: longer is a sentence that somebody wanted to stress
ENDS = (".", "!", "?", ":", "…")


class BoldHeading(Check):
    name = "bold-heading"
    subject = "access"
    what = _("A heading is a heading")
    why = _("A bold line looks like a heading, but nobody can jump to it or hear that it is one.")
    severity = Severity.IDEA
    evidence = wcag("1.3.1 (level A)", _("What the look of a page says, its structure says too."))
    how = _("Write “### ” before it and take the stars away.")
    fix = _("Make it a heading")

    def good(self) -> CourseSource:
        return course("## Look first\n\n### Closer\n\n**Never** look at the Sun.")

    def bad(self) -> CourseSource:
        return course("## Look first\n\n**Closer**\n\nText.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            for line, said in _bold_lines(part):
                says = say("“%(words)s” is bold where a heading is meant.") % {"words": said}
                yield part.place(line=line, part=said), says

    def mend(self, source: CourseSource, place: Place) -> bool:
        for part in Study(source).every:
            if (part.lesson.source.uid, part.source.uid) != (place.lesson, place.block):
                continue
            for line, said in _bold_lines(part):
                if said == place.part:
                    lines = part.source.body.split("\n")
                    before = [each.level for each in part.headings if each.line < line]
                    level = min(6, (before[-1] if before else 2) + 1)
                    if level == 2 and not part.can_be_parted:  # a new block would begin there
                        return False
                    lines[line] = f"{'#' * level} {said}"
                    part.source.body = "\n".join(lines)
                    return True
        return False


def _bold_lines(part: Part) -> Iterator[tuple[int, str]]:
    """Paragraphs of one bold line alone, at the top level of a text, with more text after them."""
    if part.kind.name != "text":
        return
    lines, tokens = part.source.body.split("\n"), part.tokens
    for n, token in enumerate(tokens):
        if token.type != "paragraph_open" or token.level or not token.map or n + 3 >= len(tokens):
            continue
        first, end = token.map
        found = BOLD.fullmatch(lines[first].strip()) if end == first + 1 else None
        if found and len(found["words"]) <= LONGEST and not found["words"].endswith(ENDS):
            yield first, found["words"].strip()


check = BoldHeading()
