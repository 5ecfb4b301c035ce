"""A lesson begins few new things."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import AIM, course, lesson, prose
from meanwhile.insights.study import Place, Study

MOST = 4  # new objectives: three are a full lesson, and the fourth may be small


class TooMuchNew(Check):
    name = "too-much-new"
    subject = "pace"
    what = _("A lesson begins few new things")
    why = _("Each new idea needs its own example, its own practice and some air.")
    severity = Severity.IDEA
    evidence = plain_sense(_("Nobody has measured how many objectives a lesson may hold."))
    how = _("Cut the lesson in two, or put two objectives that are always used together into one.")

    def good(self) -> CourseSource:
        return _sample(MOST)

    def bad(self) -> CourseSource:
        return _sample(MOST + 1)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.lessons:
            new = [uid for uid, lessons in study.taught.items() if lessons[:1] == [each]]
            if len(new) > MOST:
                says = say("%(n)d objectives begin in this one lesson.") % {"n": len(new)}
                yield each.place("objectives"), says


def _sample(count: int) -> CourseSource:
    aims = [AIM | {"id": f"aim-{n}"} for n in range(count)]
    return course(lesson(prose(20), objectives=[aim["id"] for aim in aims]), objectives=aims)


check = TooMuchNew()
