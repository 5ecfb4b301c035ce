"""The time, asked in one place, so that a test or a drill can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """This moment, in UTC, aware; or the one that `at()` says it is."""
    return _moved.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be another moment inside the block: for the demo's past and for drills."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


def zone_or_utc(name: str) -> tzinfo:
    """The IANA zone of that name; UTC where the name is empty or unknown."""
    return ZoneInfo(name) if is_zone(name) else ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    return name in zones()


@cache
def zones() -> frozenset[str]:
    """Read once: looking them up walks a folder of six hundred files."""
    return frozenset(available_timezones())


# --- wall clock and moment ------------------------------------------------------------------


def moment_of(wall: datetime, zone: str) -> datetime:
    """The moment (UTC) meant by a wall-clock time without a zone.

    Twice a year a clock shows a time twice, or skips it. Both are read as the later of the two
    moments they could be, so a date is never earlier than somebody read it.
    """
    there = zone_or_utc(zone)
    readings = (wall.replace(tzinfo=there, fold=fold) for fold in (0, 1))
    return max(reading.astimezone(UTC) for reading in readings)


def wall_of(moment: datetime, zone: str) -> datetime:
    """What the clock on the wall shows there at this moment, without a zone."""
    return moment.astimezone(zone_or_utc(zone)).replace(tzinfo=None, fold=0)


def local_day(moment: datetime, zone: str) -> date:
    return wall_of(moment, zone).date()


def days_later(moment: datetime, days: int, zone: str) -> datetime:
    """The same time on the clock of that place, so many calendar days later (UTC).

    A day on which clocks change has 23 or 25 hours, and 20:00 stays 20:00. No days: the moment
    itself, also in the hour that a clock shows twice.
    """
    return moment_of(wall_of(moment, zone) + timedelta(days=days), zone) if days else moment
