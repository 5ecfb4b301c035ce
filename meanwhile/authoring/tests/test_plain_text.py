"""Questions typed as plain text become questions, each of the kind its marks say."""

import pytest

from meanwhile.authoring.lines import LINES, read
from meanwhile.authoring.lines.plain_text import questions_of

OURS = """Where is the fish?

* [x] Deeper :: Yes.
* [ ] There

---

Which are primes?

* [x] 2
* [x] 3
* [ ] 4


How far?

= 40 ± 1 cm


What is the bending called?

= refraction


Put in order.

1. Sun
2. Leaf
3. Eye

---

Match.

* a mirror -> light
* a prism -> colours

---

What angle?

& 0 .. 90 / 5
= 50 ± 5 °

---

Just words to read."""
GIFT = """// a comment
::Q1:: Who painted it? {=Vermeer#Yes. ~Rembrandt#Another Dutchman. ~Goya}

Two plus two {#4:0.1}

Between {#1..5}

The sun is a star. {TRUE#No, it is.#Right.}

Match. {=cat -> miaow =dog -> woof}

Grass is {=green =Green} in spring.

Which are even? {~%50%2 ~%50%4 ~%-100%3}

What do you think? {}

A brace \\{ and 1 \\= 1. {=yes ~no ####Because so.}"""


def test_the_marks_say_the_kind():
    found = questions_of(OURS)
    assert [each.kind for each in found] == [
        "choice", "choices", "numeric", "short", "ordering", "matching", "slider", "text",
    ]  # fmt: skip
    for each in found[:-1]:
        assert not read(each.kind, LINES, each.words, {}).problems, each


def test_gift_is_understood():
    found = questions_of(GIFT)
    assert [each.kind for each in found] == [
        "choice", "numeric", "numeric", "choice", "matching", "short", "choices", "reveal",
        "choice",
    ]  # fmt: skip
    first = read("choice", LINES, found[0].words, {})
    assert first.body == "Who painted it?"
    assert [option["text"] for option in first.data["options"]] == ["Vermeer", "Rembrandt", "Goya"]
    assert first.data["options"][0] | {"id": ""} == {
        "id": "", "text": "Vermeer", "right": True, "feedback": "Yes.",
    }  # fmt: skip
    assert read("numeric", LINES, found[1].words, {}).data == {"answer": 4, "tolerance": 0.1}
    assert read("numeric", LINES, found[2].words, {}).data == {"answer": 3, "tolerance": 2}
    assert "Grass is ____ in spring." in found[5].words
    last = read("choice", LINES, found[8].words, {})
    assert last.body == "A brace { and 1 = 1."
    assert last.data["why"] == "Because so."


@pytest.mark.parametrize("text", ["", "\n\n", "Words {with braces} only.", "{", "}{=a"])
def test_what_is_no_question_is_text_or_nothing(text: str):
    assert all(each.kind == "text" for each in questions_of(text))


def test_they_land_behind_the_block_in_their_order(writer):
    writer.arrange("questions", uid="text-0", text=OURS)
    kinds = [part.kind for part in writer.lesson().document.parts]
    assert kinds[1:4] == ["choice", "choices", "numeric"]
