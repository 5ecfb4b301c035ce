"""What is agreed with a learner, applied: the one place where a date, a window, a timer or minutes
become this learner's own.

Effects only; why they were agreed is nowhere here. Plain values and pure functions: `queries`
reads an `Allowance` for one learner or for many in one query, and hands it to whatever works out
a date or a limit. Whatever holds for a learner's time asks one of these methods; a test of the
house (`tests/test_allowances.py`) finds what does not.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.people.models import Format

if TYPE_CHECKING:
    from meanwhile.people.models import Accommodation

FOR_EXAMPLE = 40
"""Minutes; what the extra time is shown by."""


@dataclass(frozen=True)
class Stretch:
    """Minutes for one learner, from the minutes given to everybody."""

    minutes: int
    given: int
    percent: int

    @property
    def says(self) -> str:
        """'50 minutes for you (40 + your 25%)'; nothing where it is what everybody has."""
        if not self.percent:
            return ""
        return _("%(minutes)d minutes for you (%(given)d + your %(percent)d%%)") % {
            "minutes": self.minutes,
            "given": self.given,
            "percent": self.percent,
        }


@dataclass(frozen=True)
class Allowance:
    """What holds for one learner in one school.

    `extra_time` is in per cent and `extra_days` in calendar days. `rests`: rest breaks stop the
    clock. `formats`: values of `Format`. `other_tasks`: another task instead, by agreement.
    `first_day` and `last_day` bound the dates that move, both included; what is about now (minutes,
    timers, formats) is in it only while it holds.
    """

    extra_time: int = 0
    extra_days: int = 0
    rests: bool = False
    hides_timers: bool = False
    formats: tuple[str, ...] = ()
    other_tasks: bool = False
    first_day: date | None = None
    last_day: date | None = None

    def __bool__(self) -> bool:
        """Whether anything at all follows from it."""
        return any(
            (
                self.extra_time,
                self.extra_days,
                self.rests,
                self.hides_timers,
                self.formats,
                self.other_tasks,
            )
        )

    def holds_on(self, day: date) -> bool:
        return (self.first_day or day) <= day <= (self.last_day or day)

    def on(self, day: date) -> "Allowance":
        """As it is on a day: outside its time only dates inside it still move."""
        if self.holds_on(day):
            return self
        return Allowance(
            extra_days=self.extra_days, first_day=self.first_day, last_day=self.last_day
        )

    # what follows

    def minutes(self, given: float) -> Stretch:
        """Minutes for a learner, never fewer than given; a part of a minute counts as one."""
        own = round(given * (100 + self.extra_time) / 100, 9)
        return Stretch(ceil(own), ceil(given), self.extra_time)

    def estimate(self, minutes: float) -> float:
        """How long something takes this learner, from how long it takes most: not rounded, because
        estimates are added up."""
        return minutes * (100 + self.extra_time) / 100

    def moment(self, due: datetime, zone: str) -> datetime:
        """When it is due for this learner: the same time on the clock, so many days later (UTC).

        The day on which it was due for everybody says whether the agreement holds for it, so a
        date that has moved once does not move back when the agreement ends.
        """
        if not self.extra_days or not self.holds_on(clock.local_day(due, zone)):
            return due
        return clock.days_later(due, self.extra_days, zone)

    def days_say(self, due: datetime, zone: str) -> str:
        """'2 extra days are in it.'; nothing where the date is everybody's. Suits the learner and
        whoever looks with them."""
        if self.moment(due, zone) == due:
            return ""
        words = ngettext(
            "%(n)d extra day is in it.", "%(n)d extra days are in it.", self.extra_days
        )
        return words % {"n": self.extra_days}

    @property
    def minutes_say(self) -> str:
        """'With your 25%.', beside minutes that are estimates."""
        if not self.extra_time:
            return ""
        return _("With your %(percent)d%%.") % {"percent": self.extra_time}


NONE = Allowance()
"""For who has none, and for nobody in particular. Handing it over where a learner is meant would
forget what was agreed with them: only the files that the test of the house lists may."""


def of_row(row: "Accommodation") -> Allowance:
    """Everything agreed, whenever it holds."""
    return Allowance(
        row.extra_time,
        row.extra_days,
        row.rests,
        row.hides_timers,
        tuple(row.formats),
        row.other_tasks,
        row.first_day,
        row.last_day,
    )


def without_days(allowance: Allowance) -> Allowance:
    """The same without its first and last day: for comparing what two of them do."""
    return replace(allowance, first_day=None, last_day=None)


def lines(allowance: Allowance) -> list[str]:
    """Each effect as a phrase that suits the learner, their teacher and their guardian alike."""
    said = []
    if allowance.extra_time:
        own = allowance.minutes(FOR_EXAMPLE)
        said.append(
            _("%(percent)d%% more time: %(minutes)d minutes, from %(given)d")
            % {"percent": own.percent, "minutes": own.minutes, "given": own.given}
        )
    if allowance.extra_days:
        words = ngettext(
            "%(n)d more day for each date", "%(n)d more days for each date", allowance.extra_days
        )
        said.append(words % {"n": allowance.extra_days})
    if allowance.rests:
        said.append(_("Rest breaks stop the clock"))
    if allowance.hides_timers:
        said.append(_("Clocks and countdowns are hidden"))
    names = dict(Format.choices)
    if formats := [str(names[each]) for each in allowance.formats if each in names]:
        said.append(_("Formats: %(list)s") % {"list": ", ".join(formats)})
    if allowance.other_tasks:
        said.append(_("Another task instead, by agreement"))
    return said


def time_says(allowance: Allowance) -> str:
    """'From 7 September 2026 to 18 December 2026'; nothing where it simply holds."""
    first, last = (
        date_format(day, "DATE_FORMAT") if day else ""
        for day in (allowance.first_day, allowance.last_day)
    )
    if first and last:
        return _("From %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("From %(first)s") % {"first": first}
    return _("Until %(last)s") % {"last": last} if last else ""
