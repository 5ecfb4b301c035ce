"""A date does not fall into the night of somebody far away."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meanwhile.core.clock import zone_or_utc
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import class_with
from meanwhile.insights.study import Place, Study

MORNING = 6  # before six the last evening is what counts


class UnkindHour(Check):
    name = "unkind-hour"
    subject = "dates"
    about = "class"
    what = _("A date is kind in every zone")
    why = _("A date at three in the night is in truth the evening before, and reads as a day more.")
    evidence = plain_sense(_("It is a sum over the zones of the class."))
    how = _("Choose an hour that is evening where the class ends its day, or a day later.")

    def good(self) -> Study:
        return class_with("2026-10-16T20:00", zones={"Europe/London": 5, "Africa/Nairobi": 1})

    def bad(self) -> Study:
        return class_with("2026-10-16T20:00", zones={"Europe/London": 5, "Asia/Tokyo": 2})

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for run in study.runs:
            for due in run.dues:
                for zone, people in run.zones if due.at else ():
                    there = due.at.astimezone(zone_or_utc(zone)) if due.at else None
                    if there and there.hour < MORNING:
                        yield run.place(due.unit, zone), _says(due.title, there, zone, people)


def _says(unit: str, there: datetime, zone: str, people: int) -> str:
    words = ngettext(
        "“%(unit)s” is due at %(time)s in %(city)s, where %(n)d learner is.",
        "“%(unit)s” is due at %(time)s in %(city)s, where %(n)d learners are.",
        people,
    )
    city = zone.rpartition("/")[2].replace("_", " ")
    return words % {"unit": unit, "time": f"{there:%H:%M}", "city": city, "n": people}


check = UnkindHour()
