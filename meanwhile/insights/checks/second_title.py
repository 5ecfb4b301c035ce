"""A lesson has one title."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study


class SecondTitle(Check):
    name = "second-title"
    subject = "access"
    what = _("A lesson has one title")
    why = _("A second heading of the first level looks and sounds like a new page.")
    evidence = wcag("1.3.1 (level A)", _("What the look of a page says, its structure says too."))
    how = _("Begin with “##”: the title of the lesson is the first level already.")
    fix = _("Make it a second-level heading")

    def good(self) -> CourseSource:
        return course("## Look first\n\nText.")

    def bad(self) -> CourseSource:
        return course("# Look first\n\nText.")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in study.every:
            for heading in part.headings:
                if heading.level == 1:
                    says = say("“%(words)s” is written as a title.") % {"words": heading.words}
                    yield part.place(line=heading.line, part=heading.words[:40]), says

    def mend(self, source: CourseSource, place: Place) -> bool:
        for part in Study(source).every:
            if (part.lesson.source.uid, part.source.uid) != (place.lesson, place.block):
                continue
            lines = part.source.body.split("\n")
            for heading in part.headings:
                line = lines[heading.line]
                if heading.level == 1 and line.startswith("#") and heading.words[:40] == place.part:
                    lines[heading.line] = f"#{line}"
                    part.source.body = "\n".join(lines)
                    return True
        return False


check = SecondTitle()
