"""`make check`: every check that needs no test run, each with its name and its time."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from house.places import BIN, NODE_MODULES, PYTHON, ROOT, environment
from house.say import say, seconds

AT_ONCE = 2


class Check(NamedTuple):
    """A name people know it by, and the command that fails when something is wrong."""

    name: str
    command: list[str | Path]


class Outcome(NamedTuple):
    """What came of a check."""

    check: Check
    passed: bool
    took: str
    output: str


def check_all() -> int:
    """Run every check, tell each outcome as it comes, and show the output of those that fail."""
    failed = []
    say("Checks")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in as_completed([pool.submit(_outcome, check) for check in _checks()]):
            outcome = done.result()
            say(
                f"  {'ok    ' if outcome.passed else 'FAILED'}  {outcome.check.name} ({outcome.took})"
            )
            if not outcome.passed:
                failed.append(outcome)
    for outcome in failed:
        say(f"\n── {outcome.check.name} ──\n{outcome.output.rstrip()}")
    say()
    return 1 if failed else 0


def _outcome(check: Check) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in check.command],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Outcome(check, done.returncode == 0, seconds(started), done.stdout)


def format_all() -> int:
    """Let the tools mend what they can; what is left, `make check` tells."""
    for command in (
        [PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."],
        [PYTHON, "-m", "ruff", "format", "."],
        [BIN / "djade", *_DJANGO, *_templates()],
    ):
        subprocess.run([str(part) for part in command], cwd=ROOT, env=environment())
    return 0


def _checks() -> Iterator[Check]:
    """The slow ones first, so that the quick ones fit beside them."""
    yield Check("types (mypy)", [PYTHON, "-m", "mypy"])
    yield Check("types in the browser (tsc)", [NODE_MODULES / ".bin" / "tsc", "--noEmit"])
    yield Check("migrations are complete", [PYTHON, "-m", "meanwhile", *_NO_MIGRATION_MISSING])
    yield Check("directions (import-linter)", [BIN / "lint-imports", "--no-cache"])
    yield Check("lint (ruff)", [PYTHON, "-m", "ruff", "check", "."])
    yield Check("format (ruff)", [PYTHON, "-m", "ruff", "format", "--check", "."])
    yield Check("templates (djade)", [BIN / "djade", "--check", *_DJANGO, *_templates()])


_NO_MIGRATION_MISSING = ("makemigrations", "--check", "--dry-run", "--settings=tests.settings")
_DJANGO = ("--target-version", "5.2")


def _templates() -> list[Path]:
    return sorted((ROOT / "meanwhile").rglob("templates/**/*.html"))
