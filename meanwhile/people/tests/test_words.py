"""The words of name cards."""

from itertools import combinations
from math import log2

import pytest

from meanwhile.people.words import draw, keyed_hash, tidy, words


def test_three_words_are_more_than_thirty_bits(figure):
    assert len(words()) == len(set(words()))
    figure(f"{len(words())} words: three are {3 * log2(len(words())):.1f} bits")
    assert 3 * log2(len(words())) >= 30


def differ_by_one(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def test_no_two_words_differ_by_one_letter():
    close = [
        (a, b) for a, b in combinations(words(), 2) if abs(len(a) - len(b)) < 2 and a[:1] == b[:1]
    ]
    assert not [pair for pair in close if differ_by_one(*pair)]


@pytest.mark.parametrize(
    "typed",
    ["Otter maple comet", " OTTER, maple – comet.", "otter-maple-comet", "ótter maple comet"],
)
def test_words_are_understood_however_they_are_typed(typed):
    assert tidy(typed) == "otter maple comet"


def test_the_hash_is_of_one_class_and_one_site(settings):
    here = keyed_hash(1, "otter maple comet")
    assert keyed_hash(2, "otter maple comet") != here
    settings.SECRET_KEY = "another"
    assert keyed_hash(1, "otter maple comet") != here


def test_drawn_words_are_three_of_the_list():
    assert all(word in words() for word in draw().split())
    assert len(draw().split()) == 3
