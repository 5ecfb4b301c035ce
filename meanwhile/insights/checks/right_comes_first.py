"""The right answer does not always stand in the same place."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import course, question
from meanwhile.insights.study import Place, Study

FEW = 3  # by chance two in a row stand alike often enough
MOST_OPTIONS = "choice"


class RightComesFirst(Check):
    name = "right-comes-first"
    subject = "practice"
    what = _("The right answer moves about")
    why = _("Learners find the pattern sooner than the idea.")
    severity = Severity.IDEA
    evidence = plain_sense(_("Guides to writing questions all ask for it."))
    how = _("Let the options be shuffled, or move the right one in some questions.")
    fix = _("Shuffle the options")

    def good(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}", right=n % 2) for n in range(FEW)))

    def bad(self) -> CourseSource:
        return course("\n\n".join(question(f"q{n}") for n in range(FEW)))

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for each in study.lessons:
            asked = [part for part in each.questions if part.kind.name == MOST_OPTIONS]
            fixed = [part for part in asked if not getattr(part.data, "shuffle", False)]
            places = {next(n for n, o in enumerate(part.options) if o.right) for part in fixed}
            if len(fixed) >= FEW and len(fixed) == len(asked) and len(places) == 1:
                words = say("In all %(n)d questions the right answer is number %(place)d.")
                yield each.place(), words % {"n": len(fixed), "place": places.pop() + 1}

    def mend(self, source: CourseSource, place: Place) -> bool:
        done = False
        for part in Study(source).questions:
            if part.lesson.source.uid == place.lesson and part.kind.name == MOST_OPTIONS:
                part.source.data["shuffle"] = done = True
        return done


check = RightComesFirst()
