"""A folder of its own for the bytes of each test."""

from io import BytesIO
from pathlib import Path

import pytest

from meanwhile.media.actions import keep_blob


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def keep(db):
    """`keep(b"…", "a.txt")`"""
    return lambda data, name: keep_blob(BytesIO(data), name)
