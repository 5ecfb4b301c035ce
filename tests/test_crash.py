"""T1: kill -9 of every worker under load. Nothing acknowledged is lost, doubled or half done."""

import sys

import pytest
from django.db import connection

from tests.crash.run import crash

POINTS = {"sqlite": 60, "postgresql": 10}


@pytest.mark.slow
@pytest.mark.promise("T1")
@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_killing_the_server_loses_doubles_and_halves_nothing(place, figure):
    """Kill every worker at random moments under load, repeat half of what was acknowledged."""
    found = crash(POINTS[connection.vendor], place)
    figure(
        f"{connection.vendor}: {found['points']} kills, {found['acknowledged']:,} deeds "
        f"acknowledged, {found['handed_in']:,} of them hand-ins: {found['lost']} lost, {found['unasked']} doubled or unasked, "
        f"{len(found['half'])} half done"
    )
    assert not found["refused"], found["refused"]
    assert found["acknowledged"] >= found["points"], "a server was killed before it answered"
    assert (found["lost"], found["unasked"], found["half"]) == (0, 0, [])
    assert found["sound"]
