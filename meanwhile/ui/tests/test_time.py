from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from meanwhile.ui import time

NAIROBI, LONDON = ZoneInfo("Africa/Nairobi"), ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 13, 15, 42, tzinfo=UTC)  # Tuesday, 18:42 in Nairobi


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that October in Nairobi's clock."""
    return datetime(2026, 10, day, hour, minute, tzinfo=NAIROBI)


def test_a_moment_is_said_in_the_readers_zone_with_its_city() -> None:
    said = time.said(at(16, 20), NAIROBI, NOW)
    assert said.text == "Fri 16 Oct, 20:00"
    assert said.city == "Nairobi"
    assert said.countdown == "in 3 days"
    assert said.iso == "2026-10-16T20:00+03:00"


def test_the_same_moment_reads_differently_elsewhere() -> None:
    assert time.said(at(16, 20), LONDON, NOW).text == "Fri 16 Oct, 18:00"


@pytest.mark.parametrize(
    ("day", "words"),
    [(12, "yesterday, 20:00"), (13, "today, 20:00"), (14, "tomorrow, 20:00")],
)
def test_near_days_have_names(day: int, words: str) -> None:
    assert time.day_and_time(at(day, 20), NAIROBI, NOW) == words


def test_today_is_the_readers_day_not_the_servers() -> None:
    late = datetime(2026, 10, 13, 22, 30, tzinfo=UTC)  # 01:30 on the 14th in Nairobi
    assert time.day_and_time(at(14, 20), NAIROBI, late) == "today, 20:00"


def test_another_year_is_said() -> None:
    assert time.day(date(2027, 1, 4), NOW.date()) == "Mon 4 Jan 2027"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=18), "in 18 min"),
        (timedelta(hours=1, minutes=18), "in 1 h 18"),
        (timedelta(hours=2), "in 2 h"),
        (timedelta(hours=5, minutes=5), "in 5 h 05"),
        (timedelta(days=1, hours=4), "in 1 day 4 h"),
        (timedelta(days=2, hours=23), "in 2 days 23 h"),
        (timedelta(days=3, hours=23), "in 3 days"),
        (timedelta(days=17), "in 2 weeks 3 days"),
        (timedelta(days=21), "in 3 weeks"),
        (timedelta(days=120), "in 17 weeks"),
        (-timedelta(minutes=90), "1 h 30 ago"),
        (-timedelta(days=2), "2 days ago"),
    ],
)
def test_countdowns_have_two_units_at_most(away: timedelta, words: str) -> None:
    assert time.countdown(NOW + away, NOW) == words


def test_a_countdown_over_a_clock_change_counts_real_hours() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=LONDON)
    after = datetime(2026, 10, 25, 12, tzinfo=LONDON)  # clocks went back: 25 hours later
    assert time.countdown(after, before) == "in 1 day 1 h"


def test_the_hour_that_comes_twice_says_which_one() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert time.clock(first, LONDON) == "01:30 UTC+1"
    assert time.clock(first + timedelta(hours=1), LONDON) == "01:30 UTC"
    assert time.clock(first + timedelta(hours=2), LONDON) == "02:30"


def test_offsets_are_written_with_their_minutes() -> None:
    assert time.offset(NOW.astimezone(ZoneInfo("Asia/Kolkata"))) == "UTC+5:30"
    assert time.offset(NOW.astimezone(ZoneInfo("America/St_Johns"))) == "UTC−2:30"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0.2, "less than a minute"),
        (1, "1 minute"),
        (12, "12 minutes"),
        (60, "about 1 h"),
        (61, "about 1 h"),
        (80, "about 1 h 20"),
        (82.4, "about 1 h 20"),
        (120, "about 2 h"),
    ],
)
def test_estimates_are_said_as_people_say_them(count: float, words: str) -> None:
    assert time.minutes(count) == words


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/New_York", "New York"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str, city: str) -> None:
    assert time.city(ZoneInfo(zone)) == city


def test_days_follow_the_language() -> None:
    with translation.override("fr"):
        assert "oct" in time.day(date(2026, 10, 16), NOW.date()).lower()
    with translation.override("ar"):
        assert time.day(date(2026, 10, 16), NOW.date()) != "Fri 16 Oct"


@given(st.integers(60, 400 * 86400))
def test_a_countdown_never_promises_more_time_than_there_is(seconds: int) -> None:
    assert spelled_out(time.length(seconds)) <= seconds


def spelled_out(words: str) -> int:
    """The seconds in '2 weeks 3 days', read back the slow way."""
    units = {"min": 60, "h": 3600, "day": 86400, "days": 86400, "week": 604800, "weeks": 604800}
    total, parts = 0, words.split()
    while parts:
        number = int(parts.pop(0))
        total += number * (units[parts.pop(0)] if parts else 60)
    return total
