"""When people began a course: said from above, asked below.

Dates that count from a learner's start belong to rooms that may not know the one that keeps it. So
that room registers its function here, and whoever counts asks `began`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from meanwhile.courses.models import Offering

Finder = Callable[[Offering, list[int]], Mapping[int, datetime]]
FINDERS: list[Finder] = []


def beginnings(function: Finder) -> Finder:
    """Register the function that knows when people began an offering."""
    FINDERS.append(function)
    return function


def began(offering: Offering, people: Iterable[int]) -> dict[int, datetime]:
    """The first act of each of these people in an offering; who has not begun is not in it. One
    query."""
    keys = list(people)
    found: dict[int, datetime] = {}
    for each in FINDERS:
        found |= each(offering, keys)
    return found
