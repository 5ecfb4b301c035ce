"""Deliveries that were given up and are tried again: the request hands them on, the chore does them."""

from datetime import timedelta

import pytest

from meanwhile.core import clock, events
from meanwhile.core.events import MOST_TRIES, deliver_waiting, record, writing
from meanwhile.core.models import Delivery
from meanwhile.courses.events import CourseChanged


@pytest.fixture
def given_up(cast, monkeypatch) -> Delivery:
    with monkeypatch.context() as patch, writing():
        patch.setattr(events, "deliver", lambda *never: None)
        record(CourseChanged(actor=None, school=None, course=cast.course.pk, edition=2))
    Delivery.objects.update(tries=MOST_TRIES, error="It was broken.")
    return Delivery.objects.order_by("pk").first()


def press(client, delivery: Delivery) -> str:
    sends = {"action": "again", "_selected_action": [delivery.pk]}
    return client.post("/site-admin/core/delivery/", sends, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_pressing_does_nothing_in_the_request_and_the_chore_does_it(as_, given_up):
    with clock.at(clock.now() + timedelta(days=3)):
        assert deliver_waiting() == 0
        assert "tried again within two minutes" in press(as_("site"), given_up)
        given_up.refresh_from_db()
        assert (given_up.done_at, given_up.tries) == (None, 0)
        deliver_waiting()
    given_up.refresh_from_db()
    assert given_up.done_at


@pytest.mark.django_db(transaction=True)
def test_what_is_done_is_not_done_again(as_, given_up):
    Delivery.objects.update(done_at=clock.now())
    assert "done already" in press(as_("site"), given_up)
    given_up.refresh_from_db()
    assert given_up.tries == MOST_TRIES
