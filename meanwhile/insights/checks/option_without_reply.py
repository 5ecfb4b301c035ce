"""Each wrong option has a reply."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import ELABORATED
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Part, Place, Study


class OptionWithoutReply(Check):
    name = "option-without-reply"
    subject = "practice"
    what = _("Each wrong option has a reply")
    why = _("A wrong option stands for a thought; the reply is where that thought is met.")
    severity = Severity.IDEA
    evidence = ELABORATED
    how = _("Write feedback to the option that says where this thought leads, not only “no”.")

    def good(self) -> CourseSource:
        return course(question())

    def bad(self) -> CourseSource:
        return course(question(feedback=False))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for part in (each for each in study.every if each.asks):
            silent = [o.text for o in part.options if not o.right and not o.feedback.strip()]
            if silent and part.explains:
                yield part.place("options"), _says(part, silent)


def _says(part: Part, silent: list[str]) -> str:
    if len(silent) == 1:
        return say("Whoever chooses “%(option)s” hears nothing about that thought.") % {
            "option": silent[0]
        }
    wrong = sum(not option.right for option in part.options)
    words = say("%(n)d of %(all)d wrong options have no reply.")
    return words % {"n": len(silent), "all": wrong}


check = OptionWithoutReply()
