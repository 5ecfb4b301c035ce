"""A place on a scale: near enough is right."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import FiniteFloat

from meanwhile.activities.numbers import fits, number, plain, with_unit, written
from meanwhile.courses.activity import (
    AnswerData,
    Kind,
    Problem,
    Response,
    Unreadable,
    Verdict,
    keepable,
)

MOST_STEPS = 10_000


class SliderData(AnswerData):
    min: FiniteFloat
    max: FiniteFloat
    step: FiniteFloat = 1
    answer: FiniteFloat
    tolerance: FiniteFloat = 0
    unit: str = ""
    low: str = ""
    high: str = ""
    below: str = ""
    above: str = ""

    @property
    def steps(self) -> float:
        """How many steps the scale has; infinite where they are too small to count."""
        return (self.max - self.min) / self.step

    def nearest(self, value: float) -> float:
        """The step that lies nearest."""
        return self.min + min(round((value - self.min) / self.step), int(self.steps)) * self.step


class Slider(Kind[SliderData]):
    """`min`, `max`, `answer` (numbers, required), `step` (1), `tolerance` (0), `unit` (text), `low`
    and `high` (words at the ends of the scale), `below` and `above` (feedback to a number that is
    too small, too large)"""

    name = "slider"
    label = _("Question: a place on a scale")
    icon = "axes"
    Data = SliderData
    answers = True
    phrases = ("low", "high")
    seen = phrases

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "min": 0,
            "max": 90,
            "step": 5,
            "answer": 50,
            "tolerance": 5,
            "unit": "°",
            "low": "along the normal",
            "high": "along the mirror",
            "below": "Look at the drawing again: which angle do we measure from the normal?",
            "above": "That is nearly flat against the mirror.",
            "hints": ["The ray leaves as steeply as it came."],
            "why": "The angle out is equal to the angle in.",
        }, "A ray meets a mirror at 50° from the normal. At which angle does it leave?"

    def secret_sample(self) -> tuple[dict[str, Any], set[str]]:
        key = {"max": 100_000, "step": 12.5, "answer": 73_512.5, "tolerance": 21_943.5}
        return self.sample()[0] | key, {"73512", "21943"}

    def another_key(self) -> dict[str, Any]:
        return self.sample()[0] | {"answer": 20, "tolerance": 2, "below": "More.", "above": ""}

    def wrong(self, data: SliderData) -> list[Response]:
        """The two ends, where they are too far away."""
        ends = [data.min, data.max]
        return [{"number": written(end)} for end in ends if not self._right(data, end)]

    def check(self, data: SliderData, body: str) -> Iterator[Problem]:
        if data.step <= 0:
            yield Problem(say("A step is more than 0."), "step")
        elif data.min >= data.max:
            yield Problem(say("The scale ends above where it begins."), "max")
        elif not 1 <= data.steps <= MOST_STEPS:
            says = say("A scale has from 1 to %(most)d steps. Take another step.")
            yield Problem(says % {"most": MOST_STEPS}, "step")
        elif not data.min <= data.answer <= data.max:
            yield Problem(say("The answer lies outside the scale."), "answer")
        elif not self._right(data, data.nearest(data.answer)):
            says = say("No step of the scale is near enough to the answer.")
            yield Problem(says, "tolerance")
        elif not self.wrong(data):
            yield Problem(say("Every place on the scale is right."), "tolerance")
        if data.tolerance < 0:
            yield Problem(say("A tolerance is 0 or more."), "tolerance")

    def texts(self, data: SliderData) -> dict[str, str]:
        own = {name: getattr(data, name) for name in ("low", "high", "below", "above")}
        return super().texts(data) | {name: text for name, text in own.items() if text}

    def view(self, data: SliderData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        """Numbers as texts: once for the browser, once with their unit for people."""
        return {
            "min": plain(data.min),
            "max": plain(data.max),
            "step": plain(data.step),
            "unit": data.unit,
            "mark": written(0.5)[1],
            "from": with_unit(written(data.min), data.unit),
            "to": with_unit(written(data.max), data.unit),
            "low": rendered.get("low", ""),
            "high": rendered.get("high", ""),
        }

    def typed(self, data: SliderData, sent: QueryDict) -> Response:
        return {"number": keepable(sent.get("number", ""), 100)}

    def read(self, data: SliderData, sent: QueryDict) -> Response:
        """With the number as it was understood. Any number on the scale counts, also between two
        steps: they are for the handle."""
        typed = self.typed(data, sent)["number"].strip()
        value = number(typed.removesuffix(data.unit))
        if not data.min <= value <= data.max:
            raise Unreadable(
                say("Give a number from %(min)s to %(max)s.")
                % {"min": written(data.min), "max": written(data.max)}
            )
        return {"number": typed, "value": value}

    def score(self, data: SliderData, response: Response) -> Verdict:
        value = float(response["value"]) if "value" in response else number(response["number"])
        if self._right(data, value):
            return Verdict(1, (), {"number": True})
        feedback = "below" if value < data.answer else "above"
        texts = (feedback,) if getattr(data, feedback) else ()
        return Verdict(0, texts, {"number": False})

    def right(self, data: SliderData) -> Response:
        return {"number": written(data.answer)}

    def say(self, data: SliderData, response: Response) -> str:
        return with_unit(str(response["number"]).strip(), data.unit)

    def _right(self, data: SliderData, value: float) -> bool:
        return fits(value, data.answer, data.tolerance)


kind = Slider()
