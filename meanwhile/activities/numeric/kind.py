"""A number, near enough, in a unit that is accepted."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, FiniteFloat

from meanwhile.activities.numbers import fits, number, with_unit, written
from meanwhile.courses.activity import (
    AnswerData,
    Kind,
    Problem,
    Response,
    Unreadable,
    Verdict,
    keepable,
)

_WITH_UNIT = re.compile(r"(.*?[\d.)½¼¾⅓⅔⅕⅛⁰¹²³⁴⁵⁶⁷⁸⁹])\s*([^\d\s.,()+*/^×-][^\d]*\d?)\s*")


class Near(BaseModel):
    """An answer that is often given, and what to say to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: FiniteFloat
    feedback: str


class NumericData(AnswerData):
    answer: FiniteFloat
    tolerance: FiniteFloat = 0
    unit: str = ""
    units: dict[str, FiniteFloat] = {}
    near: list[Near] = []

    def factors(self) -> dict[str, float]:
        """Every unit that is accepted, as so many of the one the answer is in."""
        return ({self.unit: 1.0} if self.unit else {}) | self.units

    def fits(self, value: float, of: float) -> bool:
        return fits(value, of, self.tolerance)


class Numeric(Kind[NumericData]):
    """`answer` (number), `tolerance` (number, 0), `unit` (text), `units` (other units with their
    factor, for example `cm: 0.01`), `near` (list of `value`, `feedback` for answers often given)"""

    name = "numeric"
    label = _("Question: a number")
    icon = "scale"
    Data = NumericData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "answer": 1.5,
            "tolerance": 0.05,
            "unit": "m",
            "units": {"cm": 0.01},
            "near": [{"value": 3, "feedback": "That is the whole way there and back."}],
            "hints": ["How far is it to the mirror, and back again?"],
            "why": "The picture lies as far behind a mirror as you stand before it.",
        }, "You stand 1.5 m before a mirror. How far behind it does your picture seem to be?"

    def secret_sample(self) -> tuple[dict[str, Any], set[str]]:
        near = [{"value": 73513.625, "feedback": "Not quite."}]
        return self.sample()[0] | {"answer": 73512.625, "near": near}, {"73512", "73513"}

    def another_key(self) -> dict[str, Any]:
        return self.sample()[0] | {"answer": 77.125, "tolerance": 3, "near": []}

    def wrong(self, data: NumericData) -> list[Response]:
        """Too much, what is often given, the right number in a wrong unit."""
        right = self.right(data)
        far = data.answer + 2 * data.tolerance + max(1.0, abs(data.answer))
        values = [far, *(near.value for near in data.near)]
        answers = [right | {"number": written(value)} for value in values]
        answers += [right | {"unit": unit} for unit in data.units]
        return [answer for answer in answers if not self.score(data, answer).right]

    def check(self, data: NumericData, body: str) -> Iterator[Problem]:
        if data.tolerance < 0:
            yield Problem(say("A tolerance is 0 or more."), "tolerance")
        if data.units and not data.unit:
            yield Problem(say("Other units need a unit that the answer is in."), "unit")
        for name, factor in data.units.items():
            if factor <= 0 or name == data.unit:
                says = say("Each other unit has a name of its own and a factor above 0.")
                yield Problem(says, f"units.{name}")
        for at, near in enumerate(data.near):
            if data.fits(near.value, data.answer):
                yield Problem(say("This is taken as right already."), f"near.{at}.value")

    def texts(self, data: NumericData) -> dict[str, str]:
        near = {f"near.{index}": each.feedback for index, each in enumerate(data.near)}
        return super().texts(data) | near

    def view(self, data: NumericData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return {"unit": data.unit, "units": sorted(data.factors()) if data.units else []}

    def typed(self, data: NumericData, sent: QueryDict) -> Response:
        response = {"number": keepable(sent.get("number", ""), 100)}
        unit = sent.get("unit", "")
        return response | ({"unit": unit} if unit in data.factors() and data.units else {})

    def read(self, data: NumericData, sent: QueryDict) -> Response:
        """With the number as it was understood: what a comma meant depends on the language."""
        response = self.typed(data, sent)
        value, unit = self.value(data, response)
        if data.units and not unit:
            raise Unreadable(say("Choose the unit as well."))
        return response | {"value": value} | ({"unit": unit} if data.units else {})

    def value(self, data: NumericData, response: Response) -> tuple[float, str]:
        """The number and its unit; a unit typed behind the number counts as chosen."""
        typed, unit = str(response["number"]).strip(), str(response.get("unit", ""))
        if "value" in response:
            return float(response["value"]), unit or ("" if data.units else data.unit)
        with_unit = _WITH_UNIT.fullmatch(typed)
        if with_unit and with_unit[2].strip() in data.factors():
            return number(with_unit[1]), with_unit[2].strip()
        if with_unit and data.factors() and not with_unit[2].lower().startswith(("e", "x")):
            raise Unreadable(
                say("“%(unit)s” is not one of the units here: %(units)s.")
                % {"unit": with_unit[2].strip(), "units": ", ".join(data.factors())}
            )
        return number(typed), unit or ("" if data.units else data.unit)

    def score(self, data: NumericData, response: Response) -> Verdict:
        value, unit = self.value(data, response)
        meant = value * data.factors().get(unit, 1.0)
        if data.fits(meant, data.answer):
            return Verdict(1, (), {"number": True})
        if data.units and data.fits(value, data.answer):
            return Verdict(0.5, (), {"number": True, "unit": False})
        for index, near in enumerate(data.near):
            if data.fits(meant, near.value):
                return Verdict(0, (f"near.{index}",), {"number": False})
        return Verdict(0, (), {"number": False})

    def right(self, data: NumericData) -> Response:
        unit = {"unit": data.unit} if data.units else {}
        return {"number": written(data.answer)} | unit

    def say(self, data: NumericData, response: Response) -> str:
        typed = str(response["number"]).strip()
        unit = str(response.get("unit", "")) if data.units else data.unit
        return with_unit(typed, unit)


kind = Numeric()
