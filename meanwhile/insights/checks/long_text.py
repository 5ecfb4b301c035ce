"""Something to do comes before the mind wanders."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import SEGMENTS
from meanwhile.insights.samples import course, prose, question
from meanwhile.insights.study import Part, Place, Study

CHILD, ADULT = 7, 12  # minutes of reading in one go; a guess between segments that were studied
YOUNG = 16


class LongText(Check):
    name = "long-text"
    subject = "pace"
    what = _("Reading comes in pieces")
    why = _(
        "After some minutes of reading, something to do shows what went in and wakes the reader."
    )
    evidence = SEGMENTS
    how = _("Put a question, a task or something to try into the middle.")

    def good(self) -> CourseSource:
        return course(f"{prose(800)}\n\n{question()}\n\n{prose(800)}")

    def bad(self) -> CourseSource:
        return course(f"{prose(1700)}\n\n{question()}")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        most = CHILD if study.ages and study.ages[0] < YOUNG else ADULT
        for lesson in study.lessons:
            run: list[Part] = []
            for part in [*lesson.parts, None]:
                if part is not None and part.kind.name == "text":
                    run.append(part)
                    continue
                minutes = sum(each.reading for each in run)
                if minutes > most and lesson.work:
                    words = say("From here on there are about %(n)d minutes of reading in one go.")
                    yield run[0].place(), words % {"n": round(minutes)}
                run = []


check = LongText()
