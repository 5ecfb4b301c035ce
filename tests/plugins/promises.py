"""Tests that prove a promise: `@pytest.mark.promise("T8")`, with a figure for the reader.

`pytest -m T8` runs those of one promise, `pytest -m promise --promises` (`make promises`) all of
them, with a line each: number, what was tried, figure, and whether it was kept.
"""

import re
from collections.abc import Callable

import pytest

HIGHEST = 30
FIGURE = "promise-figure"
NUMBERS = "promise-numbers"
TRIED = "promise-tried"
OUTCOMES = {"passed": "ok", "failed": "FAILED", "error": "FAILED", "skipped": "NOT RUN"}

Figure = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises", action="store_true", help="a line for each promise at the end")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", 'promise(number): proves a promise: promise("T8")')
    for number in range(1, HIGHEST + 1):
        config.addinivalue_line("markers", f"T{number}: proves promise T{number}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each promise's test its number as a marker, before `-m` chooses."""
    for item in items:
        for mark in item.iter_markers("promise"):
            for number in mark.args:
                item.add_marker(number)
        if item.get_closest_marker("promise"):
            item.user_properties.append((NUMBERS, " ".join(_numbers(item))))
            item.user_properties.append((TRIED, _tried(item)))


def _numbers(item: pytest.Item) -> list[str]:
    return [number for mark in item.iter_markers("promise") for number in mark.args]


def _tried(item: pytest.Item) -> str:
    """What a test tries: the first line of its docstring, else its name as a sentence."""
    documented = getattr(getattr(item, "obj", None), "__doc__", None) or ""
    named = re.sub(r"^test_", "", item.name).replace("_", " ")
    return documented.strip().split("\n")[0].rstrip(".") or named


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Say what was measured: `figure("1,000 ops x 100 tries: 1,000 effects")`."""

    def note(text: str) -> None:
        request.node.user_properties.append((FIGURE, text))
        print(text)

    return note


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.getoption("--promises"):
        terminalreporter.section("promises")
        for line in sorted(_lines(terminalreporter)):
            terminalreporter.write_line(line[1])


def _lines(reporter: pytest.TerminalReporter) -> list[tuple[list[int], str]]:
    lines = []
    for outcome, word in OUTCOMES.items():
        for report in reporter.stats.get(outcome, []):
            if not isinstance(report, pytest.TestReport):  # a file that could not be read
                continue
            known = dict(report.user_properties)
            if NUMBERS in known:
                order = [int(number) for number in re.findall(r"\d+", str(known[NUMBERS]))]
                lines.append((order, _line(word, known, report)))
    return lines


def _line(word: str, known: dict[str, object], report: pytest.TestReport) -> str:
    figures = [str(text) for name, text in report.user_properties if name == FIGURE]
    measured = "; ".join(figures) or "no figure"
    return f"{known[NUMBERS]:<4} {word:<7} {known[TRIED]}: {measured}"
