"""Sent twice, done once; nothing kept of a deed that failed."""

import pytest
from django.db import IntegrityError
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from meanwhile.core.models import EventRow, Receipt
from meanwhile.core.receipts import (
    DifferentDeed,
    UnreadableOperation,
    do_once,
    fingerprint,
    once,
)

WHEN = "2026-01-01T00:00Z"


def deed(times: list[int]):
    def do() -> dict:
        times.append(1)
        return {"row": EventRow.objects.create(name="done", at=WHEN).pk}

    return do


@pytest.mark.django_db
def test_a_deed_sent_twice_is_done_once_and_answered_alike():
    times: list[int] = []
    first = do_once("7", "op", "note", "same", deed(times))
    again = do_once("7", "op", "note", "same", deed(times))
    assert (len(times), EventRow.objects.count()) == (1, 1)
    assert again.result == first.result
    assert (first.replayed, again.replayed) == (False, True)
    assert again.received_at == first.received_at


@pytest.mark.django_db
def test_the_same_id_for_something_else_is_refused():
    do_once("7", "op", "note", "one", deed([]))
    for kind, contents in (("note", "two"), ("other", "one")):
        with pytest.raises(DifferentDeed):
            do_once("7", "op", kind, contents, deed([]))
    assert EventRow.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_use_the_same_id():
    do_once("7", "op", "note", "one", deed([]))
    assert not do_once("8", "op", "note", "one", deed([])).replayed


@pytest.mark.django_db
def test_a_deed_that_fails_leaves_no_receipt_and_may_be_tried_again():
    def fails() -> dict:
        EventRow.objects.create(name="half", at=WHEN)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do_once("7", "op", "note", "one", fails)
    assert not Receipt.objects.exists()
    assert not EventRow.objects.exists()
    assert not do_once("7", "op", "note", "one", deed([])).replayed


@pytest.mark.django_db
def test_the_tokens_that_change_by_themselves_do_not_change_the_deed():
    make = RequestFactory().post
    one = make("/x/", {"words": "hello", "csrfmiddlewaretoken": "a", "operation": "1"})
    two = make("/x/", {"words": "hello", "csrfmiddlewaretoken": "b", "operation": "2"})
    other = make("/x/", {"words": "hallo", "csrfmiddlewaretoken": "a", "operation": "1"})
    assert fingerprint(one) == fingerprint(two) != fingerprint(other)


@pytest.mark.django_db
def test_a_form_without_an_id_is_still_done():
    request = RequestFactory().post("/x/", {"words": "hello"})
    assert not once(request, "note", deed([])).replayed


@pytest.mark.django_db
def test_a_replay_reads_once_and_writes_nothing(django_assert_num_queries):
    """It waits for no lock, so a hundred replays hold up nobody."""
    do_once("7", "op", "note", "one", deed([]))
    with django_assert_num_queries(1) as asked:
        do_once("7", "op", "note", "one", deed([]))
    assert asked[0]["sql"].startswith("SELECT")


@pytest.mark.django_db
def test_who_comes_second_at_the_same_moment_gets_the_first_receipt(monkeypatch):
    """Both look and find nothing; the unique row lets one through."""
    first = do_once("7", "op", "note", "one", deed([]))
    monkeypatch.setattr("meanwhile.core.receipts._receipt", lambda *_: None)
    times: list[int] = []
    second = do_once("7", "op", "note", "one", deed(times))
    assert (second.replayed, second.result, times) == (True, first.result, [])
    with pytest.raises(DifferentDeed):
        do_once("7", "op", "note", "two", deed(times))


@pytest.mark.django_db
def test_a_constraint_that_the_deed_breaks_is_not_taken_for_a_replay(monkeypatch):
    """Even where the same deed has been done by somebody else by the time it fails."""

    def breaks() -> dict:
        rival = Receipt(actor="7", operation="op", kind="note", fingerprint="one")
        rival.received_at = WHEN
        rival.save(force_insert=True)
        return {}

    with pytest.raises(IntegrityError):
        do_once("7", "op", "note", "one", breaks)
    assert not Receipt.objects.exists()


STRANGE = ["a\x00b", "\ud800", "x" * 65, "x" * 10_240, "ümlaut", "a b", "a/b", "a\n", "١٢٣", "%00"]


@pytest.mark.parametrize("operation", STRANGE, ids=range(len(STRANGE)))
def test_what_is_no_operation_id_is_refused(rf, operation):
    done: list[int] = []
    for request in (
        rf.post("/x/", {"words": "hello"}, headers={"X-Operation": operation}),
        rf.post("/x/", {"words": "hello"}),
    ):
        request.POST = request.POST.copy()
        request.POST["operation"] = operation
        with pytest.raises(UnreadableOperation):
            once(request, "note", deed(done))
    assert done == []


@given(st.text(max_size=80))
def test_only_short_plain_words_are_operation_ids(operation):
    """Whatever else comes is refused before the database hears of it (there is none here)."""
    plain = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    if not operation or len(operation) > 64 or set(operation) - plain:
        with pytest.raises(UnreadableOperation):
            do_once("7", operation, "note", "one", dict)
