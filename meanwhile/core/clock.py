"""The time, asked in one place, so that a test or a drill can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, tzinfo
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
