"""A real server with the demo school, and people who open it in a real browser."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.journeys.crawl import Plan, make_plan, read_plan
from tests.journeys.visitor import (
    CHROMIUM,
    QUIET,
    Visitor,
    come,
    environment_of,
    make_school,
    served,
)

# as patient as the actions are (visitor.come): a loaded machine answers late, not wrongly
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that all workers of this run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def school(shared: Path) -> Path:
    """The data folder of the demo school, made by the first worker that needs it."""
    return once(shared / "school", lambda folder: make_school(environment_of(folder)))


@pytest.fixture(scope="session")
def data(school: Path, tmp_path_factory) -> Path:
    """The data folder of this worker: its own copy of the school."""
    return Path(shutil.copytree(school, tmp_path_factory.mktemp("site"), dirs_exist_ok=True))


@pytest.fixture(scope="session")
def plan(school: Path, shared: Path, playwright_: Playwright) -> Plan:
    """Which pages there are, as whom: of the school as it is before anybody does anything."""

    def make(folder: Path) -> None:
        untouched = shutil.copytree(school, folder / "school")
        with served(environment_of(untouched)) as address:
            make_plan(playwright_.request, address, folder)
        shutil.rmtree(untouched)

    return read_plan(once(shared / "plan", make))


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by whoever of the workers comes first; the others wait for it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)  # of a worker that failed
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder


@pytest.fixture(scope="session")
def environment(data: Path) -> dict[str, str]:
    return environment_of(data)


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[str]:
    """The address of a served demo school, as `make run` would make it."""
    with served(environment) as address:
        yield address


@pytest.fixture(scope="session")
def kept() -> dict[str, list]:
    """Sessions of those who signed in once: nobody types a password twice in a run."""
    return {}


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "the journeys need Chromium; .ci/run installs it"
    running = playwright_.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield running
    running.close()


@pytest.fixture
def visitor(browser: Browser, site: str, kept: dict[str, list]) -> Iterator[Callable[..., Visitor]]:
    """Somebody new at a browser: `visitor(size="phone", zone="Africa/Nairobi")`."""
    came: list[Visitor] = []

    def arrive(size: str = "wide", zone: str = "Europe/London", **options) -> Visitor:
        came.append(come(browser, site, size, zone, kept, **options))
        return came[-1]

    yield arrive
    for each in came:
        each.context.close()
    assert not [fault for each in came for fault in each.faults]
