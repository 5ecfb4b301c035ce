"""What several tests of the whole house need."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.crash.run import ROOT


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
