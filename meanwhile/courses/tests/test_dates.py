"""When a unit is meant to be finished: over zones, clock changes and late joiners."""

import itertools
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meanwhile.core import clock
from meanwhile.courses import dates
from meanwhile.courses.models import Milestone, Mode
from meanwhile.people.accommodations import NONE, Allowance

ZONES = [
    "Africa/Nairobi", "Europe/London", "Europe/Lisbon", "America/New_York", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
    "America/St_Johns", "Africa/Casablanca", "Asia/Tokyo", "America/Sao_Paulo", "UTC",
]  # fmt: skip
zones = st.sampled_from(ZONES)
walls = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
    lambda d: d.replace(second=0, microsecond=0)
)
moments = walls.map(lambda d: d.replace(tzinfo=UTC))


def offering(mode: str = Mode.COHORT, made_at: datetime = datetime(2020, 1, 1, tzinfo=UTC)):
    return SimpleNamespace(mode=mode, zone="Europe/London", made_at=made_at)


def test_a_date_means_the_clock_on_the_wall_on_both_sides_of_a_clock_change():
    assert clock.moment_of(datetime(2026, 10, 24, 20), "Europe/London").hour == 19
    assert clock.moment_of(datetime(2026, 10, 25, 20), "Europe/London").hour == 20


def test_a_time_that_the_clock_skips_is_read_as_the_later_one():
    at = clock.moment_of(datetime(2026, 3, 29, 1, 30), "Europe/London")
    assert at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert at.astimezone(ZoneInfo("Europe/London")).hour == 2


def test_a_time_that_the_clock_shows_twice_is_read_as_the_second_one():
    at = clock.moment_of(datetime(2026, 10, 25, 1, 30), "Europe/London")
    assert at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(walls, zones)
def test_a_date_is_never_earlier_than_it_was_meant(wall, zone):
    at = clock.moment_of(wall, zone)
    there = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert there >= wall
    assert there - wall in (timedelta(), timedelta(minutes=30), timedelta(hours=1), timedelta(1))


