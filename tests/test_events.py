"""What happened is typed, documented, recorded in its transaction, and followed once."""

import dataclasses
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.module_loading import import_string

from meanwhile.core import clock, events
from meanwhile.core.events import (
    MOST_TRIES,
    Event,
    deliver_waiting,
    event_classes,
    forget_old_deliveries,
    record,
    writing,
)
from meanwhile.core.models import Delivery, EventRow
from meanwhile.people.events import NoteSent
from tests.personas import client_of


@pytest.mark.parametrize("name", sorted(event_classes()))
def test_an_event_says_what_happened(name: str):
    event = event_classes()[name]
    assert (event.__doc__ or "").strip()[-1] == ".", f"{name} needs a sentence"
    assert dataclasses.is_dataclass(event)
    assert event.__dataclass_params__.frozen, f"{name} must be frozen"


@pytest.mark.parametrize("name", sorted(event_classes()))
def test_the_deeds_an_event_names_are_there(name: str):
    for deed in re.findall(r"`(meanwhile\.[\w.]+)`", event_classes()[name].__doc__ or ""):
        assert callable(import_string(deed))


def sent() -> Event:
    return NoteSent(actor=1, school=1, cohort=1, note=1)


@pytest.mark.django_db
def test_an_event_outside_a_transaction_is_refused(monkeypatch):
    class Bare:
        in_atomic_block = False

    monkeypatch.setattr(transaction, "get_connection", lambda: Bare)
    with pytest.raises(RuntimeError, match="inside writing"):
        record(sent())


@pytest.fixture
def listeners(monkeypatch):
    """A list of functions that hear of a note, only in this test."""
    heard: list = []
    monkeypatch.setitem(events.LISTENERS, NoteSent, heard)
    return heard


def undone_deed() -> None:
    with writing():
        record(sent())
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_deed_undone_leaves_no_event_and_nobody_hears(listeners):
    heard = []
    listeners.append(heard.append)
    with pytest.raises(ZeroDivisionError):
        undone_deed()
    assert not heard
    assert not EventRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_hurts_no_other_and_is_tried_again(listeners):
    heard, broken = [], [True]

    def fails(event):
        EventRow.objects.create(name="half done", at="2026-01-01T00:00Z")
        if broken:
            raise ValueError("not today")
        heard.append("late")

    def works(event):
        heard.append("at once")

    listeners += [fails, works]
    with writing():
        record(sent())
    assert heard == ["at once"]
    assert not EventRow.objects.filter(name="half done").exists()
    assert "not today" in Delivery.objects.get(done_at=None).error

    broken.clear()
    with later(minutes=2):
        assert deliver_waiting() == 1
        assert heard == ["at once", "late"]
        assert deliver_waiting() == 0, "taken in once, never again"


def later(**wait: float):
    return clock.at(clock.now() + timedelta(**wait))


@pytest.mark.django_db(transaction=True)
def test_an_event_that_cannot_be_read_holds_up_nothing_behind_it(listeners, monkeypatch, caplog):
    """A fact it no longer has, an event nobody knows, a listener that is gone: each is logged and
    its try counted, and what comes after is taken in."""
    heard = []

    def hears(event):
        heard.append(event.note)

    def gone(event):
        raise AssertionError("nobody listens like this any more")

    monkeypatch.setattr(events, "deliver", lambda *_: False)  # the server stopped too early
    listeners += [hears, gone]
    for number in (1, 2, 3):
        with writing():
            record(NoteSent(actor=1, school=1, cohort=1, note=number))
    monkeypatch.undo()
    monkeypatch.setitem(events.LISTENERS, NoteSent, [hears])
    strange, unknown, _sound = EventRow.objects.order_by("pk")
    EventRow.objects.filter(pk=strange.pk).update(facts={"cohort": 1, "colour": "green"})
    EventRow.objects.filter(pk=unknown.pk).update(name="people.NoteSung")

    with later(minutes=2):
        assert deliver_waiting() == 1
    assert heard == [3]
    left = Delivery.objects.filter(done_at=None)
    assert {(row.tries, bool(row.error)) for row in left} == {(1, True)}
    assert left.count() == len(caplog.records) == 5


