"""The promise of an offering: within how many school days work is answered."""

from datetime import UTC, date, datetime

import pytest

from meanwhile.core import clock
from meanwhile.courses.queries.promises import promise_of
from meanwhile.people.models import Holiday

TUESDAY = datetime(2026, 10, 13, 12, 20, tzinfo=UTC)  # 13:20 in London
THURSDAY = datetime(2026, 10, 15, 15, 0, tzinfo=UTC)


@pytest.fixture
def page(cast) -> str:
    return f"/offerings/{cast.offering.pk}/"


def test_two_school_days_are_promised_until_somebody_says_otherwise(cast):
    assert promise_of(cast.offering).by(TUESDAY) == THURSDAY


def test_the_school_s_holidays_count(cast):
    Holiday.objects.create(
        school=cast.schools["riverside"],
        name="Break",
        first_day=date(2026, 10, 14),
        last_day=date(2026, 10, 16),
    )
    assert promise_of(cast.offering).by(TUESDAY).date() == date(2026, 10, 20)


def test_a_teacher_promises_another_number_of_days_and_reads_the_rule(cast, as_, page):
    with clock.at(TUESDAY):
        answer = as_("okafor").post(f"{page}promise/", {"days": "3"}, follow=True)
    assert "within 3 school days, by 16:00 in London" in answer.content.decode()
    assert "Fri 16 Oct, 16:00" in answer.content.decode()
    cast.offering.refresh_from_db()
    assert cast.offering.answer_within == 3


@pytest.mark.parametrize("days", ["0", "61", "", "soon"])
def test_a_promise_that_cannot_be_is_refused_in_words(cast, as_, page, days):
    answer = as_("okafor").post(f"{page}promise/", {"days": days})
    assert answer.status_code == 422
    assert b'aria-invalid="true"' in answer.content
    cast.offering.refresh_from_db()
    assert cast.offering.answer_within == 2


def test_an_assistant_reads_it_and_does_not_change_it(as_, page):
    assert b"within 2 school days" in as_("osei").get(page).content
    assert as_("osei").post(f"{page}promise/", {"days": "3"}).status_code == 404
