"""T8 for hand-ins: sent a hundred times at the same moment, handed in once, with one receipt."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from meanwhile.assessment.tests.hammer import hammer

OPS = int(os.environ.get("MEANWHILE_T8_OPS", "20"))
"""The whole promise is MEANWHILE_T8_OPS=1000: it takes minutes."""
TRIES = 100


def on_a_file(tmp_path) -> dict:
    """A memory database cannot be written from two threads: SQLite is tried on a file, in a
    process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "MEANWHILE_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'hammer.sqlite3'}",
    }
    command = [sys.executable, "-m", "meanwhile.assessment.tests.hammer", str(OPS), str(TRIES)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.promise("T8")
@pytest.mark.django_db(transaction=True)
def test_one_hand_in_sent_a_hundred_times_at_once_is_one(tmp_path, figure) -> None:
    """The same hand-in a hundred times from sixteen threads, and once with another body"""
    found = hammer(OPS, TRIES) if connection.vendor == "postgresql" else on_a_file(tmp_path)
    assert found == {
        "hand_ins": OPS,
        "standing": OPS,
        "said": OPS,
        "most_receipts": 1,
        "refused": OPS,
    }
    figure(f"{OPS} hand-ins x {TRIES} tries: {found['hand_ins']} kept, {found['refused']} refused")
