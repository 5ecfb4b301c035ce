"""A word or a few, compared as a fair reader would."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from meanwhile.courses.activity import (
    AnswerData,
    Kind,
    Problem,
    Response,
    Unreadable,
    Verdict,
    keepable,
)

LONGEST = 500
_SAME = str.maketrans("’‘“”‐‑–—−", "''\"\"-----")
_EDGES = " .,;:!?…\"'"


class Near(BaseModel):
    """An answer that is often given, and what to say to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    feedback: str


class ShortData(AnswerData):
    answers: list[str]
    case: bool = False
    accents: bool = False
    near: list[Near] = []

    def plain(self, text: str) -> str:
        """What counts of a text: not how signs are made up, not gaps, not the full stop at its
        end; capitals and accents only where the author says so."""
        text = unicodedata.normalize("NFKC", text).translate(_SAME)
        if not self.accents:
            bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            text = unicodedata.normalize("NFC", "".join(bare))
        text = " ".join(text.split())
        text = text.strip(_EDGES) or text
        return text if self.case else text.casefold()


class Short(Kind[ShortData]):
    """`answers` (list of texts taken as right), `case` (`true` where capitals count), `accents`
    (`true` where accents count), `near` (list of `text`, `feedback`)"""

    name = "short"
    label = _("Question: a few words")
    icon = "pen"
    Data = ShortData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "answers": ["refraction", "refracting"],
            "near": [{"text": "reflection", "feedback": "That is what a mirror does."}],
            "hints": ["It begins with *re* and has to do with breaking."],
            "why": "From the Latin for *break open*: the ray looks broken.",
        }, "What is the bending of light at a surface called?"

    def secret_sample(self) -> tuple[dict[str, Any], set[str]]:
        near = [{"text": "zwirbelig", "feedback": "Not quite."}]
        return self.sample()[0] | {"answers": ["quastig"], "near": near}, {"quastig", "zwirbelig"}

    def another_key(self) -> dict[str, Any]:
        return self.sample()[0] | {"answers": ["quite another word"], "near": []}

    def wrong(self, data: ShortData) -> list[Response]:
        right = {data.plain(answer) for answer in data.answers}
        words = say("I do not know")
        while data.plain(words) in right:
            words += " yet"
        return [{"text": text} for text in (*(near.text for near in data.near), words)]

    def check(self, data: ShortData, body: str) -> Iterator[Problem]:
        if not data.answers:
            yield Problem(say("Give at least one answer that is right."), "answers")
        for at, answer in enumerate(data.answers):
            if not data.plain(answer):
                yield Problem(say("An answer has words."), f"answers.{at}")
        right = {data.plain(answer) for answer in data.answers}
        for at, near in enumerate(data.near):
            if data.plain(near.text) in right:
                yield Problem(say("This is taken as right already."), f"near.{at}.text")

    def texts(self, data: ShortData) -> dict[str, str]:
        near = {f"near.{index}": each.feedback for index, each in enumerate(data.near)}
        return super().texts(data) | near

    def typed(self, data: ShortData, sent: QueryDict) -> Response:
        return {"text": keepable(sent.get("text", ""), LONGEST)}

    def read(self, data: ShortData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if not re.search(r"\w|\S", response["text"]):
            raise Unreadable(say("Write your answer first, in a few words."))
        return response

    def score(self, data: ShortData, response: Response) -> Verdict:
        given = data.plain(str(response["text"]))
        if given in {data.plain(answer) for answer in data.answers}:
            return Verdict(1, (), {"text": True})
        for index, near in enumerate(data.near):
            if given == data.plain(near.text):
                return Verdict(0, (f"near.{index}",), {"text": False})
        return Verdict(0, (), {"text": False})

    def right(self, data: ShortData) -> Response:
        return {"text": data.answers[0]}


kind = Short()
