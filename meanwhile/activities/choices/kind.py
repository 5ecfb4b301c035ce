"""Any number of several are right."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.activities.options import (
    OptionsData,
    chosen_id,
    option_problems,
    option_texts,
    other_options,
    shown_options,
)
from meanwhile.courses.activity import Kind, Problem, Response, Unreadable, Verdict


class Choices(Kind[OptionsData]):
    """As *choice*, any number right"""

    name = "choices"
    label = _("Question: several choices")
    icon = "check-circle"
    Data = OptionsData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "options": [
                {"id": "sun", "text": "The Sun", "right": True},
                {"id": "moon", "text": "The Moon", "feedback": "It only sends on the Sun's light."},
                {"id": "candle", "text": "A candle", "right": True},
            ],
            "hints": ["Which of them shine by themselves?"],
            "why": "A light source makes light. Everything else sends it on.",
        }, "Which of these are light sources?"

    def another_key(self) -> dict[str, Any]:
        return other_options(self.sample()[0])

    def wrong(self, data: OptionsData) -> list[Response]:
        """One that is not right, one too few, everything ticked."""
        rights = [option.id for option in data.options if option.right]
        others = [option.id for option in data.options if not option.right]
        answers = [others[:1], rights[1:], rights + others if others else []]
        return [{"choices": answer} for answer in answers if answer]

    def check(self, data: OptionsData, body: str) -> Iterator[Problem]:
        yield from option_problems(data.options)
        if not any(option.right for option in data.options):
            yield Problem(say("At least one option is right; here none is."), "options")

    def texts(self, data: OptionsData) -> dict[str, str]:
        return super().texts(data) | option_texts(data.options)

    def view(self, data: OptionsData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return {"options": shown_options(data.options, rendered, data.shuffle, seed)}

    def typed(self, data: OptionsData, sent: QueryDict) -> Response:
        found = (chosen_id(data.options, each) for each in sent.getlist("choices"))
        return {"choices": sorted({each for each in found if each})}

    def read(self, data: OptionsData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if not response["choices"]:
            raise Unreadable(say("Tick at least one of the answers first."))
        return response

    def score(self, data: OptionsData, response: Response) -> Verdict:
        """Right ones ticked less wrong ones ticked, as a part of the right ones. Only what was
        ticked is marked, so that trying does not give away the rest."""
        chosen = [option for option in data.options if option.id in response["choices"]]
        rights = sum(option.right for option in data.options)
        balance = sum(1 if option.right else -1 for option in chosen)
        texts = tuple(f"feedback.{option.id}" for option in chosen if option.feedback)
        parts = {option.id: option.right for option in chosen}
        return Verdict(max(0.0, balance / rights) if rights else 0.0, texts, parts)

    def right(self, data: OptionsData) -> Response:
        return {"choices": sorted(option.id for option in data.options if option.right)}

    def say(self, data: OptionsData, response: Response) -> str:
        chosen = (option.text for option in data.options if option.id in response["choices"])
        return "; ".join(chosen)


kind = Choices()
