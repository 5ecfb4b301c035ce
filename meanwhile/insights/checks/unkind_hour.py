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
        """One remark a class and zone: it is the same hour for all its dates."""
        for run in study.runs:
            for zone, people in run.zones:
                there = zone_or_utc(zone)
                dues = [(due.title, due.at.astimezone(there)) for due in run.dues if due.at]
                night = [(title, at) for title, at in dues if at.hour < MORNING]
                if night:
                    yield run.place(zone), _says(night, zone, people)


def _says(night: list[tuple[str, datetime]], zone: str, people: int) -> str:
    who = ngettext(
        "In %(city)s, where %(n)d learner is,", "In %(city)s, where %(n)d learners are,", people
    )
    what = ngettext(
        "“%(unit)s” is due at %(time)s.",
        "%(dates)d dates fall into the night: “%(unit)s” is due at %(time)s.",
        len(night),
    )
    (unit, at), city = night[0], zone.rpartition("/")[2].replace("_", " ")
    values = {"unit": unit, "time": f"{at:%H:%M}", "city": city, "n": people, "dates": len(night)}
    return f"{who} {what}" % values


check = UnkindHour()
