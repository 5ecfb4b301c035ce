"""The sky: a strip of time in the reader's own zone (design language, section 5).

Plain arithmetic, no markup. A strip runs over wall-clock time, so the sun stands where the
reader's clock says; on the day of a clock change it is out by that hour at one end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

EDGE = 0.02  # a mark nearer to an end than this is set in by its own size


@dataclass(frozen=True)
class Mark:
    """Something on a strip. kind: sent, now, promised, date, block, people."""

    kind: str
    at: datetime
    until: datetime | None = None
    tone: str = "act"
    people: int = 1


@dataclass(frozen=True)
class Placed:
    """A mark with its place. `x` and `width` are SVG lengths; `radius` in pixels. All are strings: a
    template writes numbers the way the language does, which SVG cannot read."""

    kind: str
    x: str
    width: str = ""
    radius: str = "6"
    tone: str = "act"
    at_end: bool = False


@dataclass(frozen=True)
class Strip:
    """The gradient's x1 and x2 (in strips, one day apart) and the marks in drawing order."""

    x1: str
    x2: str
    marks: tuple[Placed, ...]


def wall(moment: datetime, zone: tzinfo) -> datetime:
    """The wall-clock time there, without its zone: strips are measured by the clock."""
    return moment.astimezone(zone).replace(tzinfo=None)


def part_of_day(moment: datetime, zone: tzinfo) -> float:
    """How far the day there has gone, from 0 (midnight) to below 1."""
    local = wall(moment, zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (local - midnight) / timedelta(days=1)


def percent(fraction: float) -> str:
    """An SVG length, kept on the strip."""
    return f"{min(1.0, max(0.0, fraction)) * 100:.2f}%"


def strip(start: datetime, end: datetime, zone: tzinfo, marks: Iterable[Mark] = ()) -> Strip:
    """Where the days lie and where each mark goes.

    Raises:
        ValueError: the end is not after the start.
    """
    first, last = wall(start, zone), wall(end, zone)
    if last <= first:
        raise ValueError("A strip of sky must end after it starts")
    days = (last - first) / timedelta(days=1)
    x1 = -part_of_day(start, zone) / days
    order = ("block", "date", "people", "sent", "promised", "now")
    placed = [
        place(mark, first, last, zone) for mark in sorted(marks, key=lambda m: order.index(m.kind))
    ]
    return Strip(f"{x1:.4f}", f"{x1 + 1 / days:.4f}", tuple(placed))


def place(mark: Mark, first: datetime, last: datetime, zone: tzinfo) -> Placed:
    """One mark on the strip between two wall-clock times; what lies outside stays at the end."""
    at = (wall(mark.at, zone) - first) / (last - first)
    if mark.kind == "block":
        until = (wall(mark.until or mark.at, zone) - first) / (last - first)
        begin, finish = max(0.0, at), min(1.0, until)
        return Placed("block", percent(begin), percent(max(0.004, finish - begin)), tone=mark.tone)
    radius = radius_of(mark)
    size = f"{radius:g}"
    if mark.kind != "date" and at < EDGE:
        return Placed(mark.kind, f"{radius:g}", radius=size)
    if mark.kind != "date" and at > 1 - EDGE:
        return Placed(mark.kind, f"{-radius - 0.5:g}", radius=size, at_end=True)
    return Placed(mark.kind, percent(at), radius=size)


def radius_of(mark: Mark) -> float:
    """Sun 7, ring 6.5, dot 6 pixels; a dot for people grows by area, from 4 to 10 pixels."""
    if mark.kind == "people":
        return min(10.0, round((8 + 8 * mark.people) ** 0.5, 1))
    return {"now": 7, "promised": 6.5}.get(mark.kind, 6)


def day_of(moment: datetime, zone: tzinfo, opens: int = 0) -> tuple[datetime, datetime]:
    """The ends of the day there that holds the moment, from the hour `opens` to midnight, in UTC."""
    local = moment.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    start = local.replace(hour=opens)
    tomorrow = (local.replace(hour=12) + timedelta(days=1)).replace(hour=0)
    return start.astimezone(UTC), tomorrow.astimezone(UTC)
