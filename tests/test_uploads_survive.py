"""T6: a long file over a line that breaks, to a server that is killed: byte by byte the same."""

import os
import sys

import pytest

from tests.crash.sending import PART, send_files

MEGABYTE = 10**6
FILES = int(os.environ.get("MEANWHILE_T6_FILES", "1"))
SIZE = int(os.environ.get("MEANWHILE_T6_MEGABYTES", "20")) * MEGABYTE
CUTS = int(os.environ.get("MEANWHILE_T6_CUTS", "20"))


@pytest.mark.slow
@pytest.mark.promise("T6")
@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_film_that_is_cut_again_and_again_arrives_byte_by_byte(place, figure):
    found = send_files(FILES, SIZE, CUTS, place)
    figure(
        f"{found['files']} files of {SIZE / MEGABYTE:.0f} MB, {found['cuts']} cuts, {found['kills']} kills of "
        f"the server: {len(found['unlike'])} unlike, at most {found['extra_per_cut'] / 1000:.0f} kB "
        "sent again a cut"
    )
    assert found["unlike"] == []
    assert found["kills"]
    assert found["extra_per_cut"] <= PART
