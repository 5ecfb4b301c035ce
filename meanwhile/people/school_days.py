"""School days: when an answer is there that was promised "within so many school days".

Plain functions over values: no row is read here. A promise means the clock on the wall of the
school, so a day on which clocks change is a day like any other.

The rule, which `says()` says to people: what comes on a school day until the end of its hours counts
from that day; what comes later, or on a day without school, counts from the next school day. The
answer is there so many school days after that day, at the end of the hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core.clock import local_day, moment_of, zone_or_utc
from meanwhile.ui.time import city

MOST_DAYS = 60
"""School days that may be promised: a term."""
A_DAY = timedelta(days=1)


class OneSchool(Protocol):
    """What is read of a school."""

    zone: str
    work_days: str
    day_from: time
    day_until: time


@dataclass(frozen=True)
class Calendar:
    """When there is school. weekdays: 1 is Monday. holidays: first and last day of each.

    Raises:
        ValueError: there is school on no day of the week, so that no day would ever come.
    """

    zone: str
    weekdays: frozenset[int]
    opens: time
    closes: time
    holidays: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays & set(range(1, 8)):
            raise ValueError("a school has school on at least one day of the week")

    @classmethod
    def of(cls, school: OneSchool, holidays: tuple[tuple[date, date], ...] = ()) -> "Calendar":
        weekdays = frozenset(int(day) for day in school.work_days)
        return cls(school.zone, weekdays, school.day_from, school.day_until, holidays)

    def is_school_day(self, day: date) -> bool:
        return day.isoweekday() in self.weekdays and self._end_of_holiday(day) is None

    def closing(self, day: date) -> datetime:
        """The end of the hours of that day (UTC)."""
        return moment_of(datetime.combine(day, self.closes), self.zone)

    def school_days(self, first: date) -> Iterator[date]:
        """The school days from `first` on, without end. A holiday is passed over in one step."""
        day = first
        while True:
            over = self._end_of_holiday(day)
            if over is not None:
                day = over
            elif day.isoweekday() in self.weekdays:
                yield day
            day += A_DAY

    def _end_of_holiday(self, day: date) -> date | None:
        """The last day of the longest holiday that this day is in."""
        ends = [last for first, last in self.holidays if first <= day <= last]
        return max(ends) if ends else None


def answer_by(sent_at: datetime, days: int, calendar: Calendar, at: time | None = None) -> datetime:
    """When the answer is there (UTC) to what was sent at this moment.

    days: school days after the one it counts from, at least one, so that the answer is never
    promised for a time before the question. at: a stated hour instead of the end of the hours.

    Raises:
        ValueError: fewer than one day.
    """
    if days < 1:
        raise ValueError("an answer is promised for a later school day")
    first = local_day(sent_at, calendar.zone)
    counted = (d for d in calendar.school_days(first) if sent_at <= calendar.closing(d))
    day = next(islice(counted, days, None))  # number 0 is the day that it counts from
    return moment_of(datetime.combine(day, at or calendar.closes), calendar.zone)


def says(days: int, calendar: Calendar) -> str:
    """The rule in words, for whoever promises and whoever waits."""
    said = ngettext(
        "An answer comes within %(n)d school day, by %(until)s in %(city)s. What is sent by "
        "%(until)s on a school day counts from that day, what comes later from the next one.",
        "An answer comes within %(n)d school days, by %(until)s in %(city)s. What is sent by "
        "%(until)s on a school day counts from that day, what comes later from the next one.",
        days,
    )
    return said % {"n": days, "until": f"{calendar.closes:%H:%M}", "city": where(calendar)}


def where(calendar: Calendar) -> str:
    return city(zone_or_utc(calendar.zone))


def weekday_names() -> list[tuple[str, str]]:
    """For a form: '1' is Monday."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
             _("Sunday"))  # fmt: skip
    return [(str(number), name) for number, name in enumerate(names, start=1)]
