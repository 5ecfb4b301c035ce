"""Where one stands with an idea, in a word, from both axes."""

import pytest

from meanwhile.learning.progress import Figures, standing_words


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        (Figures(total=5), "Later"),
        (Figures(total=5, done=1, questions=3), "Begun"),
        (Figures(total=5, done=2, questions=3, answered=2, right=2), "Begun"),
        (Figures(total=5, done=3, questions=5, answered=3, right=2), "Understood so far"),
        (Figures(total=5, done=3, questions=5, answered=3, right=1), "Begun"),
        (Figures(total=5, done=5, questions=5, answered=5, right=3), "Yours"),
        (Figures(total=5, done=5, questions=5, answered=5, right=2), "Done, still shaky"),
        (Figures(total=2, done=2, questions=1, answered=1, right=0), "Done, one to look at again"),
        (Figures(total=2, done=2), "Done"),
    ],
)
def test_the_word_is_what_the_figures_show(figures, word):
    assert standing_words(figures)[0] == word


def test_nothing_is_understood_without_answers_that_show_it():
    assert not Figures(total=2, done=2).understood
    assert not Figures(total=9, done=3, questions=9, answered=2, right=2).understood
    assert Figures(total=1, done=1, questions=1, answered=1, right=1).understood
