"""What happened is typed, documented, recorded in its transaction, and followed once."""

import dataclasses
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.module_loading import import_string

from meanwhile.core import clock, events
from meanwhile.core.events import Event, deliver_waiting, event_classes, record, writing
from meanwhile.core.models import Delivery, EventRow
from meanwhile.people.events import NoteSent


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
