"""One of several is right, and each says why or why not."""

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


class Choice(Kind[OptionsData]):
    """`options`: list of `id`, `text`, `right`, `feedback`; `shuffle`. One option is right"""

    name = "choice"
    label = _("Question: one choice")
    icon = "check-circle"
    Data = OptionsData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "options": [
                {"id": "deeper", "text": "Deeper than it looks", "right": True, "feedback": "Yes."},
                {"id": "same", "text": "Exactly where it looks", "feedback": "Not if light bends."},
            ],
            "hints": ["Draw the ray to the surface first."],
            "why": "Light bends when it leaves the water.",
        }, "A fish rests near the bottom of a pond. Where is it really?"

    def another_key(self) -> dict[str, Any]:
        return other_options(self.sample()[0])

    def wrong(self, data: OptionsData) -> list[Response]:
        return [{"choice": option.id} for option in data.options if not option.right]

    def check(self, data: OptionsData, body: str) -> Iterator[Problem]:
        yield from option_problems(data.options)
        rights = sum(option.right for option in data.options)
        if rights != 1:
            yield Problem(
                say("Exactly one option is right; here %(count)d are. For several, use “choices”.")
                % {"count": rights},
                "options",
            )

    def texts(self, data: OptionsData) -> dict[str, str]:
        return super().texts(data) | option_texts(data.options)

    def view(self, data: OptionsData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        return {"options": shown_options(data.options, rendered, data.shuffle, seed)}

    def typed(self, data: OptionsData, sent: QueryDict) -> Response:
        return {"choice": chosen_id(data.options, sent.get("choice", ""))}

    def read(self, data: OptionsData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if not response["choice"]:
            raise Unreadable(say("Choose one of the answers first."))
        return response

    def score(self, data: OptionsData, response: Response) -> Verdict:
        chosen = next((o for o in data.options if o.id == response["choice"]), None)
        if chosen is None:  # the option was taken out since
            return Verdict(0)
        texts = (f"feedback.{chosen.id}",) if chosen.feedback else ()
        return Verdict(float(chosen.right), texts, {chosen.id: chosen.right})

    def right(self, data: OptionsData) -> Response:
        return {"choice": next(option.id for option in data.options if option.right)}

    def say(self, data: OptionsData, response: Response) -> str:
        texts = {option.id: option.text for option in data.options}
        chosen = str(response["choice"])
        return texts.get(chosen, chosen)


kind = Choice()
