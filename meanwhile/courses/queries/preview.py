"""What an offering's dates mean for the people of a class, in sentences."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.core.clock import moment_of, zone_or_utc
from meanwhile.courses.models import Mode
from meanwhile.people.models import Cohort, Enrolment, Role
from meanwhile.ui import time

FEW_ZONES = 4


def of_dates(
    cohort: Cohort, dates: Mapping[int, datetime | int], mode: str, zone: str
) -> list[str]:
    """Sentences: how many people, the first and last date, how it reads where they are."""
    rows = Enrolment.objects.filter(cohort=cohort, role=Role.LEARNER, left_at=None)
    homes = list(rows.order_by().values_list("person__zone", flat=True))
    said = [_people(cohort, len(homes))]
    walls = [value for value in dates.values() if isinstance(value, datetime)]
    if mode == Mode.COHORT and walls:
        said.append(_span(moment_of(walls[0], zone), moment_of(walls[-1], zone), zone))
        said += _elsewhere(moment_of(walls[0], zone), zone, set(homes))
    elif mode == Mode.PACED and dates:
        last = max(value for value in dates.values() if isinstance(value, int))
        said.append(
            ngettext(
                "A learner who starts today is meant to finish in %(n)d day.",
                "A learner who starts today is meant to finish in %(n)d days.",
                last,
            )
            % {"n": last}
        )
    return said


def _people(cohort: Cohort, count: int) -> str:
    if not count:
        return _("Nobody has joined %(cohort)s yet. Give them the class code.") % {"cohort": cohort}
    return ngettext(
        "%(n)d learner in %(cohort)s gets it.", "%(n)d learners in %(cohort)s get it.", count
    ) % {"n": count, "cohort": cohort}


def _span(first: datetime, last: datetime, zone: str) -> str:
    there, now = zone_or_utc(zone), clock.now()
    words = {
        "first": time.day_and_time(first, there, now),
        "last": time.day_and_time(last, there, now),
        "city": time.city(there),
    }
    return _("The first date is %(first)s, the last %(last)s, %(city)s time.") % words


def _elsewhere(first: datetime, zone: str, homes: set[str]) -> list[str]:
    """How the first date reads in the other zones of the class, few of them by name."""
    here = zone_or_utc(zone)
    offset = first.astimezone(here).utcoffset()
    others = [
        there
        for home in sorted(homes)
        if first.astimezone(there := zone_or_utc(home)).utcoffset() != offset
    ]
    if not others:
        return []
    reads = [f"{time.clock(first, there)} {time.city(there)}" for there in others[:FEW_ZONES]]
    more = len(others) - FEW_ZONES
    if more > 0:
        reads.append(ngettext("%(n)d other zone", "%(n)d other zones", more) % {"n": more})
    return [_("For some of the class the first one reads %(times)s.") % {"times": ", ".join(reads)}]
