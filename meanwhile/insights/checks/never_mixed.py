"""Somewhere questions of several ideas are mixed."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import INTERLEAVING
from meanwhile.insights.samples import AIM, OTHER, course, lesson, question
from meanwhile.insights.study import Place, Study

FEW_LESSONS, FEW_AIMS = 6, 4  # a smaller course has little to mix
MIXED = 3  # objectives asked for in one lesson
AIMS = [AIM, OTHER, {"id": "mirror", "text": "I can use the mirror rule."},
        {"id": "shadow", "text": "I can predict how the size of a shadow changes."}]  # fmt: skip


def _sample(mixed: int) -> CourseSource:
    uids = [aim["id"] for aim in AIMS]
    lessons = [lesson(question(), objectives=[uids[n % len(uids)]]) for n in range(FEW_LESSONS)]
    asked = "\n\n".join(question(f"q{n}", aims=uids[n]) for n in range(mixed))
    return course(*lessons, lesson(asked, objectives=uids[:mixed]), objectives=AIMS)


class NeverMixed(Check):
    name = "never-mixed"
    subject = "revisits"
    what = _("Somewhere questions of several ideas are mixed")
    why = _("Mixed questions train what a test and life ask for: to find out which idea is needed.")
    severity = Severity.IDEA
    evidence = INTERLEAVING
    how = _("End with a lesson of questions from the whole course, in no order.")

    def good(self) -> CourseSource:
        return _sample(MIXED)

    def bad(self) -> CourseSource:
        return _sample(1)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        if len(study.lessons) < FEW_LESSONS or len(study.source.objectives) < FEW_AIMS:
            return
        most = max(
            len({aim for part in each.questions for aim in part.data.objectives})
            for each in study.lessons
        )
        if study.questions and most < MIXED:
            yield study.place("units"), say("No lesson mixes questions of three ideas or more.")


check = NeverMixed()
