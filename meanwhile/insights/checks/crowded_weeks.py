"""The time up to a date is enough for what is due."""

from collections.abc import Iterator

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import local_day
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import PROCRASTINATION
from meanwhile.insights.samples import class_with
from meanwhile.insights.study import Due, Place, Run, Study

SOME_MORE = 1.5  # half as much again as was asked for
LEAST = 30  # minutes over: less is lost in the estimate


class CrowdedWeeks(Check):
    name = "crowded-weeks"
    subject = "dates"
    about = "class"
    what = _("The time up to a date is enough")
    why = _(
        "A week with twice the hours that were agreed is where people fall behind and stay there."
    )
    evidence = PROCRASTINATION
    how = _("Give the unit more days, or leave a lesson of it for later.")

    def good(self) -> Study:
        return class_with("2026-10-16T20:00", minutes=300)

    def bad(self) -> Study:
        return class_with("2026-09-10T20:00", minutes=300)

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        week = (study.source.hours_per_week or 0) * 60
        minutes = {
            unit.uid: sum(each.minutes for each in study.lessons if each.unit is unit)
            for unit in study.source.units
        }
        for run in study.runs if week else ():
            for due, days in _spans(run):
                room, need = week * days / 7, minutes.get(due.unit, 0)
                if need > room * SOME_MORE and need - room > LEAST:
                    words = say(
                        "“%(unit)s” takes about %(need)d minutes; in the %(days)d days before its "
                        "date there is room for %(room)d."
                    )
                    values = {"need": round(need), "days": days, "room": round(room)}
                    yield run.place(due.unit), words % (values | {"unit": due.title})


def _spans(run: Run) -> Iterator[tuple[Due, int]]:
    """Each dated unit with the days since the date before it, or since the first day."""
    before = 0
    for due in run.dues:
        if due.after_days is not None:
            day = due.after_days
        elif due.at:
            day = (local_day(due.at, run.zone) - run.starts_on).days + 1
        else:
            continue
        yield due, max(0, day - before)
        before = max(before, day)


check = CrowdedWeeks()
