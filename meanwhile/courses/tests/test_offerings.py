"""A course given to a class: the deed, its dates, and the pages for it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from meanwhile.core.models import EventRow
from meanwhile.courses.actions import (
    change_offering,
    close_offering,
    make_offering,
    reopen_offering,
)
from meanwhile.courses.models import Milestone, Mode, Offering, Unit

START = date(2026, 9, 7)


@pytest.fixture
def units(cast) -> list[Unit]:
    return list(Unit.objects.filter(course=cast.course).order_by("position"))


def made(cast, mode=Mode.COHORT, dates=None) -> Offering:
    return make_offering(
        cast.dunn.pk, cast.course, cast.cohorts["8c"], mode, START, "Europe/London", dates
    )


def test_a_date_is_kept_as_it_was_meant_and_as_a_moment(cast, units):
    offering = made(cast, dates={units[0].pk: datetime(2026, 10, 30, 20)})
    row = Milestone.objects.get(offering=offering)
    assert row.wall == "2026-10-30T20:00"
    assert row.at == datetime(2026, 10, 30, 20, tzinfo=UTC)  # the clocks have gone back
    assert EventRow.objects.filter(name="courses.OfferingMade").count() == 1


def test_a_class_gets_a_course_once(cast):
    made(cast)
    with pytest.raises(ValidationError, match="has this course already"):
        made(cast)


def test_a_class_of_another_school_cannot_get_it(cast):
    with pytest.raises(ValidationError, match="same school"):
        make_offering(None, cast.course, cast.cohorts["hill"], Mode.OPEN, START, "UTC")


def test_other_dates_take_the_place_of_the_old_ones(cast, units):
    offering = made(cast, dates={unit.pk: datetime(2026, 10, 30, 20) for unit in units})
    change_offering(None, offering, Mode.PACED, START, "Asia/Tokyo", {units[1].pk: 14})
    row = Milestone.objects.get(offering=offering)
    assert (row.unit, row.after_days, row.at, row.wall) == (units[1], 14, None, "")
    change_offering(None, offering, Mode.OPEN, START, "Asia/Tokyo", {units[1].pk: 14})
    assert not Milestone.objects.filter(offering=offering).exists()


def test_closing_twice_is_closing_once(cast):
    for _ in range(2):
        close_offering(None, cast.offering)
    assert EventRow.objects.filter(name="courses.OfferingChanged").count() == 1
    reopen_offering(None, cast.offering)
    cast.offering.refresh_from_db()
    assert cast.offering.closed_at is None


def first_step(cast, **more) -> dict[str, str]:
    return {
        "cohort": str(cast.cohorts["8c"].pk), "mode": "cohort", "starts_on": "2026-09-07",
        "zone": "Europe/London", "hours": "1", **more,
    }  # fmt: skip


def test_the_first_step_writes_nothing_and_fills_in_sensible_dates(as_, cast):
    page = as_("dunn").get(f"/courses/{cast.course.pk}/offer/", first_step(cast))
    assert b'value="2026-09-10T20:00"' in page.content
    assert b"1 learner in 8C Science gets it." in page.content
    assert "meant in London time" in page.content.decode()
    assert Offering.objects.count() == 1


def test_the_second_step_gives_the_course_once_and_shows_the_code(as_, cast, units):
    client = as_("dunn")
    sent = first_step(cast, operation="one") | {f"unit_{units[0].pk}": "2026-09-11T20:00"}
    for _ in range(2):
        response = client.post(f"/courses/{cast.course.pk}/offer/", sent)
        assert response.status_code == 302, response.content.decode()[:2000]
    offering = Offering.objects.get(cohort=cast.cohorts["8c"])
    assert response.url == f"/offerings/{offering.pk}/"
    page = client.get(response.url).content.decode()
    assert cast.cohorts["8c"].code in page
    assert "Copy the code" in page


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("2026-09-20T20:00", "2026-09-11T20:00", "before the unit before it"),
        ("soon", "", "Write a day and a time"),
    ],
)
def test_a_date_that_cannot_be_is_answered_in_words(as_, cast, units, first, second, says):
    sent = first_step(cast) | {f"unit_{units[0].pk}": first, f"unit_{units[1].pk}": second}
    response = as_("dunn").post(f"/courses/{cast.course.pk}/offer/", sent)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Offering.objects.count() == 1


def test_one_can_give_it_only_to_classes_one_leads(as_, cast):
    response = as_("okafor").post(f"/courses/{cast.course.pk}/offer/", first_step(cast))
    assert response.status_code == 422
    assert Offering.objects.count() == 1


def test_dates_can_be_changed_by_who_leads_the_class_alone(as_, cast, units):
    address = f"/offerings/{cast.offering.pk}/dates/"
    sent = first_step(cast) | {f"unit_{units[0].pk}": "2026-10-01T20:00"}
    assert as_("osei").post(address, sent).status_code == 404
    assert as_("dunn").get(address).status_code == 404
    assert as_("okafor").get(address).status_code == 200
    assert as_("okafor").post(address, sent).status_code == 302
    assert Milestone.objects.get().wall == "2026-10-01T20:00"


def test_the_school_gets_its_offerings_as_a_table(as_, cast):
    address = f"/school/{cast.schools['riverside'].pk}/offerings.csv"
    response = as_("reyes").get(address)
    assert "Light and colour,8B Science,open,2026-09-07" in response.content.decode("utf-8-sig")
    for who in ("okafor", "amina", "costa"):
        assert as_(who).get(address).status_code == 404
