"""Whatever is sent, a kind reads it or says what to write instead; nothing else ever happens."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meanwhile.activities.numbers import number, plain, with_unit, written
from meanwhile.courses.activity import KINDS, LONGEST_FIELD, Unreadable, Verdict, data_of, kind_of

ASKING = sorted(name for name, kind in KINDS.items() if kind.answers)
HARD = (
    "\x00", "a\x00b", "\ud800", "\udfff5", "1e999", "-1e999", "1e-999", "NaN", "nan", "inf", "Infinity",
    "9" * 400, "0." + "9" * 400, "1" + "0" * 30, "٣٫٥", "３", "²", "½", "⅐", "Ⅷ", "五", "١/٠", "1/0",
    "0/0", "0,5", "−3", "--3", "5 cm", "5\u00a0cm", "°", "1e", "e5", "x10", "10^", "1×10⁹⁹", "1e99",
    "[]", "{}", "<b>", "\u202e12", "\ufeff4", "4\u200b", "0x1F", "1_000", "+", "-", ".", ",", "1/2/3",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(categories=None), max_size=60),
    st.floats().map(repr),
    st.integers().map(str),
    st.from_regex(r"[-+−]?[0-9٠-٩ ,.'/½eE×^]{1,30}( ?[a-z°]{1,3})?", fullmatch=True),
)


def form_of(fields: dict[str, list[str]]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        form.setlist(name, values)
    return form


def forms(name: str) -> st.SearchStrategy[QueryDict]:
    """Forms of a kind's own fields, holding anything, and of fields it knows nothing of; what is
    right may be among it, so that half an answer is tried as well."""
    kind = KINDS[name]
    right = kind.right(data_of(name, kind.sample()[0]))
    known = [
        each for value in right.values() for each in ([value] if isinstance(value, str) else value)
    ]
    values = st.lists(TEXTS | st.sampled_from(known), max_size=4)
    fields = st.sampled_from([*right, "choice", "unit", "confidence", "\x00"]) | TEXTS
    return st.dictionaries(fields, values, max_size=8).map(form_of)


@pytest.mark.parametrize("language", ["en-gb", "fr", "ar"])
@pytest.mark.parametrize("name", ASKING)
@settings(max_examples=30, deadline=None)
@given(chosen=st.data())
def test_anything_that_is_sent_is_kept_and_marked_or_refused_in_words(name, language, chosen):
    kind, data = KINDS[name], data_of(name, KINDS[name].sample()[0])
    sent = chosen.draw(forms(name))
    with override(language):
        draft = kind.typed(data, sent)
        assert kept(draft) == draft
        read_or_refused(kind, data, sent)


def read_or_refused(kind: Any, data: Any, sent: QueryDict) -> None:
    """Marked, or sent back with a sentence."""
    refused = None
    try:
        marked(kind, data, kind.read(data, sent))
    except Unreadable as unreadable:
        refused = str(unreadable)
    assert refused is None or refused.strip()


def kept(response: dict[str, Any]) -> dict[str, Any]:
    """As the database holds it: JSON, without what PostgreSQL has no room for."""
    text = json.dumps(response, allow_nan=False)
    assert "\\u0000" not in text
    assert not any("\ud800" <= sign <= "\udfff" for sign in repr_of(response))
    assert all(len(each) <= LONGEST_FIELD for each in repr_of(response).split("\n"))
    return json.loads(text)


def repr_of(response: dict[str, Any]) -> str:
    values = (
        each
        for value in response.values()
        for each in (value if isinstance(value, list) else [value])
    )
    return "\n".join(str(value).replace("\n", " ") for value in [*response, *values])


def marked(kind: Any, data: Any, response: dict[str, Any]) -> None:
    """The mark is one, the same again after it was kept, and it can be said."""
    verdict = kind.score(data, response)
    assert isinstance(verdict, Verdict)
    assert 0 <= verdict.score <= 1
    assert set(verdict.texts) <= set(kind.texts(data))
    again = kept(response)
    assert kind.score(data, again) == verdict
    assert isinstance(kind.say(data, again), str)


@pytest.mark.parametrize("name", ASKING)
def test_every_hard_text_in_every_field(name):
    kind, data = KINDS[name], data_of(name, KINDS[name].sample()[0])
    for hard in HARD:
        sent = form_of({field: [hard] for field in kind.right(data)})
        kept(kind.typed(data, sent))
        read_or_refused(kind, data, sent)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["en-gb", "fr", "ar"]))
@example("1/" + "0" * 12, "fr")
def test_a_number_is_finite_or_refused(text, language):
    with override(language):
        try:
            value = number(text)
        except Unreadable:
            return
    assert abs(value) < float("inf")


@settings(max_examples=150, deadline=None)
@given(
    st.floats(-1e9, 1e9).map(lambda value: round(value, 4)), st.sampled_from(["en-gb", "fr", "ar"])
)
def test_what_is_written_is_read_again(value, language):
    with override(language):
        assert number(written(value)) == pytest.approx(value, rel=1e-9)
    assert float(plain(value)) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0,5", 0.5),
        ("½", 0.5),
        ("5 cm", 5),
        ("5cm", 5),
        ("−3", -3),
        ("- 3 cm", -3),
        ("1,5 cm", 1.5),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "fr"])
def test_a_number_is_what_its_writer_means(typed, meant, language):
    kind = kind_of("numeric")
    data = data_of("numeric", {"answer": meant, "unit": "cm"})
    with override(language):
        response = kind.read(data, form_of({"number": [typed]}))
        assert response["value"] == meant
        assert kind.score(data, response).right


@pytest.mark.parametrize(
    ("words", "unit", "shown"), [("40", "°", "40°"), ("5", "cm", "5 cm"), ("5 cm", "cm", "5 cm")]
)
def test_a_unit_stands_as_it_is_written(words, unit, shown):
    assert with_unit(words, unit) == shown
