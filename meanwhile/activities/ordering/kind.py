"""Things to be put in order."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from meanwhile.activities.options import doubled
from meanwhile.activities.tokens import token
from meanwhile.courses.activity import AnswerData, Kind, Problem, Response, Unreadable, Verdict


class Item(BaseModel):
    """One of the things; where it stands in the list is where it belongs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str

    @property
    def field(self) -> str:
        return f"place-{token(self.id)}"


class OrderingData(AnswerData):
    items: list[Item]
    feedback: str = ""


class Ordering(Kind[OrderingData]):
    """`items`: list of `id`, `text`, in the right order; `feedback`"""

    name = "ordering"
    label = _("Question: put in order")
    icon = "up"
    Data = OrderingData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "items": [
                {"id": "sun", "text": "The Sun shines"},
                {"id": "leaf", "text": "A leaf sends some of the light on"},
                {"id": "eye", "text": "Light reaches your eye"},
            ],
            "feedback": "Where does the light begin? Follow it from there.",
            "hints": ["It begins at the source."],
        }, "Put the steps of seeing a leaf in order."

    def another_key(self) -> None:
        """The list never begins in its right order, and so says a little of it."""

    def wrong(self, data: OrderingData) -> list[Response]:
        fields = [item.field for item in data.items]
        return [{field: str(at) for at, field in enumerate(fields[1:] + fields[:1], 1)}]

    def check(self, data: OrderingData, body: str) -> Iterator[Problem]:
        if len(data.items) < 2:
            yield Problem(say("An order needs at least two things."), "items")
        yield from doubled((item.id for item in data.items), "items")
        for at, item in enumerate(data.items):
            if not item.text.strip():
                yield Problem(say("This one has no words."), f"items.{at}.text")

    def texts(self, data: OrderingData) -> dict[str, str]:
        items = {f"item.{item.id}": item.text for item in data.items}
        return super().texts(data) | items | ({"feedback": data.feedback} if data.feedback else {})

    def view(self, data: OrderingData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        """In another order, the same for one person each time, and never the right one. That is
        all it says of the right one: it is not made from it."""
        items = sorted(data.items, key=lambda item: token(item.id))
        random.Random(seed).shuffle(items)  # an order, not a secret
        if items == data.items:
            items = [*items[1:], items[0]]
        shown = [
            {"id": item.id, "field": item.field, "html": rendered.get(f"item.{item.id}", "")}
            for item in items
        ]
        return {"items": shown, "places": [str(n + 1) for n in range(len(items))]}

    def typed(self, data: OrderingData, sent: QueryDict) -> Response:
        places = {str(n + 1) for n in range(len(data.items))}
        found = {item.field: sent.get(item.field, "") for item in data.items}
        return {name: place for name, place in found.items() if place in places}

    def read(self, data: OrderingData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if len(response) < len(data.items):
            raise Unreadable(say("Give each of them a place first."))
        if len(set(response.values())) < len(data.items):
            raise Unreadable(say("Two have the same place. Give each its own."))
        return response

    def score(self, data: OrderingData, response: Response) -> Verdict:
        parts = {
            item.id: response.get(item.field) == str(place)
            for place, item in enumerate(data.items, 1)
        }
        score = sum(parts.values()) / len(parts)
        texts = ("feedback",) if data.feedback and score < 1 else ()
        return Verdict(score, texts, parts)

    def right(self, data: OrderingData) -> Response:
        return {item.field: str(place) for place, item in enumerate(data.items, 1)}

    def say(self, data: OrderingData, response: Response) -> str:
        placed = sorted(data.items, key=lambda item: int(response.get(item.field) or 99))
        return ", ".join(f"{place}. {item.text}" for place, item in enumerate(placed, 1))


kind = Ordering()
