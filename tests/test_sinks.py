"""No place where people's words go in is left out of T11 (tests/journeys/test_nothing_acts.py)."""

import pytest

from tests import sinks
from tests.payloads import LINES, PAYLOADS


@pytest.mark.promise("T11")
def test_no_sink_is_left_out(figure):
    """Every column for words is filled, or is in a list with the reason why not."""
    names = [name for name, _column in sinks.text_columns()]
    unnamed = sorted(set(names) - sinks.COLUMNS.keys())
    assert not unnamed, f"say in tests/sinks.py how each is filled, or why not: {unnamed}"
    assert not sorted(sinks.COLUMNS.keys() - set(names)), "these columns are gone"
    filled = [each for each in names if sinks.COLUMNS[each] in (sinks.FILLED, sinks.COURSE)]
    figure(f"{len(PAYLOADS)} payloads, {len(names)} columns for words: {len(filled)} filled, the others with a reason")  # fmt: skip
    assert len(filled) > 40


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) >= 200
    assert len(LINES) >= 200


def test_words_in_an_address_are_found_by_themselves():
    """The journey puts payloads under each of these names; here, that they are found at all."""
    assert {"q", "next", "page", "part"} <= {name for name, _module in sinks.query_names()}


def test_a_column_nobody_named_is_seen(monkeypatch):
    monkeypatch.delitem(sinks.COLUMNS, "people.Person.name")
    with pytest.raises(AssertionError, match=r"people\.Person\.name"):
        test_no_sink_is_left_out(print)
