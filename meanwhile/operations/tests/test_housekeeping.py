"""What is due is done, by one server and not by two, and one fault stops nothing else."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from meanwhile.core import clock
from meanwhile.core.models import Receipt, Tries
from meanwhile.core.receipts import do_once
from meanwhile.operations import actions, checks, housekeeping
from meanwhile.operations.tasks import Chore

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def later(**wait: float):
    return clock.at(clock.now() + timedelta(**wait))


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """Two chores that only write down that they were done; the second now and then fails."""
    found: list[str] = []

    def often() -> int:
        found.append("often")
        return 1

    def seldom() -> int:
        found.append("seldom")
        if "fail" in found:
            raise ValueError("no broom")
        return 2

    chores = (Chore("seldom", DAY, seldom), Chore("often", MINUTE, often))
    monkeypatch.setattr(housekeeping.do_what_is_due, "__defaults__", (chores, False))
    return found


def keep_house() -> list:
    return list(housekeeping.do_what_is_due())


@pytest.mark.django_db
def test_a_chore_is_done_when_it_is_due(done):
    assert keep_house() == [("seldom", 2), ("often", 1)]
    assert keep_house() == []
    with later(minutes=2):
        assert keep_house() == [("often", 1)]
    with later(days=2):
        assert keep_house() == [("seldom", 2), ("often", 1)]


@pytest.mark.django_db
def test_one_that_fails_is_logged_and_stops_no_other(done, caplog):
    done.append("fail")
    assert keep_house() == [("seldom", None), ("often", 1)]
    assert "the chore “seldom” failed" in caplog.text
    with later(days=2):
        assert ("seldom", None) in keep_house(), "it is tried again when it is due"


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["take", "put_back"])
def test_one_that_cannot_be_taken_or_put_back_stops_no_other(done, step, monkeypatch, caplog):
    honest = getattr(actions, step)

    def locked(name, *given):
        if name == "seldom":
            raise OperationalError("database is locked")
        return honest(name, *given)

    monkeypatch.setattr(actions, step, locked)
    assert keep_house() == [("seldom", None), ("often", 1)]
    assert "the chore “seldom” failed" in caplog.text


@pytest.mark.django_db
def test_somebody_else_who_is_at_it_is_left_to_it():
    until = actions.take("sweep", DAY)
    assert until
    assert actions.take("sweep", DAY) is None
    assert actions.take("sweep", DAY, at_once=True) is None
    actions.put_back("sweep", until, DAY)
    assert actions.take("sweep", DAY) is None
    assert actions.take("sweep", DAY, at_once=True)


@pytest.mark.django_db
def test_what_a_dead_server_held_is_free_again():
    lost = actions.take("sweep", DAY)
    with clock.at(clock.now() + actions.LEASE + MINUTE):
        now = actions.take("sweep", DAY)
        assert now
        actions.put_back("sweep", lost, DAY)  # not so dead after all, but too late
        assert actions.take("sweep", DAY) is None


@pytest.mark.django_db
def test_a_clock_that_goes_back_puts_nothing_off():
    with later(days=300):
        until = actions.take("sweep", DAY)
        actions.put_back("sweep", until, DAY)
        actions.take("mop", DAY)
    assert actions.take("sweep", DAY)
    assert actions.take("mop", DAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a memory database has one writer")
def test_of_eight_at_the_same_moment_one_takes_it():
    took: list = []
    gate = threading.Barrier(8)

    def take() -> None:
        gate.wait()
        took.append(actions.take("sweep", DAY))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in took if each]) == 1


@pytest.mark.django_db
def test_the_command_says_what_it_did(done):
    said = StringIO()
    call_command("housekeeping", stdout=said)
    assert said.getvalue() == "seldom: 2\noften: 1\n"
    done.append("fail")
    with pytest.raises(CommandError, match="seldom"):
        call_command("housekeeping", at_once=True, stdout=said)


@pytest.mark.django_db
def test_every_chore_of_the_house_runs(cast, settings, tmp_path):
    """The real ones, on rows of which some are old."""
    settings.MEDIA_ROOT = tmp_path
    now = clock.now()
    Receipt.objects.bulk_create(
        Receipt(actor="7", operation=f"op{days}", kind="note", received_at=now - days * DAY)
        for days in (0, 399, 401, 900)
    )
    Tries.objects.create(key="old", since=now - DAY, count=3)
    Tries.objects.create(key="new", since=now, count=3)
    Session.objects.create(session_key="old", expire_date=now - DAY)
    Session.objects.create(session_key="new", expire_date=now + DAY)
    assert dict(housekeeping.do_what_is_due()) == {
        "late events": 0,
        "held feedback": 0,
        "old deliveries": 0,
        "old receipts": 2,
        "removed notes": 0,
        "files nobody published": 0,
        "links to try": 0,
        "old tries": 1,
        "files nobody sent on": 0,
        "films nobody asked for": 0,
        "films nobody shows": 0,
        "papers to read": 0,
        "photos to bind": 0,
        "search index": 16,
        "ended sessions": 1,
    }
    assert set(Receipt.objects.values_list("operation", flat=True)) == {"op0", "op399"}
    assert list(Tries.objects.values_list("key", flat=True)) == ["new"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


@pytest.mark.django_db
def test_old_receipts_go_a_batch_at_a_time(monkeypatch):
    monkeypatch.setattr("meanwhile.core.receipts.BATCH", 10)
    with later(days=-500):
        for number in range(25):
            do_once("7", f"op{number}", "note", "one", dict)
    assert dict(housekeeping.do_what_is_due())["old receipts"] == 25


def test_a_database_that_is_away_ends_nothing(monkeypatch, caplog):
    def away(*_args):
        raise OSError("the cable")

    monkeypatch.setattr(housekeeping, "do_what_is_due", away)
    housekeeping.wake()
    assert "could not look at what is due" in caplog.text


@pytest.mark.parametrize(
    ("vendor", "version", "threads", "may"),
    [
        ("sqlite", (3, 40, 1), 1, False),
        ("sqlite", (3, 53, 4), 1, True),
        ("sqlite", (3, 53, 4), 4, True),
        ("postgresql", (3, 40, 1), 1, True),
    ],
)
def test_no_second_connection_to_an_sqlite_that_bears_only_one(
    vendor, version, threads, may, settings, monkeypatch
):
    settings.WORKERS, settings.THREADS = 1, threads
    monkeypatch.setattr(connection, "vendor", vendor)
    monkeypatch.setattr(housekeeping, "sqlite_version", lambda: version)
    assert housekeeping.may_keep_house_beside() is may
    assert checks.sqlite_version() >= (3, 51, 3)
