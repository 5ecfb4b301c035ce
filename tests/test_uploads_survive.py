"""T6: a long file over a line that breaks, to a server that is killed: byte by byte the same.

In full (one file takes 40 s, and no more room than itself twice): MEANWHILE_T6_FILES=50
MEANWHILE_T6_MEGABYTES=200 MEANWHILE_T6_CUTS=100. MEANWHILE_T6_SEED chooses other points.
"""

import os
import sys

import pytest

from tests.crash.sending import PART, send_files

MEGABYTE = 10**6
FILES = int(os.environ.get("MEANWHILE_T6_FILES", "1"))
SIZE = int(os.environ.get("MEANWHILE_T6_MEGABYTES", "20")) * MEGABYTE
CUTS = int(os.environ.get("MEANWHILE_T6_CUTS", "20"))
SEED = int(os.environ.get("MEANWHILE_T6_SEED", "1"))


@pytest.mark.slow
@pytest.mark.promise("T6")
@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_film_that_is_cut_again_and_again_arrives_byte_by_byte(place, figure):
    found = send_files(FILES, SIZE, CUTS, place, SEED)
    figure(
        f"{found['files']} files of {SIZE / MEGABYTE:.0f} MB, {found['cuts']} cuts, {found['kills']} kills of "
        f"the server: {len(found['unlike'])} unlike, at most {found['extra'] / 1000:.0f} kB sent again "
        f"after a cut; a file given up half way is there after 23 hours and gone after 25"
    )
    assert found["unlike"] == []
    assert found["kills"]
    assert found["extra"] <= PART
    assert found["after_23"] == [1, 1]
    assert found["after_25"] == [0, 0]
