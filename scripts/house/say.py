"""What a person sees while the house is being set up: a line a step, and plain refusals."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

HEARTBEAT = 10.0
"""Seconds after which a step that is still going says so again."""


class Refusal(Exception):
    """Something a person has to mend before we can go on. The message is one sentence or two."""

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.details = details


def say(text: str = "") -> None:
    """Print a line now, also when the output is a pipe."""
    print(text, flush=True)


def seconds(since: float) -> str:
    """The time since `since` (a monotonic second) in words: '0.4 s', '1 min 12 s'."""
    spent = time.monotonic() - since
    if spent < 60:
        return f"{spent:.1f} s"
    return f"{int(spent // 60)} min {int(spent % 60)} s"


@contextmanager
def step(what: str) -> Iterator[None]:
    """Name a step, show that it is alive, and say how long it took."""
    started = time.monotonic()
    finished = threading.Event()
    say(f"  {what} …")
    alive = threading.Thread(target=_heartbeat, args=(finished, started), daemon=True)
    alive.start()
    try:
        yield
    finally:
        finished.set()
        alive.join()
    say(f"    done in {seconds(started)}")


def _heartbeat(finished: threading.Event, started: float) -> None:
    while not finished.wait(HEARTBEAT):
        say(f"    still working, {seconds(started)} so far")


def refuse(problem: Refusal) -> int:
    """Tell what is wrong; give the exit code."""
    if problem.details:
        sys.stderr.write(f"\n{problem.details.rstrip()}\n")
    sys.stderr.write(f"\n{problem}\n")
    return 1
