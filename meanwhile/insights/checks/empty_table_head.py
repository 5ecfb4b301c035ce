"""A table's columns have names."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import wcag
from meanwhile.insights.samples import course
from meanwhile.insights.study import Place, Study


class EmptyTableHead(Check):
    name = "empty-table-head"
    subject = "access"
    what = _("A table's columns have names")
    why = _(
        "In a cell, a screen reader says the name of its column; without one it is a number alone."
    )
    severity = Severity.IDEA
    evidence = wcag("1.3.1 (level A)", _("What the look of a page says, its structure says too."))
    how = _("Write a name into each cell of the first line.")

    def good(self) -> CourseSource:
        return course("| in air | in water |\n|---|---|\n| 10° | 8° |")

    def bad(self) -> CourseSource:
        return course("| | |\n|---|---|\n| 10° | 8° |")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """A table without any name; one empty cell in the corner is usual."""
        for part in study.every:
            heads: list[str] = []
            for n, token in enumerate(part.tokens):
                if token.type == "th_open":
                    heads.append(part.tokens[n + 1].content.strip())
                elif token.type == "thead_close":
                    if not any(heads):
                        line = (token.map or part.tokens[n - 1].map or [0])[0]
                        yield part.place(line=line), say("No column of this table has a name.")
                    heads = []


check = EmptyTableHead()
