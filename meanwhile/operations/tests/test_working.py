"""Who does the jobs: so many at a time on a machine, and whatever is wrong the next look comes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from meanwhile.core import jobs
from meanwhile.operations import working


@pytest.fixture
def data(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_a_machine_has_as_many_places_as_it_is_said_to(data, settings):
    settings.JOBS = 2
    with working.a_place() as first, working.a_place() as second, working.a_place() as third:
        assert (first, second, third) == (True, True, False)
    with working.a_place() as again:
        assert again
    settings.JOBS = 0
    with working.a_place() as none:
        assert not none


@pytest.mark.django_db
def test_the_command_does_what_is_waiting(data, monkeypatch):
    did: list[str] = []
    monkeypatch.setattr(jobs, "WORKS", {})
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    jobs.work("tests.note")(lambda job: did.append(job.key))
    jobs.ask("tests.note", 1)
    jobs.ask("tests.note", 2)
    out = StringIO()
    call_command("work", "--once", stdout=out, stderr=StringIO())
    assert out.getvalue() == "Done: 2.\n"
    assert sorted(did) == ["1", "2"]


@pytest.mark.django_db
def test_a_database_that_is_away_stops_nobody(data, monkeypatch):
    monkeypatch.setattr(working.connections, "close_all", lambda: None)

    def away() -> bool:
        raise OSError("away")

    monkeypatch.setattr(jobs, "do_next", away)
    assert working.work_off() == 0
