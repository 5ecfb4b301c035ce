"""Counting words, sentences and syllables, and what may be said of them."""

import pytest

from meanwhile.courses.files.colons import parser
from meanwhile.insights import words


@pytest.mark.parametrize(
    ("word", "count"),
    [("light", 1), ("shadow", 2), ("wanted", 2), ("moved", 1), ("mirror", 2), ("table", 2),
     ("made", 1), ("boxes", 2), ("makes", 1), ("refraction", 3), ("experiment", 4), ("the", 1),
     ("angle", 2), ("eye", 1), ("surface", 2), ("idea", 2), ("places", 2), ("rainbow", 2)],
)  # fmt: skip
def test_syllables_are_near_enough(word: str, count: int):
    assert abs(words.syllables(word) - count) <= (1 if word == "idea" else 0), word


def test_a_sentence_ends_where_it_ends():
    text = "Light is fast (e.g. in air). Dr. Young said: “Look!” Then he looked. It is 1.5 m."
    assert len(words.sentences(text)) == 4


def test_the_published_formula():
    """“The cat sat on the mat.”: 6 words, 1 sentence, 6 syllables: 0.39·6 + 11.8 − 15.59."""
    grade, count = words.grade(["The cat sat on the mat."])
    assert count == 6
    assert grade == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_harder_text_has_a_higher_grade():
    easy, _n = words.grade(["Light is fast. It goes in a line. You can see it."])
    hard, _n = words.grade(
        ["Electromagnetic radiation propagates rectilinearly in homogeneous media."]
    )
    assert hard > easy + 8


def test_code_tables_and_headings_are_not_prose():
    markdown = (
        "## Heading\n\nOne line with `code`.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nx = 1\n```"
    )
    assert [said for said, _line in words.paragraphs(parser().parse(markdown))] == [
        "One line with x."
    ]


@pytest.mark.parametrize(
    ("said", "ages"),
    [("12-14", (12, 14)), ("12–14", (12, 14)), ("16+", (16, 99)), ("14", (14, 14)), ("adults", None),
     ("", None), ("Year 8, 12 to 13", (12, 13))],
)  # fmt: skip
def test_ages_are_read_as_people_write_them(said: str, ages):
    assert words.ages(said) == ages


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("This is like a slip: for example, no stop here no capital either who can read it", 5),
        ("She wrote: “light goes on and on and on and never stops”.", 2),
        ('The "every time" part matters.', 5),
        ("For example, light bends here.", 5),
        ("Elle écrit : par exemple, sans point ni virgule on ne comprend rien", 2),
    ],
)
def test_what_is_only_shown_does_not_count_as_said(sentence: str, count: int):
    assert words.count(words.own(sentence)) == count


@pytest.mark.parametrize(
    ("line", "is_term"),
    [("**ray**: a line", 1), ("**ray:** a line", 1), ("**ray** – a line", 1), ("**Now** look.", 0),
     ("A **ray**: no", 0), ("**ray**", 0)],
)  # fmt: skip
def test_a_term_and_what_it_means_is_told_from_bold_words(line: str, is_term: int):
    assert words.begins_with_term(parser().parse(line)) == (is_term, 1)
