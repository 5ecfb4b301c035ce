"""What each database does of a search: keep an index of stems, and name the passages worth a look.

Both keep their index up to date by themselves, in the transaction that writes a passage, so there is
nothing to forget. They choose candidates; the order is made in Python, the same for both (ranking.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection


@dataclass(frozen=True)
class Term:
    """A stem to look for, and how much it weighs."""

    stem: str
    weight: float


class Engine(Protocol):
    def install(self, editor: Any) -> None:
        """Make the index beside the table of passages. `editor` is a migration's."""

    def remove(self, editor: Any) -> None:
        """Take it away again."""

    def candidates(self, terms: Sequence[Term], scopes: Sequence[str], most: int) -> list[int]:
        """Keys of the passages in these scopes that promise most, the best first."""


def engine(vendor: str = "") -> Engine:
    """The one of this database."""
    from meanwhile.search.engines import postgresql, sqlite

    known: dict[str, Engine] = {"sqlite": sqlite.ENGINE, "postgresql": postgresql.ENGINE}
    return known[vendor or connection.vendor]