@pytest.mark.django_db(transaction=True)
def test_a_fault_that_lasts_is_tried_ever_more_seldom_and_then_rests(listeners):
    tried = []

    def fails(event):
        tried.append(clock.now())
        raise ValueError("still not")

    listeners.append(fails)
    began = clock.now()
    with clock.at(began), writing():
        record(sent())
    for minute in range(0, 5000, 5):
        with clock.at(began + timedelta(minutes=minute)):
            deliver_waiting()
    waits = [round((each - began) / timedelta(minutes=1)) for each in tried]
    assert waits == [0, 5, 10, 15, 20, 35, 65, 130, 260, 515, 1025, 2050]


@pytest.mark.django_db(transaction=True)
def test_long_work_keeps_its_own_transactions_and_is_done_again_if_it_stopped(
    listeners, monkeypatch
):
    parts, broken = [], [True]

    def long_work(event):
        for part in ("first", "second"):
            assert not transaction.get_connection().in_atomic_block
            with writing():
                parts.append(part)
                EventRow.objects.create(name=part, at="2026-01-01T00:00Z")
            if broken:
                raise ValueError("stopped half way")

    listeners.append(long_work)
    monkeypatch.setattr(events, "REPEATABLE", {long_work})
    with writing():
        record(sent())
    assert EventRow.objects.filter(name="first").exists(), "what was done stays done"

    broken.clear()
    with later(minutes=2):
        assert deliver_waiting() == 1
        assert parts == ["first", "first", "second"]
        assert deliver_waiting() == 0


DELIVERIES = "/site-admin/core/delivery/"


@pytest.fixture
def given_up(listeners):
    """A listener whose fault outlasted all tries; emptied, the list lets it take in what comes."""
    broken = ["the shelf is full"]

    def fails(event):
        if broken:
            raise ValueError(broken[0])

    listeners.append(fails)
    with writing():
        record(sent())
    Delivery.objects.update(tries=MOST_TRIES)
    return broken


@pytest.mark.django_db(transaction=True)
def test_what_was_given_up_is_shown_to_the_site_admin_with_its_error(cast, given_up):
    with later(days=300):
        assert deliver_waiting() == 0, "nobody tries it any more"
    site = client_of(cast, "site")
    shown = site.get(f"{DELIVERIES}?stands=up").content.decode()
    assert "people.NoteSent" in shown
    assert "the shelf is full" in shown
    assert "the shelf is full" not in site.get(f"{DELIVERIES}?stands=waits").content.decode()
    one = f"{DELIVERIES}{Delivery.objects.get().pk}/change/"
    assert "the shelf is full" in site.get(one).content.decode()
    site.post(one, {"tries": 0})
    site.post(f"{DELIVERIES}{Delivery.objects.get().pk}/delete/", {"post": "yes"})
    assert Delivery.objects.get().tries == MOST_TRIES, "to look at, not to edit"


@pytest.mark.django_db(transaction=True)
def test_the_site_admin_has_it_tried_again(cast, given_up):
    site = client_of(cast, "site")
    chosen = {"action": "again", "_selected_action": [Delivery.objects.get().pk]}
    site.post(DELIVERIES, chosen)
    with later(minutes=2):
        assert deliver_waiting() == 0, "it fails again"
    assert Delivery.objects.get().tries == 1, "and is tried on, as if it were new"

    given_up.clear()
    site.post(DELIVERIES, chosen)
    with later(minutes=2):
        assert deliver_waiting() == 1
    assert Delivery.objects.get().done_at


@pytest.mark.django_db(transaction=True)
def test_nobody_else_has_anything_tried_again(cast, given_up):
    given_up.clear()
    chosen = {"action": "again", "_selected_action": [Delivery.objects.get().pk]}
    assert client_of(cast, "dunn").post(DELIVERIES, chosen).status_code in (302, 404)
    assert not Delivery.objects.get().done_at


@pytest.mark.django_db(transaction=True)
def test_that_it_was_taken_in_is_forgotten_and_what_happened_is_not(listeners, monkeypatch):
    monkeypatch.setattr(events, "BATCH", 2)

    def fails(event):
        raise ValueError("not this one")

    listeners += [lambda event: None, fails]
    for _ in range(5):
        with writing():
            record(sent())
    with later(days=89):
        assert forget_old_deliveries() == 0
    with later(days=91):
        assert forget_old_deliveries() == 5
    assert Delivery.objects.filter(done_at=None).count() == EventRow.objects.count() == 5
