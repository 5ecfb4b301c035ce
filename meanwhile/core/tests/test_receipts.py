"""Sent twice, done once; nothing kept of a deed that failed."""

import pytest
from django.test import RequestFactory

from meanwhile.core.models import EventRow, Receipt
from meanwhile.core.receipts import DifferentDeed, do_once, fingerprint, once

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
