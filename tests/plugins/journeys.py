"""Journeys (tests/journeys) drive a real browser: they run when asked for by their folder.

`pytest` alone leaves them out; `pytest tests/journeys` runs them, and so does `.ci/run`.
"""

from pathlib import Path

import pytest

JOURNEYS = Path(__file__).resolve().parents[1] / "journeys"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path != JOURNEYS:
        return None
    asked = any(JOURNEYS in [path, *path.parents] for path in map(_path, config.args))
    return None if asked else True


def _path(argument: str) -> Path:
    """The file or folder of a command-line argument such as `tests/journeys/test_x.py::test_y`."""
    return Path(argument.split("::")[0]).resolve()
