"""When a unit is meant to be finished, for one learner. Suggested or shared, never a lock.

Plain functions over values: no row is read here and nothing is kept. What a teacher means is a
wall-clock time in a named zone; what a learner sees is a moment (UTC) with the zone it was meant
in. A person who joins late gets days of their own up to the next date they can make, so that
nobody's first day begins with a date that has passed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from django.utils.translation import gettext as _

from meanwhile.core.clock import local_day, moment_of
from meanwhile.courses.models import Milestone, Mode, Offering
from meanwhile.people.accommodations import Allowance

EVENING = time(20, 0)  # midnight is never a date to finish by
GAP = timedelta(days=3)  # the least time a late joiner is given for one unit
WEEK_MINUTES = 120  # for a course that does not say how many hours a week it takes
MOST_DAYS = 366 * 3


@dataclass(frozen=True)
class UnitDate:
    """`moment` is in UTC, `zone` where it was meant. `soft`: the learner's own, may be moved.
    `says` is a sentence on where the date comes from; `shared` the class's date behind it; `extra`
    says that days agreed with this learner are in it."""

    unit: int
    moment: datetime
    zone: str
    soft: bool
    says: str
    shared: datetime | None = None
    extra: str = ""


def evening_of(day: date, zone: str) -> datetime:
    """20:00 on that day, there."""
    return moment_of(datetime.combine(day, EVENING), zone)


# --- one learner's dates --------------------------------------------------------------------


def due_for(
    offering: Offering,
    milestones: Iterable[Milestone],
    *,
    started_at: datetime | None,
    joined_at: datetime,
    zone: str,
    allowance: Allowance,
) -> dict[int, UnitDate]:
    """Each dated unit's date for one learner, by the unit's key.

    milestones: the offering's, in the order of the course. started_at: their first act in it.
    joined_at: when they came into the cohort. zone: the learner's own. allowance: theirs, in the
    school of the cohort.
    """
    if offering.mode == Mode.PACED:
        return _paced(milestones, started_at, zone, allowance) if started_at else {}
    if offering.mode == Mode.COHORT:
        dated = [(m.unit_id, m.at) for m in milestones if m.at]
        began = max(joined_at, offering.made_at)
        return shared_dates(dated, began, zone, offering.zone, allowance)
    return {}


def _paced(
    milestones: Iterable[Milestone], started_at: datetime, zone: str, allowance: Allowance
) -> dict[int, UnitDate]:
    first = local_day(started_at, zone)
    says = _("Suggested, counted from the day you started.")
    return {
        m.unit_id: _own(
            m.unit_id,
            evening_of(first + timedelta(days=m.after_days), zone),
            zone,
            says,
            allowance,
            soft=True,
        )
        for m in milestones
        if m.after_days is not None
    }


def shared_dates(
    dated: Sequence[tuple[int, datetime]],
    joined_at: datetime,
    zone: str,
    meant_in: str,
    allowance: Allowance,
) -> dict[int, UnitDate]:
    """The class's dates, with days of their own up to the first that this learner can make.

    dated: units and their shared moments, in the order of the course.
    """
    catching_up = _first_in_reach([at for _unit, at in dated], joined_at)
    own = _spread(dated, catching_up, joined_at, zone, allowance)
    says = _("The same date for the whole class.")
    return own | {
        unit: _own(unit, at, meant_in, says, allowance) for unit, at in dated[catching_up:]
    }


def _own(
    unit: int,
    given: datetime,
    zone: str,
    says: str,
    allowance: Allowance,
    *,
    soft: bool = False,
    shared: datetime | None = None,
) -> UnitDate:
    """A date as anybody would have it, made this learner's. The days agreed come last, on top of
    whatever was worked out, so that with more days no date is ever earlier than without."""
    extra = allowance.days_say(given, zone)
    if extra and not soft:
        says = _("The date of the class, and the days agreed with you.")
    return UnitDate(unit, allowance.moment(given, zone), zone, soft, says, shared, extra)


def _first_in_reach(moments: Sequence[datetime], joined_at: datetime) -> int:
    """How many units come before the first shared date that leaves time for all up to it, and
    that no later date of the class falls before."""
    for index, at in enumerate(moments):
        if at - joined_at >= GAP * (index + 1) and at <= min(moments[index:]):
            return index
    return len(moments)


def _spread(
    dated: Sequence[tuple[int, datetime]],
    count: int,
    joined_at: datetime,
    zone: str,
    allowance: Allowance,
) -> dict[int, UnitDate]:
    """Evenly between joining and the next shared date; a few days each where there is none."""
    step = (dated[count][1] - joined_at) / (count + 1) if count < len(dated) else GAP
    says = _("You joined after the class began, so this day is your own suggestion.")
    return {
        unit: _own(
            unit,
            evening_of(local_day(joined_at + step * index, zone), zone),
            zone,
            says,
            allowance,
            soft=True,
            shared=at,
        )
        for index, (unit, at) in enumerate(dated[:count], start=1)
    }


# --- dates to begin with, for the form ------------------------------------------------------


def days_for(minutes: Sequence[float], hours_a_week: float | None) -> list[int]:
    """Days from the first day to the end of each unit, from its minutes and a week's hours.

    Never two units on one day, never less than one day for a unit.
    """
    week = (hours_a_week or 0) * 60 or WEEK_MINUTES
    days: list[int] = []
    so_far = 0.0
    for unit in minutes:
        so_far += unit
        after = ceil(7 * so_far / week)
        days.append(min(MOST_DAYS, max(after, days[-1] + 1 if days else 1)))
    return days


def walls_for(starts_on: date, days: Sequence[int]) -> list[datetime]:
    """The evenings of those days, as wall-clock times."""
    return [datetime.combine(starts_on + timedelta(days=n), EVENING) for n in days]


def out_of_order(dates: Mapping[int, datetime | int]) -> int | None:
    """The first unit whose date comes before that of the unit before it."""
    last: datetime | int | None = None
    for unit, value in dates.items():
        if last is not None and value < last:  # type: ignore[operator]
            return unit
        last = value
    return None
