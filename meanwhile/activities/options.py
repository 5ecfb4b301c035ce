"""What kinds with options share: `choice` and `choices`."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as say
from pydantic import BaseModel, ConfigDict

from meanwhile.activities.tokens import token
from meanwhile.courses.activity import AnswerData, Problem


class Option(BaseModel):
    """One of the answers that are offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    right: bool = False
    feedback: str = ""


class OptionsData(AnswerData):
    options: list[Option]
    shuffle: bool = False


def option_texts(options: Iterable[Option]) -> dict[str, str]:
    texts = {f"option.{option.id}": option.text for option in options}
    return texts | {f"feedback.{o.id}": o.feedback for o in options if o.feedback}


def other_options(sample: dict[str, Any]) -> dict[str, Any]:
    """A sample of options, were the others right."""
    options = [
        option | {"right": not option.get("right", False), "feedback": "Something else"}
        for option in sample["options"]
    ]
    return sample | {"options": options}


def option_problems(options: list[Option]) -> Iterator[Problem]:
    if len(options) < 2:
        yield Problem(say("A choice needs at least two options."), "options")
    yield from doubled((option.id for option in options), "options")
    for at, option in enumerate(options):
        if not option.text.strip():
            yield Problem(say("This option has no words."), f"options.{at}.text")


def doubled(names: Iterable[str], key: str) -> Iterator[Problem]:
    """Ids that stand twice in one question."""
    for name, times in Counter(names).items():
        if times > 1:
            says = say("The id “%(id)s” stands %(times)d times; give each its own.")
            yield Problem(says % {"id": name, "times": times}, key)


def shown_options(
    options: Iterable[Option], rendered: Mapping[str, str], shuffle: bool, seed: str
) -> list[dict[str, str]]:
    shown = [
        {"id": o.id, "token": token(o.id), "html": rendered.get(f"option.{o.id}", "")}
        for o in options
    ]
    if shuffle:
        random.Random(seed).shuffle(shown)  # an order, not a secret
    return shown


def chosen_id(options: Iterable[Option], sent: str) -> str:
    """The id of what was chosen, from its name on the page or itself; nothing where unknown."""
    return next((o.id for o in options if sent in (token(o.id), o.id)), "")