@given(moments, zones, st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_paced_dates_are_evenings_in_the_learners_own_zone(started, zone, gaps):
    after = [sum(gaps[: n + 1]) for n in range(len(gaps))]
    milestones = [Milestone(unit_id=n, after_days=days) for n, days in enumerate(after)]
    found = dates.due_for(
        offering(Mode.PACED),
        milestones,
        started_at=started,
        joined_at=started,
        zone=zone,
        allowance=NONE,
    )
    first = started.astimezone(ZoneInfo(zone)).date()
    for n, days in enumerate(after):
        there = found[n].moment.astimezone(ZoneInfo(zone))
        assert (there.hour, there.minute) == (20, 0)
        # Apia once left out a whole day; no zone does between 2024 and 2030
        assert there.date() == first + timedelta(days=days)
        assert found[n].soft
        assert found[n].moment > started


def test_paced_dates_are_unknown_until_the_first_act():
    found = dates.due_for(
        offering(Mode.PACED),
        [Milestone(unit_id=1, after_days=7)],
        started_at=None,
        joined_at=datetime(2026, 9, 7, tzinfo=UTC),
        zone="UTC",
        allowance=NONE,
    )
    assert found == {}


@given(moments, st.lists(st.integers(-60, 60), max_size=8), zones)
@settings(max_examples=300)
def test_a_late_joiner_is_never_overdue_on_day_one(joined, offsets, zone):
    """Whatever dates a teacher set, in whatever order: each lies ahead, none before the one of
    the unit before it, and a date of one's own leaves time for the work."""
    dated = [(n, joined + timedelta(days=days, hours=7)) for n, days in enumerate(offsets)]
    found = dates.shared_dates(dated, joined, zone, "Europe/London", NONE)
    assert set(found) == set(range(len(offsets)))
    own = [found[n].moment for n in found if found[n].soft]
    assert own == sorted(own)
    assert len(set(own)) == len(own)
    for moment in own:
        assert moment >= joined + timedelta(days=2)
    for n, at in dated:
        assert found[n].moment > joined + timedelta(days=2)
        if not found[n].soft:
            assert found[n].moment == at
            assert not own or own[-1] <= at


def test_who_was_there_from_the_start_gets_the_dates_of_the_class():
    joined = datetime(2026, 9, 1, tzinfo=UTC)
    dated = [(1, datetime(2026, 9, 14, 19, tzinfo=UTC)), (2, datetime(2026, 9, 21, 19, tzinfo=UTC))]
    found = dates.shared_dates(dated, joined, "Africa/Nairobi", "Europe/London", NONE)
    assert [found[n].soft for n in (1, 2)] == [False, False]
    assert [found[n].moment for n in (1, 2)] == [at for _, at in dated]


def test_a_late_joiner_is_told_why_the_day_is_their_own():
    joined = datetime(2026, 9, 20, tzinfo=UTC)
    dated = [(1, datetime(2026, 9, 14, 19, tzinfo=UTC)), (2, datetime(2026, 10, 5, 19, tzinfo=UTC))]
    found = dates.shared_dates(dated, joined, "Africa/Nairobi", "Europe/London", NONE)
    assert found[1].soft
    assert "joined after" in found[1].says
    assert found[1].shared == dated[0][1]
    assert local(found[1]) == (date(2026, 9, 28), 20)
    assert not found[2].soft


def test_dates_set_before_the_offering_was_made_count_as_joined_late():
    made = datetime(2026, 9, 20, tzinfo=UTC)
    milestone = Milestone(unit_id=1, at=datetime(2026, 9, 1, tzinfo=UTC), wall="2026-09-01T20:00")
    found = dates.due_for(
        offering(made_at=made), [milestone], started_at=None,
        joined_at=datetime(2026, 1, 1, tzinfo=UTC), zone="UTC", allowance=NONE,
    )  # fmt: skip
    assert found[1].moment > made


# ── With days agreed ───────────────────────────────────────────────────────────────────────────

TWO_DAYS = Allowance(extra_days=2)


def test_the_date_of_the_class_comes_with_the_days_agreed_and_says_so():
    joined = datetime(2026, 9, 1, tzinfo=UTC)
    dated = [(1, datetime(2026, 10, 23, 19, tzinfo=UTC))]  # Fri 20:00; clocks change on Sunday
    found = dates.shared_dates(dated, joined, "Asia/Tokyo", "Europe/London", TWO_DAYS)
    assert found[1].moment == datetime(2026, 10, 25, 20, tzinfo=UTC)  # Sun 20:00, in winter time
    assert found[1].extra == "2 extra days are in it."
    assert "agreed with you" in found[1].says


def test_suggested_days_come_with_the_days_agreed():
    started = datetime(2026, 9, 7, 9, tzinfo=UTC)
    milestones = [Milestone(unit_id=1, after_days=7)]
    found = dates.due_for(
        offering(Mode.PACED), milestones, started_at=started, joined_at=started, zone="UTC",
        allowance=TWO_DAYS,
    )  # fmt: skip
    assert local(found[1]) == (date(2026, 9, 16), 20)
    assert found[1].extra


@given(moments, st.lists(st.integers(-60, 60), min_size=1, max_size=8), zones, st.integers(1, 60))
@settings(max_examples=300)
def test_days_agreed_never_bring_a_date_forward(joined, offsets, zone, days):
    dated = [(n, joined + timedelta(days=each, hours=7)) for n, each in enumerate(offsets)]
    everybody = dates.shared_dates(dated, joined, zone, "Europe/London", NONE)
    theirs = dates.shared_dates(dated, joined, zone, "Europe/London", Allowance(extra_days=days))
    for n in found_in_both(everybody, theirs):
        assert theirs[n].moment >= everybody[n].moment + timedelta(days=days) - timedelta(hours=2)


def found_in_both(one: dict, other: dict) -> list[int]:
    assert set(one) == set(other)
    return sorted(one)


def local(found: dates.UnitDate) -> tuple[date, int]:
    there = found.moment.astimezone(ZoneInfo(found.zone))
    return there.date(), there.hour


@given(st.lists(st.floats(0, 5000), max_size=20), st.one_of(st.none(), st.floats(0.1, 40)))
def test_dates_to_begin_with_grow_by_a_day_at_least(minutes, hours):
    days = dates.days_for(minutes, hours)
    assert len(days) == len(minutes)
    assert all(later >= sooner for sooner, later in itertools.pairwise(days))
    assert all(1 <= n <= dates.MOST_DAYS for n in days)


def test_dates_to_begin_with_follow_the_hours_of_a_week():
    assert dates.days_for([60, 60, 120], 1) == [7, 14, 28]
    assert dates.days_for([60, 60, 120], None) == [4, 7, 14]


@pytest.mark.parametrize(("given_", "wrong"), [({1: 3, 2: 7}, None), ({1: 7, 2: 3}, 2), ({}, None)])
def test_it_finds_a_date_before_the_one_before(given_, wrong):
    assert dates.out_of_order(given_) == wrong
