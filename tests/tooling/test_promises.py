"""The plugin that tells of promises: numbers as markers, and a line each, also for what failed."""

import pytest

pytest_plugins = ["pytester"]

TESTS = '''
import pytest

@pytest.mark.promise("T8")
def test_nothing_is_done_twice(figure):
    figure("12 of 12")

@pytest.mark.promise("T1", "T2")
def test_kept(figure):
    """Pull the plug.

    More about it."""
    figure("60 times")
    figure("0 lost")

@pytest.mark.promise("T9")
def test_broken(figure):
    assert False

@pytest.mark.promise("T10")
@pytest.mark.skip
def test_left_out(figure):
    pass

def test_no_promise():
    pass
'''


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    pytester.makepyfile(TESTS)
    plugins = ["-p", "tests.plugins.promises", "-p", "no:django", "-p", "no:cacheprovider"]
    return pytester.runpytest(*plugins, "-q", *words)


def test_each_promise_has_a_line_in_order(pytester: pytest.Pytester) -> None:
    told = run(pytester, "-m", "promise", "--promises")
    told.stdout.fnmatch_lines(
        [
            "T1 T2 ok      Pull the plug: 60 times; 0 lost",
            "T8   ok      nothing is done twice: 12 of 12",
            "T9   FAILED  broken: no figure",
            "T10  NOT RUN left out: no figure",
        ]
    )
    told.assert_outcomes(passed=2, failed=1, skipped=1, deselected=1)


def test_a_number_chooses_its_tests(pytester: pytest.Pytester) -> None:
    run(pytester, "-m", "T8", "--strict-markers").assert_outcomes(passed=1, deselected=4)
