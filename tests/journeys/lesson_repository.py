"""A lesson repository to bring in: the Carpentries sample where it lies beside the project, else
a small one in our own words, of the same layout."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

from tests.house import ROOT

SHARED = Path(os.environ.get("MEANWHILE_SHARED", ROOT.parent / "shared"))
SAMPLE = "samples/markdown_course/swcarpentry_python-novice-inflammation.tar.gz"

CONFIG = "title: 'Counting with care'\nlicense: 'CC-BY 4.0'\nlang: en\nepisodes:\n- 01-count.md\n"
EPISODE = """---
title: Counting
teaching: 5
exercises: 5
---

::::: objectives

- Count a handful of things.

:::::

::::: questions

- How many are there?

:::::

## Count twice

Things that are counted once are often counted wrongly. Count them, look away, and count again.

::::: challenge

## How many stones?

Put seven stones in a row. Take two away. How many are left?

::::: solution

Five. Seven take away two is five.

:::::
:::::

::::: keypoints

- Count twice.

:::::
"""


def repository(folder: Path, *, own: bool = False) -> Path:
    """A zip of a lesson repository, made in `folder`; own: the small one, wherever this runs."""
    target = folder / "lesson.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (small() if own else contents()).items():
            package.writestr(f"lesson/{name}", content)
    return target


def small() -> dict[str, bytes]:
    return {"config.yaml": CONFIG.encode(), "episodes/01-count.md": EPISODE.encode()}


def contents() -> dict[str, bytes]:
    sample = SHARED / SAMPLE
    if not sample.exists():
        return small()
    with tarfile.open(sample) as archive:
        members = [each for each in archive.getmembers() if each.isfile()]
        opened = {each.name.removeprefix("./"): archive.extractfile(each) for each in members}
        return {name: io.BytesIO(file.read()).getvalue() for name, file in opened.items() if file}
