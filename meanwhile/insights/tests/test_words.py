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
