"""T1: kill -9 of every worker under load. Nothing acknowledged is lost, doubled or half done."""

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.crash.run import ROOT, crash

POINTS = {"sqlite": 60, "postgresql": 10}


@pytest.fixture
def place(tmp_path: Path, django_db_blocker) -> Iterator[dict[str, str]]:
    """The environment of a server with a database of its own, of the kind the suite runs on."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MEANWHILE_", "DJANGO_"))}
    env |= {
        "MEANWHILE_DATA": str(tmp_path),
        "MEANWHILE_DEBUG": "1",  # static files without collecting them
        "PYTHONPATH": str(ROOT),
        "MEANWHILE_WORKERS": "2",
    }
    if connection.vendor == "sqlite":
        env.pop("DATABASE_URL", None)
        yield env
        return
    import psycopg

    name, url = f"crash_{uuid.uuid4().hex[:12]}", os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    yield env | {"DATABASE_URL": url.rsplit("/", 1)[0] + "/" + name}
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.promise("T1")
@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_killing_the_server_loses_doubles_and_halves_nothing(place, figure):
    """Kill every worker at random moments under load, repeat half of what was acknowledged."""
    found = crash(POINTS[connection.vendor], place)
    figure(
        f"{connection.vendor}: {found['points']} kills, {found['acknowledged']:,} answers "
        f"acknowledged: {found['lost']} lost, {found['unasked']} doubled or unasked, "
        f"{len(found['half'])} half done"
    )
    assert not found["refused"], found["refused"]
    assert found["acknowledged"] >= found["points"], "a server was killed before it answered"
    assert (found["lost"], found["unasked"], found["half"]) == (0, 0, [])
    assert found["sound"]
