"""An idea comes back in a later lesson."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource, ObjectiveSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import SPACING
from meanwhile.insights.samples import AIM, OTHER, course, lesson, question
from meanwhile.insights.study import Place, Study

MANY = 5  # remarks of one kind: more are not read
LAST = 2  # lessons: what begins so late has no room to come back
BOTH = [AIM, OTHER]


class NeverAgain(Check):
    name = "never-again"
    subject = "revisits"
    what = _("An idea comes back in a later lesson")
    why = _("What is fetched from memory again after days stays; what is met once goes.")
    evidence = SPACING
    how = _("Ask one question about it at the beginning of a later lesson.")

    def good(self) -> CourseSource:
        back = lesson(f"{question()}\n\n{question('old', aims='bend')}", objectives=["split"])
        return course(question(), back, back, objectives=BOTH)

    def bad(self) -> CourseSource:
        other = lesson(question(), objectives=["split"])
        return course(question(), other, other, objectives=BOTH)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """One remark each; where hardly anything comes back, one for all: it is one habit."""
        alone = list(_alone(study))
        if len(alone) <= MANY:
            for aim, home in alone:
                sentence = say("“%(aim)s” is practised in “%(lesson)s” and never again.")
                yield (
                    study.aim_place(aim.uid),
                    sentence % {"aim": words.named(aim.text), "lesson": home},
                )
            return
        sentence = say(
            "%(n)d of %(all)d objectives are practised in one lesson and never again, “%(aim)s” for one."
        )
        values = {
            "n": len(alone),
            "all": len(study.source.objectives),
            "aim": words.named(alone[0][0].text),
        }
        yield study.place("objectives"), sentence % values


def _alone(study: Study) -> Iterator[tuple[ObjectiveSource, str]]:
    """Objectives practised in one lesson only, with its title; not those that begin at the end."""
    for aim in study.source.objectives:
        lessons = {part.lesson.number for part in study.practice[aim.uid]}
        if len(lessons) == 1 and min(lessons) < len(study.lessons) - LAST:
            yield aim, study.lessons[min(lessons)].source.title


check = NeverAgain()
