"""The teacher's queue: one list over all classes, by promised time."""

from datetime import UTC, datetime, timedelta

import pytest

from meanwhile.assessment.models import Extension, ExtensionState
from meanwhile.core import clock
from meanwhile.feedback import actions, queries
from meanwhile.feedback.queries.queue import Item, warn
from meanwhile.feedback.tests.conftest import THURSDAY, TUESDAY
from meanwhile.people.models import Enrolment, Person
from meanwhile.people.who import Who


def titles(who) -> list[tuple[str, str]]:
    return [
        (part.name, each.title) for part in queries.queue(Who(who)).parts for each in part.items
    ]


def test_what_is_promised_first_stands_first_and_hand_ins_of_one_task_are_one_line(cast, handed):
    handed("leo", at=TUESDAY + timedelta(days=1))
    for key in ("amina", "mei", "noor", "sam"):
        handed(key)
    with clock.at(TUESDAY):
        assert titles(cast.okafor) == [
            ("later", "Mark Amina, Mei, Noor and 1 more: Mirror investigation"),
            ("later", "Mark Leo: Mirror investigation"),
        ]
    with clock.at(THURSDAY - timedelta(hours=3)):
        assert [part for part, _title in titles(cast.okafor)] == ["today", "tomorrow"]
    with clock.at(THURSDAY + timedelta(hours=1)):
        assert [part for part, _title in titles(cast.okafor)] == ["passed", "tomorrow"]


def test_a_teacher_of_another_class_sees_none_of_it(cast, handed):
    handed("amina")
    assert titles(cast.dunn) == []
    assert titles(cast.moura) == []
    assert len(titles(cast.osei)) == 1, "an assistant marks as well"


def test_all_answered_is_a_place(as_):
    shown = as_("okafor").get("/").content.decode()
    assert "All answered" in shown
    assert "Nobody is waiting for you." in shown


def test_the_day_is_said_with_its_minutes(cast, handed, as_):
    handed("amina")
    with clock.at(TUESDAY):
        shown = as_("okafor").get("/").content.decode()
    assert "<h1>1 thing, 4 minutes</h1>" in shown
    assert "Nothing is past its promise." in shown


def test_a_promise_is_at_risk_where_the_work_takes_longer_than_is_left():
    now = datetime(2026, 10, 13, 12, tzinfo=UTC)

    def item(minutes: float, left: int) -> Item:
        return Item("mark", "", "", now + timedelta(minutes=left), minutes, "", "")

    items = [item(30, 40), item(30, 50), item(30, 500)]
    with clock.at(now):
        warn(items)
    assert [each.at_risk for each in items] == [False, True, False]


def test_a_promise_at_risk_can_be_moved_from_its_line(handed, as_):
    promise = handed("amina")
    with clock.at(THURSDAY - timedelta(minutes=2)):
        shown = as_("okafor").get("/").content.decode()
    assert "At risk" in shown
    assert f"/marking/{promise.code}/move/" in shown


def test_what_is_held_stands_apart_and_is_no_work_any_more(cast, handed, as_):
    promise = handed("amina")
    actions.save_draft(cast.okafor, promise, {"note": "Good."}, None)
    actions.hold(cast.okafor, promise)
    with clock.at(TUESDAY):
        found = queries.queue(Who(cast.okafor))
        assert found.count == 0
        assert [(each.title, each.count) for each in found.held] == [("Mirror investigation", 1)]
        assert "1 is ready." in as_("okafor").get("/").content.decode()


@pytest.mark.parametrize("people", [40])
def test_the_page_asks_no_more_of_a_queue_ten_times_as_long(
    cast, handed, as_, people, django_assert_num_queries, django_assert_max_num_queries
):
    for key in ("amina", "leo"):
        handed(key)
    client = as_("okafor")
    with clock.at(TUESDAY), django_assert_max_num_queries(40) as few:
        client.get("/")
    for n in range(people):
        person = Person.objects.create(username=f"p{n}", name=f"P {n}", zone="Europe/London")
        Enrolment.objects.create(
            person=person, cohort=cast.cohorts["8b"], role="learner", joined_at=TUESDAY
        )
        cast.people[f"p{n}"] = person
        handed(f"p{n}", at=TUESDAY + timedelta(minutes=n))
    with clock.at(TUESDAY), django_assert_num_queries(len(few)):
        client.get("/")


def test_more_time_that_was_asked_for_stands_in_the_queue(cast, task, as_):
    Extension.objects.create(
        person=cast.leo, cohort=cast.cohorts["8b"], offering=cast.offering, block=task, days=2,
        reason="My torch broke.", state=ExtensionState.ASKED, asked_at=TUESDAY,
    )  # fmt: skip
    with clock.at(TUESDAY):
        assert titles(cast.okafor) == [("later", "More time for Leo: Mirror investigation")]
        [item] = queries.queue(Who(cast.okafor)).parts[0].items
        assert item.by == THURSDAY
        assert as_("okafor").get(item.url).status_code == 200
