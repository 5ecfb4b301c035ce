"""School days: the rule that every promise counts with, and its page."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meanwhile.core.models import EventRow
from meanwhile.people import actions, queries
from meanwhile.people.models import Holiday
from meanwhile.people.school_days import Calendar, answer_by, says

LONDON = ZoneInfo("Europe/London")
WEEK = frozenset({1, 2, 3, 4, 5})


def calendar(zone: str = "Europe/London", **more) -> Calendar:
    given = {"weekdays": WEEK, "opens": time(8, 30), "closes": time(16), "holidays": ()} | more
    return Calendar(zone, **given)


def london(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)


def test_two_school_days_after_tuesday_is_thursday_at_the_end_of_the_hours():
    assert answer_by(london(2026, 10, 13, 13, 20), 2, calendar()) == london(2026, 10, 15, 16)


def test_what_comes_by_the_end_of_the_hours_counts_from_that_day_and_later_from_the_next():
    assert answer_by(london(2026, 10, 13, 16), 2, calendar()) == london(2026, 10, 15, 16)
    assert answer_by(london(2026, 10, 13, 16, 1), 2, calendar()) == london(2026, 10, 16, 16)
    assert answer_by(london(2026, 10, 13, 3), 1, calendar()) == london(2026, 10, 14, 16)


def test_what_comes_on_friday_evening_counts_from_monday():
    assert answer_by(london(2026, 10, 16, 18), 1, calendar()) == london(2026, 10, 20, 16)


def test_a_break_is_passed_over_and_clocks_that_go_back_in_it_change_no_hour():
    half_term = calendar(holidays=((date(2026, 10, 26), date(2026, 10, 30)),))
    by = answer_by(london(2026, 10, 23, 10), 1, half_term)
    assert by == london(2026, 11, 2, 16)
    assert by.astimezone(UTC).hour == 16  # an hour later in UTC than before the clocks went back


def test_a_stated_hour_takes_the_place_of_the_end_of_the_hours():
    by = answer_by(london(2026, 10, 13, 13), 2, calendar(), at=time(9))
    assert by == london(2026, 10, 15, 9)


def test_it_refuses_what_no_day_would_ever_keep():
    with pytest.raises(ValueError):
        answer_by(london(2026, 10, 13), 0, calendar())
    with pytest.raises(ValueError):
        calendar(weekdays=frozenset())


days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
calendars = st.builds(
    calendar,
    st.sampled_from(["Europe/London", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca",
                     "Asia/Karachi", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]),
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
    closes=st.times(time(0, 1)).map(lambda t: t.replace(second=0, microsecond=0)),
    holidays=st.lists(
        st.tuples(st.integers(-20, 60), st.integers(0, 30)), max_size=6
    ),
)  # fmt: skip


def by_looking_at_every_day(sent_at: datetime, count: int, cal: Calendar) -> datetime:
    """The oracle: a year of days, each asked, the ends of the hours of those with school in a row."""
    there = ZoneInfo(cal.zone)
    ends = []
    for number in range(-3, 500):
        day = sent_at.astimezone(there).date() + timedelta(days=number)
        off = any(first <= day <= last for first, last in cal.holidays)
        if day.isoweekday() not in cal.weekdays or off:
            continue
        end = datetime.combine(day, cal.closes)
        ends.append(max(end.replace(tzinfo=there, fold=f).astimezone(UTC) for f in (0, 1)))
    return [end for end in ends if end >= sent_at][count]


@settings(max_examples=1500, deadline=None)
@given(days, st.times(), calendars, st.integers(1, 12))
def test_it_agrees_with_looking_at_every_day(day, at, cal, count):
    """In eight zones, across clock changes, holidays that overlap and odd weeks."""
    off = tuple(
        (day + timedelta(days=first), day + timedelta(days=first + length))
        for first, length in cal.holidays
    )
    cal = Calendar(cal.zone, cal.weekdays, cal.opens, cal.closes, off)
    sent_at = datetime.combine(day, at, tzinfo=UTC)
    by = answer_by(sent_at, count, cal)
    assert by == by_looking_at_every_day(sent_at, count, cal)
    assert by > sent_at


def test_the_rule_is_said_in_words():
    assert says(1, calendar()).startswith(
        "An answer comes within 1 school day, by 16:00 in London."
    )
    assert "within 3 school days" in says(3, calendar())


# --- the page ---------------------------------------------------------------------------------


@pytest.fixture
def page(cast) -> str:
    return f"/school/{cast.schools['riverside'].pk}/days/"


FRAME = {"work_days": ["1", "2", "3", "4"], "day_from": "09:00", "day_until": "15:00",
         "zone": "Europe/London"}  # fmt: skip


def test_the_admin_changes_days_and_hours(cast, as_, page):
    answer = as_("reyes").post(page, FRAME | {"operation": "a"}, follow=True)
    assert "by 15:00 in London" in answer.content.decode()
    school = cast.schools["riverside"]
    school.refresh_from_db()
    assert (school.work_days, school.day_until) == ("1234", time(15))
    assert EventRow.objects.filter(name="people.SchoolDaysChanged").count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"work_days": []}, "Choose at least one day."),
        ({"day_until": "08:00"}, "This is before the hours begin."),
        ({"day_from": "soon"}, "Write a time, for example 08:30."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(cast, as_, page, wrong, says):
    answer = as_("reyes").post(page, FRAME | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    cast.schools["riverside"].refresh_from_db()
    assert cast.schools["riverside"].work_days == "12345"


def test_a_holiday_comes_and_goes(cast, as_, page):
    admin = as_("reyes")
    sent = {"name": "Half term", "first_day": "2026-10-26", "last_day": "2026-10-30"}
    assert "Half term" in admin.post(f"{page}holidays/", sent, follow=True).content.decode()
    row = Holiday.objects.get()
    assert queries.calendar_of(cast.schools["riverside"]).is_school_day(date(2026, 10, 28)) is False
    admin.post(f"{page}holidays/{row.pk}/removal/")
    assert not Holiday.objects.exists()


def test_one_day_is_its_own_last_day(as_, page):
    as_("reyes").post(f"{page}holidays/", {"name": "Training", "first_day": "2026-10-05"})
    assert Holiday.objects.get().last_day == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-10-30", "2026-10-26", "The last day is before the first day."),
        ("2026-10-30", "2028-10-26", "at most a year long"),
        ("1026-10-30", "", "between 2000 and 2100"),
        ("soon", "", "Write a day, for example"),
    ],
)
def test_a_holiday_that_cannot_be_is_refused_in_words(as_, page, first, last, says):
    sent = {"name": "Break", "first_day": first, "last_day": last}
    answer = as_("reyes").post(f"{page}holidays/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Holiday.objects.exists()


def test_a_school_keeps_two_hundred_holidays_and_says_so(cast):
    school = cast.schools["riverside"]
    day = date(2026, 1, 1)
    Holiday.objects.bulk_create(
        [Holiday(school=school, name="x", first_day=day, last_day=day)] * 200
    )
    with pytest.raises(actions.Refused, match="200 holidays already"):
        actions.make_holiday(None, school, "One more", day, day)
