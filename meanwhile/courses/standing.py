"""How something that is handed in stands, for one learner: said from above, asked below.

The lesson shows a card for a task; what became of it knows a room that the lesson may not know.
So that room registers one function a kind here, and whoever draws a card asks `standings_of`:

    @standings("task")
    def tasks(who, offering, blocks): return {block.pk: Standing(...)}
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from meanwhile.courses.models import Block, Offering
from meanwhile.people.who import Who


@dataclass(frozen=True)
class Standing:
    """`word` and `tone` of its tag, the moment it says (where it says one), and where to go on:
    what the button says and its address."""

    word: str
    tone: str
    icon: str
    at: datetime | None
    act: str
    url: str


Finder = Callable[[Who, Offering, list[Block]], Mapping[int, Standing]]
FINDERS: dict[str, Finder] = {}


def standings(kind: str) -> Callable[[Finder], Finder]:
    """Register the function that knows how blocks of this kind stand."""

    def register(function: Finder) -> Finder:
        FINDERS[kind] = function
        return function

    return register


def standings_of(who: Who, offering: Offering, blocks: Iterable[Block]) -> dict[int, Standing]:
    """How each of these blocks stands, by its key, where a room says so. As many queries as the
    rooms ask, and none where no such block is there."""
    by_kind: dict[str, list[Block]] = {}
    for block in blocks:
        if block.kind in FINDERS:
            by_kind.setdefault(block.kind, []).append(block)
    found: dict[int, Standing] = {}
    for kind, theirs in by_kind.items():
        found |= FINDERS[kind](who, offering, theirs)
    return found
