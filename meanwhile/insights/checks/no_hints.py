"""Somebody who is stuck can take a step."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import FEEDBACK
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Place, Study

FEW = 3  # questions: fewer may do without


class NoHints(Check):
    name = "no-hints"
    subject = "practice"
    what = _("Somebody who is stuck can take a step")
    why = _("Nobody is there to ask at nine in the evening; a hint is a teacher who is.")
    severity = Severity.IDEA
    evidence = FEEDBACK
    how = _("Give the harder questions one or two hints, the first a question back.")

    def good(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}", hints=not n) for n in range(FEW)))

    def bad(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}", hints=False) for n in range(FEW)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Lesson by lesson; where the whole course has none, that is one habit and one remark."""
        every = [part for part in study.questions if part.hints is not None]
        if len(study.lessons) > 1 and len(every) >= FEW and not any(p.hints for p in every):
            words = say("None of the %(n)d questions of the course has a hint.")
            yield study.place("title"), words % {"n": len(every)}
            return
        for each in study.lessons:
            marked = [part for part in every if part.lesson is each]
            if len(marked) >= FEW and not any(part.hints for part in marked):
                says = say("None of the %(n)d questions has a hint.") % {"n": len(marked)}
                yield each.place(), says


check = NoHints()
