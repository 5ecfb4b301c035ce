"""Dates, countdowns and lengths of time in words (design language, section 8).

Plain functions: a moment is an aware datetime, a zone is a tzinfo, `now` is handed in. Words are
in the active language; the order of day, month and hour is the translator's to choose.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.utils.dateformat import format as write
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800


@dataclass(frozen=True)
class Said:
    """A moment in words. `iso` carries the offset; `countdown` is empty when not asked for."""

    iso: str
    text: str
    city: str
    countdown: str


def city(zone: tzinfo) -> str:
    """The place a zone is named for: 'Nairobi', 'Buenos Aires'; 'UTC' has none and keeps its name."""
    name = getattr(zone, "key", None) or str(zone)
    return name.rsplit("/", 1)[-1].replace("_", " ")


def clock(moment: datetime, zone: tzinfo) -> str:
    """'18:42' as the language writes it; the hour that a clock change gives twice says its offset."""
    local = moment.astimezone(zone)
    text = write(local, pgettext("clock time, Django date format", "H:i"))
    return f"{text} {offset(local)}" if comes_twice(local) else text


def comes_twice(local: datetime) -> bool:
    """Whether the wall clock shows this time twice, an hour apart, because clocks go back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def offset(local: datetime) -> str:
    """'UTC+1', 'UTC−3:30', 'UTC'."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    if not seconds:
        return "UTC"
    return f"UTC{'+' if seconds > 0 else '−'}{hours}" + (f":{minutes:02}" if minutes else "")


def day(local: date, today: date) -> str:
    """'Fri 16 Oct'; the year is added when it is not this one."""
    if local.year == today.year:
        return write(local, pgettext("a day, Django date format", "D j M"))
    return write(local, pgettext("a day with its year, Django date format", "D j M Y"))


def day_and_time(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """'Fri 16 Oct, 20:00', or 'today, 20:00' ('tomorrow', 'yesterday') where that is true."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    near = {
        -1: _("yesterday, %(time)s"),
        0: _("today, %(time)s"),
        1: _("tomorrow, %(time)s"),
    }.get((local.date() - today).days)
    words = near or _("%(day)s, %(time)s")
    return words % {"day": day(local.date(), today), "time": clock(moment, zone)}


def iso(moment: datetime, zone: tzinfo) -> str:
    """For <time datetime>: to the minute, with the offset of that zone at that moment."""
    return moment.astimezone(zone).isoformat(timespec="minutes")


def said(moment: datetime, zone: tzinfo, now: datetime, *, counted: bool = True) -> Said:
    """A moment in all the words a page needs for it."""
    left = countdown(moment, now) if counted else ""
    return Said(iso(moment, zone), day_and_time(moment, zone, now), city(zone), left)


def countdown(moment: datetime, now: datetime) -> str:
    """'in 1 h 18', 'in 3 days', '2 days ago'. Rounds down, so it never promises too much time."""
    seconds = int((moment.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
    if abs(seconds) < MINUTE:
        return _("now")
    words = _("in %(length)s") if seconds > 0 else _("%(length)s ago")
    return words % {"length": length(abs(seconds))}


def length(seconds: int) -> str:
    """The largest two units: minutes; hours and minutes; days and hours up to three; weeks."""
    if seconds < HOUR:
        return _("%(n)s min") % {"n": seconds // MINUTE}
    if seconds < DAY:
        return hours_and_minutes(seconds // MINUTE)
    if seconds < 2 * WEEK:
        return days_and_hours(seconds)
    weeks, days = seconds // WEEK, seconds % WEEK // DAY
    return together(_weeks(weeks), _days(days) if days and weeks < 8 else "")


def days_and_hours(seconds: int) -> str:
    """'1 day 4 h', '2 days 3 h', '3 days': from the third day on, hours say nothing."""
    days, hours = seconds // DAY, seconds % DAY // HOUR
    return together(_days(days), _("%(n)s h") % {"n": hours} if hours and days < 3 else "")


def together(first: str, second: str) -> str:
    """Two units beside each other, the larger first."""
    return f"{first} {second}" if second else first


def hours_and_minutes(minutes: int) -> str:
    """'1 h 18', '2 h'."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(n)s h") % {"n": hours}
    return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}


def minutes(count: float) -> str:
    """An estimate in words: '12 minutes', 'about 1 h 20' (to five minutes past the hour)."""
    whole = round(count)
    if whole < 1:
        return _("less than a minute")
    if whole < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": whole}
    return _("about %(length)s") % {"length": hours_and_minutes(max(60, 5 * round(whole / 5)))}


def minutes_short(count: float) -> str:
    """'25 min', for the end of a line."""
    return _("%(n)s min") % {"n": max(1, round(count))}


def _days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def _weeks(count: int) -> str:
    return ngettext("%(n)s week", "%(n)s weeks", count) % {"n": count}
