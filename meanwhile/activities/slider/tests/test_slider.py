"""A place on a scale."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from meanwhile.activities.slider.kind import Slider
from meanwhile.courses.activity import Unreadable, data_of

kind = Slider()


def scale(**more):
    return data_of("slider", {"min": 0, "max": 10, "answer": 4, "step": 0.5, **more})


def problems(**more):
    return [problem.says for problem in kind.check(scale(**more), "")]


@pytest.mark.parametrize(
    ("typed", "score"),
    [("4", 1), ("4.2", 1), ("3,8", 1), ("3.7", 0), ("4 cm", 1), ("4cm", 1), ("4½", 0), ("10", 0)],
)
def test_near_enough_is_right_between_two_steps_too(typed, score):
    data = scale(tolerance=0.2, unit="cm")
    form = QueryDict(mutable=True)
    form["number"] = typed
    assert kind.score(data, kind.read(data, form)).score == score


@pytest.mark.parametrize("typed", ["-1", "10.01", "1e9"])
def test_what_is_not_on_the_scale_is_sent_back_with_its_ends(typed):
    with pytest.raises(Unreadable, match="from 0 to 10"):
        kind.read(scale(), QueryDict(f"number={typed}"))


def test_too_small_and_too_large_are_told_apart():
    data = scale(below="More.", above="Less.")
    texts = [kind.score(data, {"number": n, "value": float(n)}).texts for n in ("1", "9")]
    assert texts == [("below",), ("above",)]
    assert kind.score(scale(), {"number": "1", "value": 1.0}).texts == ()


def test_the_browser_gets_points_and_people_their_own_mark():
    with override("fr"):
        view = kind.view(scale(max=2.5, answer=1), {}, "")
    assert (view["max"], view["step"]) == ("2.5", "0.5")
    assert (view["to"], view["mark"]) == ("2,5", ",")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"step": 0}, "A step is more than 0."),
        ({"max": -1}, "ends above where it begins"),
        ({"step": 1e-300}, "from 1 to 10000 steps"),
        ({"min": -1e308, "max": 1e308}, "from 1 to 10000 steps"),
        ({"step": 20}, "from 1 to 10000 steps"),
        ({"answer": 11}, "outside the scale"),
        ({"answer": 4.2}, "No step"),
        ({"tolerance": 6}, "Every place"),
        ({"tolerance": -1}, "0 or more"),
    ],
)
def test_a_scale_that_cannot_be_answered_is_refused(wrong, says):
    assert any(says in each for each in problems(**wrong)), problems(**wrong)
    assert not problems()
