"""What an idea builds on comes first."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import CourseSource
from meanwhile.insights import words
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import AIM, OTHER, course, lesson, prose
from meanwhile.insights.study import Place, Study

ABOVE = OTHER | {"builds_on": ["bend"]}


class AimBeforeItsGround(Check):
    name = "aim-before-its-ground"
    subject = "orientation"
    what = _("What an idea builds on comes first")
    why = _("Whoever meets an idea before its ground has to learn both at once, alone.")
    evidence = plain_sense(_("It is what “builds on” means."))
    how = _("Move the lesson, or take the line out of “builds_on” if it is not needed after all.")

    def good(self) -> CourseSource:
        return course(prose(20), lesson(prose(20), objectives=["split"]), objectives=[AIM, ABOVE])

    def bad(self) -> CourseSource:
        return course(lesson(prose(20), objectives=["split"]), prose(20), objectives=[AIM, ABOVE])

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        first = {uid: lessons[0] for uid, lessons in study.taught.items() if lessons}
        for aim in study.source.objectives:
            for ground in aim.builds_on:
                if aim.uid not in first or ground not in first:
                    continue
                if first[ground].number > first[aim.uid].number:
                    says = say(
                        "“%(aim)s” starts here, but it builds on “%(ground)s”, which starts later, in "
                        "“%(later)s”."
                    )
                    yield (
                        first[aim.uid].place("objectives"),
                        says
                        % {
                            "aim": words.named(aim.text),
                            "ground": words.named(study.objective(ground).text),
                            "later": first[ground].source.title,
                        },
                    )


check = AimBeforeItsGround()
