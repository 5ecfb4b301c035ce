"""A receipt is true, and says so to whoever holds its code, and nothing else to anybody."""

import pytest
from django.test import Client

from meanwhile.assessment import queries
from meanwhile.assessment.models import Submission
from meanwhile.assessment.receipts import contents_hash


@pytest.fixture
def row(desk) -> Submission:
    desk.post("hand_ins", {"text": "zzcanarywords", "base_version": "0"})
    return Submission.objects.get()


def check(code: str, client: Client | None = None):
    return (client or Client()).post("/receipts/", {"code": code})


def test_the_code_is_true_for_anybody_however_it_is_typed(row):
    typed = f"  {row.code[:4].lower()} {row.code[4:]}"
    page = check(typed).content.decode()
    assert "This receipt is true." in page
    assert row.sha256 in page
    assert row.sha256 == contents_hash("zzcanarywords", "", [])


def test_it_tells_neither_who_nor_what_nor_where(row, cast):
    page = check(row.code).content.decode()
    for secret in (
        "zzcanarywords", "Amina", "Haddad", "8B", "Riverside", "Explain the fish",
        "Light and colour", row.signature, f"/hand-ins/{row.pk}/",
    ):  # fmt: skip
        assert secret not in page, secret


def test_another_code_is_not(row):
    assert "There is no such receipt." in check("AAAA-AAAA").content.decode()
    assert "This receipt" not in check("").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"number": 7},
        {"code": "AAAAAAAA"},
        {"handed_in_at": "2026-01-01T00:00Z"},
    ],
)
@pytest.mark.promise("T27")
def test_a_row_that_was_changed_afterwards_is_not_true(row, change):
    """A receipt whose row was tampered with"""
    Submission.objects.filter(pk=row.pk).update(**change)
    assert queries.receipt_of(change.get("code", row.code)) is None


def test_a_new_key_of_the_site_leaves_old_receipts_true(row, settings):
    settings.RECEIPT_KEYS = ["a-new-one", *settings.RECEIPT_KEYS]
    assert queries.receipt_of(row.code) is not None
    settings.RECEIPT_KEYS = ["a-new-one"]
    assert queries.receipt_of(row.code) is None


@pytest.mark.promise("T19")
def test_codes_cannot_be_guessed_by_trying(row, monkeypatch):
    """Guessing at receipts is limited like guessing at any door"""
    from meanwhile.core import limits

    monkeypatch.setattr(limits, "PER_ADDRESS", 20)
    said = [check(f"AAAA{n:04d}").status_code for n in range(30)]
    assert said.count(429) == 10
    assert check("AAAA0001").status_code == 429


def test_who_holds_a_true_code_may_ask_as_often_as_they_like(row):
    assert {check(row.code).status_code for _n in range(25)} == {200}
