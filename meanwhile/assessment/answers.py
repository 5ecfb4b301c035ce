"""When work is answered and what came: said from above, asked below.

A task's page shows by when a person answers; whether that was moved, and what came, knows a room that
this one may not know. So that room registers one function here:

    @answers
    def by_submission(who, submissions): return {submission: Answer(...)}

Before anything is handed in, the promise of the offering says it: `promised_now`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from meanwhile.core import clock
from meanwhile.courses.models import Offering
from meanwhile.courses.queries.promises import promise_of
from meanwhile.people.who import Who


@dataclass(frozen=True)
class Answer:
    """Promised by a moment; `url` is where what came is read, empty while it is out."""

    by: datetime
    url: str = ""


Finder = Callable[[Who, list[int]], Mapping[int, Answer]]
FINDERS: list[Finder] = []


def answers(function: Finder) -> Finder:
    """Register the function that knows the answers to hand-ins, by their keys."""
    if function not in FINDERS:
        FINDERS.append(function)
    return function


def answers_to(who: Who, submissions: Iterable[int]) -> dict[int, Answer]:
    """Of each hand-in somebody waits for or has been answered: as many queries as the room asks."""
    keys = list(submissions)
    found: dict[int, Answer] = {}
    for finder in FINDERS if keys else ():
        found |= finder(who, keys)
    return found


def promised_now(offering: Offering) -> datetime:
    """When what is handed in at this moment is answered (UTC)."""
    return promise_of(offering).by(clock.now())
