"""One page, asked for often: queries, the server's own CPU time, and bytes."""

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from operator import truediv
from statistics import median
from typing import Any

import brotli
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

BARE = "bare page"
WARM, TIMES = 8, 60
BROTLI = 5  # what a proxy spends on a page that is made anew each time


@dataclass(frozen=True)
class Cost:
    """`cpu_ms` is the median of `times` requests. `times_bare` is the median of what each of them
    cost against the bare page asked for in the same turn, so that a machine that is busy or slows
    down for a while changes both alike. Bytes: of the page as made, and as brotli."""

    queries: int
    cpu_ms: float
    times_bare: float
    bytes_raw: int
    bytes_brotli: int
    times: int = TIMES

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


Ask = Callable[[Client], Any]


def measure(client: Client, asks: dict[str, Ask]) -> dict[str, Cost]:
    """All pages in turns, so that whatever else the machine does falls on each alike."""
    replies: dict[str, HttpResponse] = {}
    queries: dict[str, int] = {}
    for name, ask in asks.items():
        for _ in range(WARM):
            ask(client)
        with CaptureQueriesContext(connection) as asked:
            replies[name] = _checked(name, ask(client))
        queries[name] = len(asked)
    spent: dict[str, list[float]] = {name: [] for name in asks}
    gc.collect()
    gc.freeze()  # what building the school left behind is not searched in every request
    for _ in range(TIMES):
        for name, ask in asks.items():
            start = time.process_time()
            reply = ask(client)
            spent[name].append(time.process_time() - start)
            _checked(name, reply)
    return {
        name: Cost(
            queries[name],
            round(median(spent[name]) * 1000, 2),
            round(median(map(truediv, spent[name], spent[BARE])), 3),
            len(replies[name].content),
            len(brotli.compress(replies[name].content, quality=BROTLI)),
        )
        for name in asks
    }


def _checked(name: str, reply: HttpResponse) -> HttpResponse:
    if reply.status_code != 200:
        raise SystemExit(f"{name}: {reply.status_code} {reply.headers.get('Location', '')}")
    return reply
