from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meanwhile.ui import sky

NAIROBI, LONDON = ZoneInfo("Africa/Nairobi"), ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=NAIROBI)


def test_a_strip_from_six_to_midnight_turns_the_gradient_as_drawn_by_hand() -> None:
    strip = sky.strip(at(13, 6), at(14, 0), NAIROBI)
    assert (strip.x1, strip.x2) == ("-0.3333", "1.0000")


def test_a_wait_of_two_days_holds_two_days_of_sky() -> None:
    strip = sky.strip(at(13, 16, 47), at(15, 16), NAIROBI)
    assert (strip.x1, strip.x2) == ("-0.3555", "0.1528")


def test_marks_stand_at_their_time() -> None:
    marks = [
        sky.Mark("now", at(13, 18, 42)),
        sky.Mark("block", at(13, 16, 30), at(13, 16, 45), "know"),
        sky.Mark("date", at(13, 20)),
    ]
    block, due, now = sky.strip(at(13, 6), at(14, 0), NAIROBI, marks).marks
    assert (block.x, block.width, block.tone) == ("58.33%", "1.39%", "know")
    assert due.x == "77.78%"
    assert now.x == "70.56%"


def test_the_sun_is_drawn_last_so_that_nothing_hides_it() -> None:
    marks = [sky.Mark("now", at(13, 12)), sky.Mark("sent", at(13, 11))]
    assert [m.kind for m in sky.strip(at(13, 6), at(14, 0), NAIROBI, marks).marks][-1] == "now"


def test_marks_at_the_ends_are_set_in_so_that_they_are_whole() -> None:
    marks = [sky.Mark("sent", at(13, 16)), sky.Mark("promised", at(15, 16))]
    sent, promised = sky.strip(at(13, 16), at(15, 16), NAIROBI, marks).marks
    assert (sent.x, sent.at_end) == ("6", False)
    assert (promised.x, promised.at_end) == ("-7", True)


def test_what_lies_outside_stays_at_the_end() -> None:
    early, late = sky.Mark("sent", at(12, 1)), sky.Mark("sent", at(20, 1))
    first, last = sky.strip(at(13, 6), at(14, 0), NAIROBI, [early, late]).marks
    assert (first.x, last.at_end) == ("6", True)


def test_a_strip_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="after it starts"):
        sky.strip(at(14, 0), at(13, 6), NAIROBI)


def test_the_day_is_the_readers_own() -> None:
    assert sky.part_of_day(datetime(2026, 10, 13, 21, tzinfo=UTC), NAIROBI) == 0
    assert sky.part_of_day(at(13, 18), NAIROBI) == 0.75


@pytest.mark.parametrize(("day", "hours"), [(24, 24), (25, 25)])
def test_a_day_ends_at_midnight_also_when_clocks_change(day: int, hours: int) -> None:
    start, end = sky.day_of(datetime(2026, 10, day, 10, tzinfo=LONDON), LONDON)
    assert end - start == timedelta(hours=hours)
    assert start.astimezone(LONDON).hour == end.astimezone(LONDON).hour == 0


def test_eight_people_make_a_dot_larger_by_area() -> None:
    one, eight = (sky.radius_of(sky.Mark("people", at(13, 9), people=n)) for n in (1, 8))
    assert one == 4
    assert eight == pytest.approx(8.5)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.integers(1, 60 * 24 * 14),
    st.integers(-5000, 5000),
)
def test_no_mark_ever_leaves_the_strip(start: datetime, long: int, later: int) -> None:
    begin = start.replace(tzinfo=UTC)
    mark = sky.Mark(
        "block", begin + timedelta(minutes=later), begin + timedelta(minutes=later + 30)
    )
    sun = sky.Mark("now", begin + timedelta(minutes=later))
    for placed in sky.strip(begin, begin + timedelta(minutes=long), UTC, [mark, sun]).marks:
        if placed.x.endswith("%"):
            assert 0 <= float(placed.x[:-1]) <= 100
