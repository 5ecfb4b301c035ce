"""Nobody works for long without hearing how it goes."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import FEEDBACK
from meanwhile.insights.samples import course, prose, question
from meanwhile.insights.study import Lesson, Place, Study

LONGEST = 30  # minutes: about two lessons; a class would have heard something twice


class LongSilence(Check):
    name = "long-silence"
    subject = "practice"
    what = _("Nobody works for long without hearing how it goes")
    why = _("Alone, a question that answers is the only voice there is.")
    evidence = FEEDBACK
    how = _("Put a question that explains itself into one of these lessons.")

    def good(self) -> CourseSource:
        said = f"{prose(2400)}\n\n{question()}"
        return course(said, said)

    def bad(self) -> CourseSource:
        return course(prose(2400), prose(2400), question())

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        silent: list[Lesson] = []
        for lesson in [*study.lessons, None]:
            if lesson is not None and not any(part.explains for part in lesson.questions):
                silent.append(lesson)
                continue
            minutes = sum(each.minutes for each in silent)
            if len(silent) > 1 and minutes > LONGEST:
                words = say("%(n)d lessons in a row, about %(m)d minutes, without a word back.")
                yield silent[0].place(), words % {"n": len(silent), "m": round(minutes)}
            silent = []


check = LongSilence()
