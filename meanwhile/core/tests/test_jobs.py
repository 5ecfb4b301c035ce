"""Work that nobody waits for: done once, by one, also after its server was killed."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from meanwhile.core import clock, jobs
from meanwhile.core.jobs import GAVE_UP, LEASE, MOST_TRIES, Doing, Lost, Refusal, ask, do_next
from meanwhile.core.models import Job


def later(**wait: float):
    return clock.at(clock.now() + timedelta(**wait))


@pytest.fixture
def did(monkeypatch) -> list[str]:
    """Two kinds of work: one that writes down its key, one that does what its key says."""
    found: list[str] = []

    def note(job: Doing) -> None:
        found.append(job.key)

    def as_told(job: Doing) -> None:
        found.append(job.key)
        if job.key == "refuse":
            raise Refusal("no-room", "9 bytes free")
        if job.key == "break":
            raise ValueError("no broom")
        if job.key == "kill":
            raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "WORKS", {})
    jobs.work("tests.note")(note)
    jobs.work("tests.told")(as_told)
    return found


@pytest.mark.django_db
def test_what_was_asked_for_is_done_once(did):
    for _ in range(3):
        ask("tests.note", 7, why="because")
    assert do_next()
    assert not do_next()
    ask("tests.note", 7)
    assert not do_next()
    assert did == ["7"]
    job = Job.objects.get()
    assert (job.percent, job.facts, job.held_until) == (100, {"why": "because"}, None)
    assert job.done_at


@pytest.mark.django_db
def test_what_waited_longest_comes_first(did):
    for key in "abc":
        ask("tests.note", key)
    with later(minutes=1):
        while do_next():
            pass
    assert did == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_what_is_not_kept_is_not_asked_for(did):
    with transaction.atomic():
        ask("tests.note", 1)
        transaction.set_rollback(True)
    assert not do_next()


@pytest.mark.django_db
def test_a_machine_does_only_what_it_is_able_to(did, monkeypatch):
    jobs.work("tests.hard", able=lambda: False)(lambda job: did.append("hard"))
    ask("tests.hard", 1)
    assert not do_next()
    assert Job.objects.get().tries == 0


@pytest.mark.django_db
def test_a_refusal_rests_with_its_word_until_somebody_asks_again(did):
    ask("tests.told", "refuse")
    assert do_next()
    assert not do_next()
    job = Job.objects.get()
    assert (job.problem, job.error, job.done_at) == ("no-room", "9 bytes free", None)
    ask("tests.told", "refuse")
    assert do_next()
    assert did == ["refuse", "refuse"]


@pytest.mark.django_db
def test_a_fault_is_tried_again_each_time_later_and_then_given_up(did):
    ask("tests.told", "break")
    waits = []
    moment = clock.now()
    for _ in range(MOST_TRIES):
        with clock.at(moment):
            assert do_next()
            assert not do_next(), "not at once"
        due = Job.objects.get().due_at
        waits.append(round((due - moment).total_seconds() / 60))
        moment = due
    assert waits == [1, 2, 4, 8, 16]
    job = Job.objects.get()
    assert (job.problem, job.tries) == (GAVE_UP, MOST_TRIES)
    assert "no broom" in job.error
    with later(days=2):
        assert not do_next()


@pytest.mark.django_db
def test_a_killed_server_gives_it_free_but_not_for_ever(did):
    ask("tests.told", "kill")
    moment = clock.now()
    for _ in range(MOST_TRIES):
        with clock.at(moment):
            with pytest.raises(KeyboardInterrupt):
                do_next()
            assert not do_next(), "it is still held"
        moment += LEASE + timedelta(seconds=1)
    with clock.at(moment):
        assert not do_next()
    assert Job.objects.get().problem == GAVE_UP
    assert len(did) == MOST_TRIES


@pytest.mark.django_db
def test_who_lost_it_stops_and_changes_nothing(did):
    def slow(job: Doing) -> None:
        Job.objects.update(held_until=clock.now() + timedelta(seconds=90), step="theirs")
        with pytest.raises(Lost):
            job.tell("mine", 50)
        raise Lost

    jobs.work("tests.slow")(slow)
    ask("tests.slow", 1)
    assert do_next()
    job = Job.objects.get()
    assert (job.step, job.percent, job.done_at, job.problem) == ("theirs", 0, None, "")
    assert job.held_until


@pytest.mark.django_db
def test_who_says_that_it_goes_on_keeps_it(did, monkeypatch):
    monkeypatch.setattr(jobs, "TELLS_EVERY", 0.0)
    ask("tests.long", 1)
    begun = clock.now()

    def long(job: Doing) -> None:
        for minute in range(10):
            with clock.at(begun + timedelta(minutes=minute)):
                job.tell("on", 10 * minute)
                assert not do_next()
                assert Job.objects.get().percent == 10 * minute

    jobs.work("tests.long")(long)
    with clock.at(begun):
        assert do_next()
    assert Job.objects.get().done_at


@pytest.mark.django_db
def test_a_job_that_is_dropped_is_noticed_by_who_is_at_it(did):
    def dropped(job: Doing) -> None:
        jobs.drop("tests.dropped", [job.key])
        job.got_on()

    jobs.work("tests.dropped")(dropped)
    ask("tests.dropped", 1)
    assert do_next()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_clock_that_ran_ahead_holds_up_nothing(did):
    with clock.at(clock.now() + timedelta(days=400)):
        ask("tests.note", 1)
    assert do_next()
    ask("tests.note", 2)
    Job.objects.filter(key="2").update(held_until=clock.now() + timedelta(days=400))
    assert do_next()


@pytest.mark.django_db
def test_who_looked_a_moment_before_somebody_took_it_does_not_take_it_too(did):
    ask("tests.told", "kill")
    moment = clock.now()
    with clock.at(moment), pytest.raises(KeyboardInterrupt):
        do_next()
    with clock.at(moment - timedelta(milliseconds=5)):
        Job.objects.update(due_at=moment - timedelta(seconds=1))
        assert not do_next()
    assert did == ["kill"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a memory database has one writer")
def test_of_several_at_once_one_does_it(did):
    """Eight workers, twenty jobs: each is done once."""
    for key in range(20):
        ask("tests.note", key)
    start = threading.Barrier(8)
    faults: list[BaseException] = []

    def worker() -> None:
        try:
            start.wait()
            while do_next():
                pass
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert not faults
    while do_next():
        pass
    assert sorted(did, key=int) == [str(key) for key in range(20)]
