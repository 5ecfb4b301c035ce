"""A long task comes in steps with minutes."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import PROCRASTINATION
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study

SITTING = 30  # minutes that somebody of twelve works at one thing; from experience


class NoSteps(Check):
    name = "no-steps"
    subject = "tasks"
    what = _("A long task comes in steps with minutes")
    why = _("A large piece of work is put off; a first step of ten minutes is begun.")
    evidence = PROCRASTINATION
    how = _(
        "Cut it into steps of 10 to 30 minutes, the first so small that it is easier to do than not."
    )

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(steps=None, minutes=60))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """What takes as long as one sitting may be one piece. Without steps and without minutes
        nobody can plan it."""
        for part, task in study.tasks:
            if task.steps:
                continue
            if part.minutes > SITTING:
                says = say("“%(task)s” takes about %(n)d minutes, in one piece.")
                yield part.place(), says % {"task": task.title, "n": round(part.minutes)}
            elif not task.minutes:
                says = say("“%(task)s” does not say how long it takes.")
                yield part.place(), says % {"task": task.title}


check = NoSteps()
