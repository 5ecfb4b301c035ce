"""Nothing of a question reaches a page before it may: a canary in every field of every kind."""

import re
from typing import Any

import pytest
from django.urls import reverse

from meanwhile.courses.activity import KINDS, data_of, kind_of
from meanwhile.courses.models import Block, Lesson
from meanwhile.learning import queries
from meanwhile.learning.tests.conftest import kept_of

ASKING = sorted(name for name, kind in KINDS.items() if kind.answers)
OPEN = {"text", "left", "right", "label", "unit", "units"}
"""Keys whose words are on the page from the start: options, items, what is matched."""


def with_canaries(value: Any, secret: set[str], key: str = "") -> Any:
    """The sample of a kind, with a word that is easily found in each field that is a secret. What
    the kind itself says is one stays as it is."""
    if isinstance(value, dict):
        return {name: with_canaries(each, secret, name) for name, each in value.items()}
    if isinstance(value, list):
        return [with_canaries(each, secret, key) for each in value]
    if str(value) in secret:
        return value
    if isinstance(value, str) and key not in OPEN:
        return f"canary-{key}-{abs(hash(value)) % 10**8}"
    return value


@pytest.fixture(params=ASKING)
def asked(request, cast) -> Block:
    """A lesson with one question of this kind, full of canaries."""
    kind = kind_of(request.param)
    sample, secret = kind.secret_sample()
    given = {"hints": ["one", "two"], "why": "because"} | sample
    data = with_canaries(given, secret)
    texts = kind.texts(data_of(kind.name, data))
    marked = {
        name: f"<p>{words}</p>"
        if name.split(".")[0] in kind.seen
        else f"<p>{words} canary-{name}</p>"
        for name, words in texts.items()
    }
    lesson = Lesson.objects.get(uid="lesson-0-0")
    lesson.blocks.all().delete()
    return Block.objects.create(
        lesson=lesson,
        uid="asked",
        kind=kind.name,
        data=data,
        rendered={"body": "<p>Wording</p>"} | marked,
        answers=True,
        minutes=1,
    )


def secrets(block: Block) -> set[str]:
    """The canaries that must not be seen yet, whatever the kind."""
    kind = kind_of(block.kind)
    texts = kind.texts(data_of(block.kind, block.data))
    hidden = {f"canary-{name}" for name in texts if name.split(".")[0] not in kind.seen}
    words = set(re.findall(r"canary-(?:id|feedback|hints|why|answers)-\d+", repr(block.data)))
    shown = {t for n, t in texts.items() if n.split(".")[0] in kind.seen}
    return (hidden | words | kind.secret_sample()[1]) - shown


def found(cast, client, block: Block) -> set[str]:
    page = client.get(reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"]))
    assert page.status_code == 200
    words = page.content.decode()
    assert "Wording" in words
    return {secret for secret in secrets(block) if secret in words}


def url(cast, name: str, *more: Any) -> str:
    return reverse(f"learning:{name}", args=[cast.offering.pk, "lesson-0-0", "asked", *more])


def test_before_an_answer_nothing_is_on_the_page(cast, as_, asked):
    assert secrets(asked), "a kind without a secret would prove nothing"
    assert found(cast, as_("amina"), asked) == set()


def test_what_a_template_gets_holds_nothing_either(asked):
    """Whatever a kind's template does with it: what is not there cannot slip out."""
    [item] = queries.items_of([asked], queries.Work())
    given = repr((item.rendered, item.hints, item.why, item.feedback))
    assert {secret for secret in secrets(asked) if secret in given and "id-" not in secret} == set()


def test_one_hint_is_one_hint(cast, as_, asked):
    client = as_("amina")
    part = client.post(url(cast, "hint", 1), {}, headers={"HX-Request": "true"}).content.decode()
    assert "canary-hint.0" in part
    assert "canary-hint.1" not in part
    assert "canary-why" not in part


def test_a_right_answer_earns_everything_through_the_page(cast, as_, asked, offering):
    kind, data = kind_of(asked.kind), data_of(asked.kind, asked.data)
    client = as_("amina")
    reply = client.post(url(cast, "answer"), kind.right(data))
    assert reply.status_code == 302
    assert kept_of(cast.amina, offering).right == 1
    assert "canary-why" in found(cast, client, asked)


def test_nothing_at_all_is_refused_in_words(cast, as_, asked):
    reply = as_("amina").post(url(cast, "answer"), {})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()


def test_no_id_of_a_kind_is_one_of_the_card_around_it(cast, as_, asked):
    client = as_("amina")
    client.post(url(cast, "answer"), kind_of(asked.kind).wrong(data_of(asked.kind, asked.data))[0])
    page = client.get(reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"]))
    ids = re.findall(r'\sid="(asked-[^"]*)"', page.content.decode())
    assert "asked-verdict" in ids
    assert sorted(ids) == sorted(set(ids))
