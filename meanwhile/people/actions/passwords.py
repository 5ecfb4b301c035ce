"""Passwords made by the machine, to hand over on paper, and the hashing of those people chose.

A good hash takes its time, and on SQLite whoever writes holds the one lock: so a password is
hashed *before* the transaction of its deed, in which there is no time for it.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from meanwhile.people.words import draw_password


@dataclass(frozen=True)
class Password:
    """A password and its hash. The words are shown once and kept nowhere."""

    words: str = field(repr=False)
    hashed: str = field(repr=False)


def hashed(words: str) -> str:
    """What is kept of a password that somebody chose."""
    return make_password(words)


def draw_one() -> Password:
    """A fresh password."""
    words = draw_password()
    return Password(words, hashed(words))


def draw_many(lines: Iterable[int]) -> dict[int, Password]:
    """A fresh password for each line of a list, two hashed at a time."""
    lines = list(lines)
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(lines, pool.map(lambda _line: draw_one(), lines), strict=True))
