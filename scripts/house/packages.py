"""The virtual environment and the locked Python packages in it."""

import re
import shutil
import sys
from pathlib import Path

from house.places import BIN, PYTHON, REQUIREMENTS, ROOT, VENV, python_in_use
from house.programs import run
from house.say import Refusal, step
from house.stamps import digest, fresh, press

UNFINISHED = VENV / "unfinished"
"""Lies there while packages are being put in. Found at the start, the last run was cut off."""

PIP = (PYTHON, "-I", "-m", "pip", "--no-input", "--disable-pip-version-check")
PIP_INSTALL = (*PIP, "install", "--progress-bar=off", "--prefer-binary", "--no-compile")

COMMAND = BIN / "meanwhile"
COMMAND_TEXT = f'#!/bin/sh\nexec "{PYTHON}" -m meanwhile "$@"\n'


def need_environment() -> None:
    """A working .venv: made if there is none, made again if it was left half-made or moved."""
    if PYTHON.exists() and not UNFINISHED.exists() and not _moved() and _works():
        _make_findable()
        return
    with step(f"Make a virtual environment with {python_in_use()}"):
        _make_environment()


def _moved() -> bool:
    """Whether the folder was somewhere else when the environment was made: it names its place."""
    return COMMAND.exists() and COMMAND.read_text("utf-8") != COMMAND_TEXT


def _works() -> bool:
    """Whether the environment's own Python and pip start (its base may have been removed)."""
    try:
        run([PYTHON, "-I", "-m", "pip", "--version"], failing="pip does not start")
    except Refusal:
        return False
    return True


def _make_environment() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    run(
        [sys.executable, "-m", "venv", VENV],
        failing="The virtual environment could not be made: see what Python says above.",
    )
    _make_findable()
    UNFINISHED.unlink()


def _make_findable() -> None:
    """Let `import meanwhile` and the command `meanwhile` work from anywhere in this environment."""
    site = next((VENV / "lib").glob("python3*/site-packages"), VENV / "Lib" / "site-packages")
    (site / "meanwhile-source.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    COMMAND.write_text(COMMAND_TEXT, encoding="utf-8")
    COMMAND.chmod(0o755)


def need_packages(lock_name: str) -> None:
    """What `requirements/<lock_name>.txt` pins, by hash; nothing to do while it is unchanged."""
    lock = REQUIREMENTS / f"{lock_name}.txt"
    value = digest([lock])
    stamp = _stamp(lock_name)
    if fresh(stamp, value):
        return
    with step(f"Install {_count(lock)} Python packages, each checked against its hash"):
        UNFINISHED.touch()
        run(
            [*PIP_INSTALL, "--require-hashes", "-r", lock],
            failing="The Python packages could not be installed: see what pip says above.",
        )
        press(stamp, value)
        UNFINISHED.unlink()
    if lock_name == "dev":  # it holds all of run.txt, in the same versions (a test says so)
        press(_stamp("run"), digest([REQUIREMENTS / "run.txt"]))


def _stamp(lock_name: str) -> Path:
    return VENV / "stamps" / lock_name


def _count(lock: Path) -> int:
    return len(
        re.findall(r"^[\w.-]+(?:\[.*?\])?==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    )
