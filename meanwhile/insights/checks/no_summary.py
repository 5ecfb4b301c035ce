"""Each lesson says what one can do at its end."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import EXPECTATIONS
from meanwhile.insights.samples import course, lesson, prose
from meanwhile.insights.study import Lesson, Place, Study

BEGINNING = 2  # blocks


class NoSummary(Check):
    name = "no-summary"
    subject = "orientation"
    what = _("Each lesson says what it is for")
    why = _("A learner who knows the aim can tell when they have reached it.")
    evidence = EXPECTATIONS
    how = _("Write a summary of one line: “By the end you can …”.")

    def good(self) -> CourseSource:
        return course(prose(20))

    def bad(self) -> CourseSource:
        return course(lesson(prose(20), summary=None))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.lessons:
            said = each.source.summary.strip() or _begins_with_it(each)
            if not said and not each.looked_up:
                yield each.place(), say("The lesson does not say what it is for.")


def _begins_with_it(lesson: Lesson) -> bool:
    """Some say it in a box at the top: the questions it answers, or what one learns."""
    first = lesson.parts[:BEGINNING]
    return any(any(part.callouts(name)) for part in first for name in ("question", "key", "note"))


check = NoSummary()
