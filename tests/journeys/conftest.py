"""A real server with the demo school, and people who open it in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.visitor import CHROMIUM, QUIET, Visitor, come, environment_of, served_school


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def environment(data: Path) -> dict[str, str]:
    return environment_of(data)


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[str]:
    """The address of a served demo school, as `make run` would make it."""
    with served_school(environment) as address:
        yield address


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
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Somebody new at a browser: `visitor(size="phone", zone="Africa/Nairobi")`."""
    came: list[Visitor] = []

    def arrive(size: str = "wide", zone: str = "Europe/London", **options) -> Visitor:
        came.append(come(browser, site, size, zone, **options))
        return came[-1]

    yield arrive
    for each in came:
        each.context.close()
    assert not [fault for each in came for fault in each.faults]
