"""T18: dates over every zone and every clock change, against plain arithmetic written differently.

The engine turns what a clock on the wall shows into a moment through `zoneinfo`'s reading of wall
times (`fold`). The oracle here never does: it asks only what a clock shows at a moment, and looks
for the moments at which it shows what was meant.
"""

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from meanwhile.assessment.dates import (
    FIXED,
    GROUP,
    PERSON,
    RELATIVE,
    Facts,
    Rule,
    dates_for,
    minute_end,
    nearest,
)
from meanwhile.core import clock
from meanwhile.people.accommodations import NONE, Allowance

CASES = int(os.environ.get("MEANWHILE_T18_CASES", "6000"))
FROM, UNTIL = datetime(2010, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


# ── The oracle ─────────────────────────────────────────────────────────────────────────────────


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock shows there: UTC to local, which is never in doubt."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def offsets_around(wall: datetime, zone: ZoneInfo) -> set[timedelta]:
    middle = wall.replace(tzinfo=UTC)
    return {
        shown(at, zone) - at.replace(tzinfo=None)
        for hours in range(-27, 28)
        if (at := middle + timedelta(hours=hours))
    }


def meant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The last moment at which a clock shows `wall`; where none does, the later reading."""
    readings = [(wall - offset).replace(tzinfo=UTC) for offset in offsets_around(wall, zone)]
    return max([each for each in readings if shown(each, zone) == wall] or readings)


def days_on(wall: datetime, days: int) -> datetime:
    """The same figures on the clock, so many days on in the calendar."""
    return datetime.combine(date.fromordinal(wall.toordinal() + days), wall.time())


# ── The cases ──────────────────────────────────────────────────────────────────────────────────


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The moments at which clocks change there, to the minute."""
    zone, found = ZoneInfo(name), []
    step = timedelta(days=7)
    at, before = FROM, FROM.astimezone(zone).utcoffset()
    while at < UNTIL:
        after = (at + step).astimezone(zone).utcoffset()
        if after != before:
            low, high = at, at + step
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                if middle.astimezone(zone).utcoffset() == before:
                    low = middle
                else:
                    high = middle
            found.append(high.replace(second=0, microsecond=0))
        at, before = at + step, after
    return tuple(found)


def cases(count: int) -> Iterator[tuple[str, datetime, int, int]]:
    """Zone, wall time within two days of a clock change, days agreed, days given: every zone in
    turn, those without a change at any day."""
    dice = random.Random(18)
    names = sorted(available_timezones())
    dice.shuffle(names)
    for number in range(count):
        name = names[number % len(names)]
        there = changes(name)
        middle = dice.choice(there) if there else FROM + DAY * dice.randrange(8000)
        near = shown(middle, ZoneInfo(name)) + timedelta(minutes=dice.randint(-2880, 2880))
        wall = dice.choice(
            [
                near,
                datetime.combine(near.date(), time(23, 59)),
                datetime.combine(near.date(), time(20, 0)),
                datetime.combine(near.date(), time(dice.randrange(4), dice.choice((0, 30, 59)))),
            ]
        ).replace(second=0, microsecond=0)
        yield name, wall, dice.choice((0, 0, 1, 2, 7, 30)), dice.choice((0, 0, 1, 2, 3, 14))


def wrong(name: str, wall: datetime, agreed: int, given: int) -> str:
    """What is wrong in one case; nothing where engine and oracle agree."""
    zone = ZoneInfo(name)
    class_due = meant(wall, zone)
    # each step keeps the figures on the clock; what a clock never shows goes on as it was read
    expected = class_due
    for days in (agreed, given):
        if days:
            expected = meant(days_on(shown(expected, zone), days), zone)
    rule = Rule(FIXED, name, hard=True, due=clock.moment_of(wall, name))
    facts = Facts(class_due - timedelta(days=60), None, name, given)
    found = dates_for([rule], facts, Allowance(extra_days=agreed))
    assert found.due is not None
    if found.due != expected:
        return f"{name} {wall} +{agreed} +{given}: {found.due}, not {expected}"
    if found.is_late(expected + timedelta(seconds=59.999)):
        return f"{name} {wall}: its last second is late"
    if not found.is_late(expected + timedelta(seconds=60)):
        return f"{name} {wall}: the minute after is on time"
    if agreed + given and shown(found.due, zone).toordinal() < wall.toordinal() + agreed + given:
        return f"{name} {wall} +{agreed} +{given}: a day is missing"
    return ""


@pytest.mark.promise("T18")
def test_no_date_is_off_by_one_in_any_zone_around_any_clock_change(figure):
    """MEANWHILE_T18_CASES=100000 is the whole promise."""
    found = [said for case in cases(CASES) if (said := wrong(*case))]
    zones = len(available_timezones())
    figure(f"{CASES} cases over {zones} zones and their clock changes: {len(found)} off")
    assert not found, "\n".join(found[:10])


def test_a_planted_day_of_24_hours_is_seen(monkeypatch):
    """The fault that most trackers have: a day later as 24 hours later."""
    monkeypatch.setattr(
        "meanwhile.assessment.dates.days_later", lambda at, days, _zone: at + DAY * days
    )
    assert [said for case in cases(1500) if (said := wrong(*case))]


def test_a_planted_minute_without_its_seconds_is_seen(monkeypatch):
    monkeypatch.setattr("meanwhile.assessment.dates.minute_end", lambda moment: moment)
    assert "last second" in wrong("UTC", datetime(2026, 10, 16, 23, 59), 0, 0)


@pytest.mark.promise("T18")
def test_a_wrong_clock_of_a_device_changes_nothing():
    """There is nowhere to say it: the engine takes facts of the server, and no time of a device."""
    found = dates_for([FRIDAY], EARLY, NONE)
    for days in (-30, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            assert dates_for([FRIDAY], EARLY, NONE) == found


# ── What it says, and for whom ─────────────────────────────────────────────────────────────────

LONDON = "Europe/London"
FRIDAY = Rule(
    FIXED,
    LONDON,
    hard=True,
    opens=datetime(2026, 10, 5, 8, tzinfo=UTC),
    due=datetime(2026, 10, 23, 22, 59, tzinfo=UTC),  # 23:59; clocks change on Sunday
    closes=datetime(2026, 10, 30, 20, tzinfo=UTC),
    grace=timedelta(minutes=15),
)
EARLY = Facts(datetime(2026, 9, 7, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC), "Asia/Tokyo")


def test_the_minute_it_is_due_in_belongs_to_it_and_grace_comes_after():
    found = dates_for([FRIDAY], EARLY, NONE)
    assert found.due == FRIDAY.due
    assert found.grace_until == datetime(2026, 10, 23, 23, 15, tzinfo=UTC)
    assert not found.is_late(datetime(2026, 10, 23, 23, 14, 59, 999999, tzinfo=UTC))
    assert found.is_late(datetime(2026, 10, 23, 23, 15, tzinfo=UTC))
    assert found.grace_says == "Up to 15 minutes later it is still on time."
    assert "still hand in" in found.late_says


def test_a_suggestion_never_carries_a_label():
    found = dates_for([Rule(FIXED, LONDON, due=FRIDAY.due)], EARLY, NONE)
    assert not found.is_late(datetime(2030, 1, 1, tzinfo=UTC))
    assert "nothing is taken off" in found.late_says


def test_days_agreed_and_days_given_add_up_and_each_says_so():
    facts = Facts(EARLY.joined_at, EARLY.started_at, "Asia/Tokyo", given_days=1)
    found = dates_for([FRIDAY], facts, Allowance(extra_days=2))
    assert found.due == datetime(2026, 10, 26, 23, 59, tzinfo=UTC)  # Monday 23:59, winter time
    assert found.says == (
        "The same date for the whole class.",
        "2 extra days are in it.",
        "You asked for more time: 1 day is in it.",
    )
    assert found.opens == FRIDAY.opens


def test_closing_never_comes_before_the_date():
    found = dates_for([FRIDAY], Facts(*[EARLY.joined_at] * 2, LONDON, 30), NONE)
    assert found.closes >= found.due
    only_due = Rule(FIXED, LONDON, due=FRIDAY.due, closes=FRIDAY.due - DAY)
    assert dates_for([only_due], EARLY, NONE).closes == FRIDAY.due


@pytest.mark.parametrize("days", range(-40, 4))
def test_a_late_joiner_is_never_overdue_on_day_one(days):
    joined = FRIDAY.due - timedelta(days=days, hours=5)
    found = dates_for([FRIDAY], Facts(joined, None, "Asia/Tokyo"), NONE)
    assert found.due >= min(joined + timedelta(days=2, hours=23), FRIDAY.due + 40 * DAY)
    assert not found.is_late(joined + timedelta(days=2))
    assert shown(found.due, ZoneInfo(LONDON)).time() == time(23, 59)
    assert found.closes >= found.due
    if found.due != FRIDAY.due:
        assert "joined after" in found.says[0]


def test_days_after_the_start_are_counted_where_the_learner_is():
    rule = Rule(RELATIVE, LONDON, due_after=3, at=time(20, 0))
    late = datetime(2026, 10, 23, 22, tzinfo=UTC)  # the 24th in Tokyo
    found = dates_for([rule], Facts(late, late, "Asia/Tokyo"), NONE)
    assert shown(found.due, ZoneInfo("Asia/Tokyo")) == datetime(2026, 10, 27, 20)
    waits = dates_for([rule], Facts(late, None, "Asia/Tokyo"), NONE)
    assert waits.due is None
    assert "from the day you start" in waits.says[0]


def test_a_course_begun_at_night_leaves_a_day():
    rule = Rule(RELATIVE, LONDON, due_after=0, hard=True)
    late = datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert dates_for([rule], Facts(late, late, LONDON), NONE).due > late + timedelta(hours=20)


def test_ones_own_date_goes_before_the_groups_and_the_classs():
    own = Rule(FIXED, LONDON, due=FRIDAY.due - DAY, scope=PERSON)
    first, second = (Rule(FIXED, LONDON, due=FRIDAY.due + DAY * n, scope=GROUP) for n in (1, 2))
    assert nearest([FRIDAY, second, first, own]) is own
    assert nearest([FRIDAY, first, second]) is second
    assert nearest([FRIDAY]) is FRIDAY
    assert nearest([]) is None
    assert not dates_for([], EARLY, NONE)


def test_before_it_opens_it_is_not_open_and_afterwards_it_stays_open():
    found = dates_for([FRIDAY], EARLY, NONE)
    assert not found.is_open(FRIDAY.opens - timedelta(seconds=1))
    assert found.is_open(FRIDAY.opens)
    assert found.is_open(FRIDAY.closes + 100 * DAY)
    assert found.is_closed(minute_end(FRIDAY.closes))
    assert not found.is_closed(minute_end(FRIDAY.closes) - timedelta(seconds=1))
