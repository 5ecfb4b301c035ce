"""Words are cut, folded and brought to their stem."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meanwhile.search.lexicon import Words, nearest, slips_between
from meanwhile.search.words import fold, stem, stems, tokens


@pytest.mark.parametrize(
    ("written", "asked", "language"),
    [
        ("shadows", "shadow", "en-GB"),
        ("Réfractions", "refraction", "fr"),
        ("ÉCOLE", "ecole", "fr"),
        ("Straßen", "strasse", "de"),
        ("Schatten", "schatten", "de"),
        ("الضَّوْء", "ضوء", "ar"),
        ("إنكسار", "انكسار", "ar"),
        ("свету", "свет", "ru"),
        ("Łódź", "lodz", "pl-PL"),
        ("naïve", "naive", "tlh"),  # no stemmer for it: accents are still forgiven
    ],
)
def test_a_word_is_found_by_its_other_forms(written: str, asked: str, language: str):
    [one] = stems(written, language)
    assert one in {stem(asked, language), fold(asked)}


def test_writing_without_gaps_is_cut_into_pairs():
    assert stems("光の屈折", "ja") == ["光の", "の屈", "屈折"]
    assert stems("折", "ja") == ["折"]
    assert stems("แสง", "th") == ["แส", "สง"]
    assert stems("H2O水分子", "zh") == ["h2o", "水分", "分子"]


def test_words_that_say_nothing_have_no_stem():
    assert stems("why is the light in the water", "en") == ["light", "water"]
    assert stems("pourquoi la lumière", "fr") == ["lumi"]


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ar", "zh", "tr", "hi", ""]))
@settings(max_examples=300, deadline=None)
def test_every_token_stands_where_it_says(text: str, language: str):
    at = 0
    for token in tokens(text, language):
        assert at <= token.start < token.end <= len(text)
        assert text[token.start : token.end].lower()[:1] or token.shown
        assert not set(token.stem) & set(" \"'\\&|!():*\t\n\0"), "the databases would misread it"
        at = token.start


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
@settings(max_examples=300, deadline=None)
def test_slips_are_the_same_both_ways_and_none_for_the_same(one: str, other: str):
    assert slips_between(one, other, 9) == slips_between(other, one, 9)
    assert (slips_between(one, other, 9) == 0) == (one == other)
    assert slips_between(one, other, 1) == min(2, slips_between(one, other, 9))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refration", "refraction"),
        ("reafraction", "refraction"),
        ("erfraction", "refraction"),
        ("shdaow", "shadow"),
        ("prizm", "prism"),
        ("lihgt", "light"),
        ("xyzzyx", ""),
        ("ray", ""),  # too short to guess at
    ],
)
def test_what_was_meant(typed: str, meant: str):
    words = Words()
    words.count("", "refraction of light by a prism, shadow, rain, shallow", "en", 1)
    assert nearest(typed, [words]) == meant


def test_words_that_leave_are_forgotten_and_come_back_the_same():
    words = Words()
    words.count("Light", "A prism bends light.", "en", 1)
    before = words.packed()
    words.count("Dark", "A prism in the dark.", "en", 1)
    words.count("Dark", "A prism in the dark.", "en", -1)
    assert words.packed() == before
    assert Words.unpacked(before).stems == {"light": 1, "prism": 1, "bend": 1}
