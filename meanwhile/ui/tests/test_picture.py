import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meanwhile.ui import picture

WHOLE = '<rect class="on" x="1.5" y="2" width="14" height="14" rx="3"/>'


def test_a_cell_fills_square_and_circle_as_drawn_by_hand() -> None:
    assert picture.square(8, 8) == WHOLE
    assert picture.square(4, 8) == (
        '<rect class="on" x="1.5" y="9" width="14" height="7" rx="1.5"/>'
    )
    assert picture.circle(8, 8) == '<circle class="on" cx="29" cy="9" r="7"/>'
    assert picture.circle(2, 8) == '<path class="on" d="M29 9V2a7 7 0 0 1 7.00 7.00z"/>'
    assert picture.circle(4, 8) == '<path class="on" d="M29 9V2a7 7 0 0 1 0.00 14.00z"/>'


def test_nothing_done_and_nothing_answered_are_open_shapes() -> None:
    assert "on" not in re.sub("[^o]n|o[^n]", "", picture.square(0, 4))
    assert picture.circle(0, 0) == ""


def test_a_cell_says_its_numbers_in_words() -> None:
    assert 'aria-label="8 of 8 done, 4 of 8 answers right"' in picture.cell(8, 8, 4, 8)
    assert 'aria-label="0 of 4 done, no answers yet"' in picture.cell(0, 4, 0, 0)
    assert 'aria-hidden="true"' in picture.cell(1, 2, 1, 1, label="")


def test_a_label_cannot_bring_markup_in() -> None:
    assert "<b>" not in picture.cell(1, 2, 1, 1, label='"><b>')


def test_a_long_row_is_words_only() -> None:
    assert picture.row_of_marks("done", 12, 40) == ""
    assert picture.row_of_marks("done", 2, 3).count("<rect") == 3
    assert picture.row_of_marks("know", 2, 3).count('class="on"') == 2


@pytest.mark.parametrize(
    ("name", "called", "letters"),
    [
        ("Amina Haddad", "", "AH"),
        ("Grace Okafor", "Ms Okafor", "O"),
        ("Baraka", "", "B"),
        ("Ana Maria de Souza", "", "AS"),
        ("", "", "?"),
    ],
)
def test_initials(name: str, called: str, letters: str) -> None:
    assert picture.initials(name, called) == letters


@given(st.integers(-5, 50), st.integers(-5, 50))
def test_a_share_is_never_above_all_or_below_nothing(part: int, whole: int) -> None:
    assert 0 <= picture.fraction(part, whole) <= 1
