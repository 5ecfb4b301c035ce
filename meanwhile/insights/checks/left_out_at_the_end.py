"""A lesson that looks back leaves nothing out."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import SPACING
from meanwhile.insights.samples import AIM, course, lesson, question
from meanwhile.insights.study import Place, Study

FEW = 4  # objectives: fewer need no lesson to look back
LAST = 2  # lessons
MOST = 0.6  # of the objectives: a lesson that asks for so many looks back over the course


class LeftOutAtTheEnd(Check):
    name = "left-out-at-the-end"
    subject = "revisits"
    what = _("A lesson that looks back leaves nothing out")
    why = _("What the last look back leaves out is what is forgotten first.")
    severity = Severity.IDEA
    evidence = SPACING
    how = _("Add one question on it to that lesson.")

    def good(self) -> CourseSource:
        return _sample(FEW)

    def bad(self) -> CourseSource:
        return _sample(FEW - 1)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        aims = study.source.objectives
        for each in study.lessons[-LAST:] if len(aims) >= FEW else ():
            asked = {aim for part in each.questions for aim in part.data.objectives}
            left = [aim for aim in aims if aim.uid not in asked]
            before = any(study.practice[aim.uid] for aim in left)
            if before and len(asked) >= MOST * len(aims):
                for aim in left:
                    sentence = say(
                        "The lesson looks back over the course, but does not ask for “%(aim)s”."
                    )
                    yield (
                        replace(each.place("objectives"), part=aim.uid),
                        sentence % {"aim": words.named(aim.text)},
                    )


def _sample(asked: int) -> CourseSource:
    aims = [AIM | {"id": f"aim-{n}"} for n in range(FEW)]
    uids = [str(aim["id"]) for aim in aims]
    back = "\n\n".join(question(f"q{n}", aims=uids[n]) for n in range(asked))
    first = lesson(
        "\n\n".join(question(f"q{n}", aims=uids[n]) for n in range(FEW)), objectives=uids
    )
    return course(first, lesson(back, objectives=uids[:asked]), objectives=aims)


check = LeftOutAtTheEnd()
