"""A task to try for oneself, an answer to open, and an honest look at one's own."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.activity import (
    AnswerData,
    Kind,
    Problem,
    Response,
    Unreadable,
    Verdict,
    keepable,
)
from meanwhile.courses.minutes import reading_minutes

WENT = {"had": 1.0, "partly": 0.5, "not-yet": 0.0}


class RevealData(AnswerData):
    answer: str
    label: str = ""


class Reveal(Kind[RevealData]):
    """A task to try for oneself with an answer to open: `answer` (Markdown, required), `label`.
    Counts as practice; the learner says how it went"""

    name = "reveal"
    label = _("Task with an answer to open")
    icon = "eye"
    Data = RevealData
    answers = True
    sure = False
    own = True
    seen = ("answer",)

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "answer": "Because light travels in straight lines, and the card is in its way.",
            "label": "Show what others say",
            "hints": ["Which way would the light have to go?"],
        }, "Why is it dark behind a card? Write it in your own words first."

    def another_key(self) -> dict[str, Any]:
        """There is no key: the answer is there to be opened."""
        return self.sample()[0]

    def wrong(self, data: RevealData) -> list[Response]:
        return [{"words": "", "went": "not-yet"}, {"words": "", "went": "partly"}]

    def check(self, data: RevealData, body: str) -> Iterator[Problem]:
        if not data.answer.strip():
            yield Problem(say("There is no answer to open."), "answer")

    def minutes(self, data: RevealData, body: str) -> float:
        return reading_minutes(body) + reading_minutes(data.answer) + 2.0

    def texts(self, data: RevealData) -> dict[str, str]:
        return super().texts(data) | {"answer": data.answer}

    def view(self, data: RevealData, rendered: Any, seed: str) -> dict[str, Any]:
        return {"label": data.label, "answer": rendered.get("answer", "")}

    def typed(self, data: RevealData, sent: QueryDict) -> Response:
        went = sent.get("went", "")
        words = {"words": keepable(sent.get("words", ""))}
        return words | ({"went": went} if went in WENT else {})

    def read(self, data: RevealData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if "went" not in response:
            raise Unreadable(say("Open the answer, then say how yours compares."))
        return response

    def score(self, data: RevealData, response: Response) -> Verdict:
        return Verdict(WENT.get(str(response.get("went")), 0.0))

    def right(self, data: RevealData) -> Response:
        return {"words": "", "went": "had"}

    def say(self, data: RevealData, response: Response) -> str:
        words = str(response.get("words", "")).strip()
        return f"{words} ({went_words(response)})" if words else went_words(response)


def went_words(response: Response) -> str:
    """The learner's own judgement, in words."""
    return {
        "had": say("by their own judgement: had it"),
        "partly": say("by their own judgement: partly"),
        "not-yet": say("by their own judgement: not yet"),
    }.get(str(response.get("went")), "–")


kind = Reveal()
