"""Take turns: two `make` at once in one folder must not build the same things."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from house.say import say

try:
    import fcntl
except ImportError:  # Windows, where two at once is the person's own care
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn(lock: Path) -> Iterator[None]:
    """Hold `lock` for the block; wait for whoever holds it. A crash lets go of it by itself."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w", encoding="utf-8") as held:
        _wait(held)
        yield


def _wait(held: IO[str]) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("  Another `make` is setting up here; waiting for it …")
        fcntl.flock(held, fcntl.LOCK_EX)
