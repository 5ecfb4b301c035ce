"""Whatever is sent as words is kept, comes back, and breaks no page."""

import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meanwhile.core import clock
from meanwhile.core.typed import typed_json
from meanwhile.courses.models import Block
from meanwhile.learning.models import Draft, Participation
from meanwhile.testing import Cast

HARD = st.sampled_from("a\x00\ud83d\ude00\udfff\t")
ANY = st.text(st.characters(exclude_categories=()) | HARD, max_size=20)
"""Every sign that JSON can spell: also a NUL, and half a pair of surrogates."""
UNTYPED = {"\x00", *map(chr, range(0xD800, 0xE000))}
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def written(cast: Cast) -> Block:
    """A question that is answered in words."""
    block = Block.objects.get(lesson__uid="lesson-0-0", uid="fish-0")
    block.kind, block.data = "short", {"answers": ["deeper"]}
    block.save()
    return block


def save(client: Client, cast: Cast, words: dict[str, Any]) -> HttpResponse:
    """As the first words at this place, whatever other examples left there."""
    Draft.objects.all().delete()
    return client.post(url(cast, "draft", "fish-0"), {"words": json.dumps(words)})


def url(cast: Cast, name: str, *more: str) -> str:
    return reverse(f"learning:{name}", args=[cast.offering.pk, "lesson-0-0", *more])


@FEW
@given(words=st.dictionaries(ANY, ANY | st.lists(ANY, max_size=3), max_size=4))
@example(words={"text": "a\x00\ud83d b", "\ud83d": ["\udfff"]})
def test_any_draft_is_kept_and_its_page_opens(cast, as_, written, words):
    client = as_("amina")
    assert save(client, cast, words).status_code == 200
    kept = Draft.objects.get().words
    assert kept == typed_json(json.dumps(words)) or not any(kept.values())
    assert client.get(url(cast, "lesson")).status_code == 200


@FEW
@given(words=ANY)
@example(words="a\x00b \ud83d c \ud83d\ude00")
def test_what_is_typed_comes_back_but_for_what_nobody_types(cast, as_, written, words):
    client = as_("amina")
    save(client, cast, {"text": words, "confidence": "1"})
    kept = Draft.objects.get().words["text"]
    spelled = json.loads(json.dumps(words))  # two halves beside each other are one sign
    assert kept == "".join(sign for sign in spelled if sign not in UNTYPED)
    assert escape(kept) in client.get(url(cast, "lesson")).content.decode()


def test_two_halves_that_make_one_sign_are_that_sign():
    assert typed_json(r'"\ud83d\ude00"') == "😀"


@pytest.mark.parametrize("sent", ["[" * 90_000, '{"a": 1}', "[]", "{", "NaN", '{"a": ["b", 2]}'])
def test_what_is_no_form_is_refused_in_words(cast, as_, written, sent):
    reply = as_("amina").post(url(cast, "draft", "fish-0"), {"words": sent})
    assert reply.status_code == 400
    assert reply.json()["errors"]["words"] == ["These words could not be read."]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="it keeps no such row")
def test_a_row_that_was_stored_before_breaks_no_page(cast, as_, written):
    now = clock.now()
    row = Participation.objects.create(
        person=cast.amina, offering=cast.offering, started_at=now, last_active_at=now
    )
    words = {"text": "half \ud83d and \x00 none", "\udfff": "x"}
    Draft.objects.create(participation=row, block=written, words=words, version=3, saved_at=now)
    page = as_("amina").get(url(cast, "lesson"))
    assert page.status_code == 200
    assert "half  and  none" in page.content.decode()
