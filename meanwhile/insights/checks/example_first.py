"""A sum is shown before it is asked for."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import WORKED
from meanwhile.insights.samples import course, number
from meanwhile.insights.study import Part, Place, Study

EXAMPLE = "::: example Worked example\nA card 10 cm high makes a shadow 30 cm high.\n:::"


class ExampleFirst(Check):
    name = "example-first"
    subject = "practice"
    what = _("A sum is shown before it is asked for")
    why = _("A beginner who has seen one solved learns from the second; without, they hunt for it.")
    evidence = WORKED
    how = _(
        "Put a worked example before it, with every step written out (a callout, “::: example”)."
    )

    def good(self) -> CourseSource:
        return course(f"{EXAMPLE}\n\n{number()}\n\n{number('again')}")

    def bad(self) -> CourseSource:
        return course(f"{number()}\n\n{number('again')}\n\n{EXAMPLE}")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """The first sum of an objective. One sum alone may be there to guess at; two are practice."""
        shown: set[str] = set()
        told: set[str] = set()
        for part in study.parts:
            if any(part.callouts("example")):
                shown |= part.lesson.aims
            new = part.aims - shown - told if part.kind.name == "numeric" else set()
            if new and not part.aims & shown and _sums(study, part) > 1:
                told |= part.aims
                yield part.place(), say("The first sum comes before any worked example.")


def _sums(study: Study, part: Part) -> int:
    """How many sums practise what this one does."""
    return len(
        [each for each in study.questions if each.kind.name == "numeric" and each.aims & part.aims]
    )


check = ExampleFirst()
