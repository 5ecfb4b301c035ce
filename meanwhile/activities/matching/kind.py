"""What belongs to what."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from meanwhile.activities.options import doubled
from meanwhile.activities.tokens import token
from meanwhile.courses.activity import AnswerData, Kind, Problem, Response, Unreadable, Verdict


class Pair(BaseModel):
    """Two that belong together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    left: str
    right: str

    @property
    def field(self) -> str:
        return f"match-{token(self.id)}"


class MatchingData(AnswerData):
    pairs: list[Pair]
    extra: list[str] = []

    def rights(self) -> dict[str, str]:
        """Every right-hand text by its name on the page, in an order that says nothing."""
        texts = [*(pair.right for pair in self.pairs), *self.extra]
        return {token(text): text for text in sorted(texts, key=lambda t: (t.casefold(), t))}

    def called(self, name: str) -> str:
        """A right-hand text by its words, or by the letter it stands under."""
        text = self.rights()[name]
        return letter(list(self.rights()).index(name)) if re.search(r"[$`*_!<\[\\]", text) else text


LONGEST_IN_A_LIST = 32


def letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


class Matching(Kind[MatchingData]):
    """`pairs`: list of `id`, `left`, `right`; `extra` (list of right-hand texts that match nothing)"""

    name = "matching"
    label = _("Question: match")
    icon = "link"
    Data = MatchingData
    answers = True

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "pairs": [
                {"id": "mirror", "left": "A mirror", "right": "sends light back"},
                {"id": "lens", "left": "A lens", "right": "bends light"},
            ],
            "extra": ["makes light"],
            "hints": ["One of them is left over."],
            "why": "Only a source *makes* light.",
        }, "What does each of these do?"

    def another_key(self) -> dict[str, Any]:
        raw, _body = self.sample()
        rights = [pair["right"] for pair in raw["pairs"]]
        moved = zip(raw["pairs"], rights[1:] + rights[:1], strict=True)
        return raw | {"pairs": [pair | {"right": right} for pair, right in moved]}

    def wrong(self, data: MatchingData) -> list[Response]:
        right = self.right(data)
        names = list(right.values())
        return [dict(zip(right, names[1:] + names[:1], strict=True))]

    def check(self, data: MatchingData, body: str) -> Iterator[Problem]:
        if len(data.pairs) < 2:
            yield Problem(say("Matching needs at least two pairs."), "pairs")
        yield from doubled((pair.id for pair in data.pairs), "pairs")
        for at, pair in enumerate(data.pairs):
            if not pair.left.strip() or not pair.right.strip():
                yield Problem(say("A pair has words on both sides."), f"pairs.{at}")
        if len(data.rights()) < len(data.pairs) + len(data.extra):
            says = say("Two right-hand texts are alike, so nobody could tell which is meant.")
            yield Problem(says, "pairs")

    def texts(self, data: MatchingData) -> dict[str, str]:
        left = {f"left.{pair.id}": pair.left for pair in data.pairs}
        right = {f"right.{name}": text for name, text in data.rights().items()}
        return super().texts(data) | left | right

    def view(self, data: MatchingData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        """Where right-hand texts are more than words, or too long for a list to choose from on a
        phone, they stand in a list of their own under letters."""
        rights = [
            {
                "token": name,
                "words": text,
                "html": rendered.get(f"right.{name}", ""),
                "letter": letter(at),
                "marked": "<" in rendered.get(f"right.{name}", ""),
            }
            for at, (name, text) in enumerate(data.rights().items())
        ]
        lettered = any(r["marked"] or len(str(r["words"])) > LONGEST_IN_A_LIST for r in rights)
        lefts = [
            {"id": pair.id, "field": pair.field, "html": rendered.get(f"left.{pair.id}", "")}
            for pair in data.pairs
        ]
        return {"lefts": lefts, "rights": rights, "lettered": lettered}

    def typed(self, data: MatchingData, sent: QueryDict) -> Response:
        known = data.rights()
        found = {pair.field: sent.get(pair.field, "") for pair in data.pairs}
        return {name: right for name, right in found.items() if right in known}

    def read(self, data: MatchingData, sent: QueryDict) -> Response:
        response = self.typed(data, sent)
        if len(response) < len(data.pairs):
            raise Unreadable(say("Choose one for each of them first."))
        chosen = list(response.values())
        twice = next((name for name in chosen if chosen.count(name) > 1), None)
        if twice:
            says = say("“%(words)s” is chosen twice. Each fits only once.")
            raise Unreadable(says % {"words": data.called(twice)})
        return response

    def score(self, data: MatchingData, response: Response) -> Verdict:
        parts = {pair.id: response.get(pair.field) == token(pair.right) for pair in data.pairs}
        return Verdict(sum(parts.values()) / len(parts), (), parts)

    def right(self, data: MatchingData) -> Response:
        return {pair.field: token(pair.right) for pair in data.pairs}

    def say(self, data: MatchingData, response: Response) -> str:
        rights = data.rights()
        chosen = ((pair.left, rights.get(response.get(pair.field, ""), "–")) for pair in data.pairs)
        return "; ".join(f"{left}: {right}" for left, right in chosen)


kind = Matching()
