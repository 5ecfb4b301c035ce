"""A level says what the next one needs."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import FEEDBACK
from meanwhile.insights.samples import course, handed_in
from meanwhile.insights.study import Place, Study

BARE = [
    {
        "id": "path",
        "text": "I say which way the light goes.",
        "levels": [{"name": "Not yet"}, {"name": "Nearly"}, {"name": "Clear"}],
    }
]


class NoNextLevel(Check):
    name = "no-next-level"
    subject = "tasks"
    what = _("Each level says what the next one needs")
    why = _("A level alone is a verdict; what the next one needs is a step somebody can take.")
    evidence = FEEDBACK
    how = _(
        "Write “next” to every level but the highest: one thing to do, in the words of the task."
    )

    def good(self) -> CourseSource:
        return course(handed_in())

    def bad(self) -> CourseSource:
        return course(handed_in(criteria=BARE))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """The highest of a criterion's levels has none after it, whichever end it stands at."""
        for part, task in study.tasks:
            for n, each in enumerate(task.criteria):
                silent = [level.name for level in each.levels if not level.next.strip()]
                if len(silent) > 1:
                    says = say("“%(criterion)s”: nothing says how to get beyond “%(level)s”.")
                    values = {"criterion": words.named(each.text), "level": silent[0]}
                    yield part.place(f"criteria.{n}"), says % values


check = NoNextLevel()
