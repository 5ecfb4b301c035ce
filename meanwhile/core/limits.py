"""One limiter on every door where a secret is checked.

A guess is counted *before* it is looked at, in one statement of the database, so that a hundred
guesses sent at the same moment do not all slip past; a right one is given back afterwards.

A key is what is guessed *at* (an account, a card), never the address alone: forty learners sit
behind one school address and must not shut each other out. At most ten tries at one key until
fifteen minutes have passed without any. Two wider counts, on wrong tries only, stop guessing
over many keys: `within` (all cards of a class), and the address, a hundred times as wide as a
key. IPv6 counts by /64, since one household holds that many addresses.

    limits.check(request, "password", f"person:{pk}")   # raises TooManyTries
    ... look at the secret ...
    limits.right(request, "password", f"person:{pk}")   # only if it was right

Call `check` outside the transaction of the deed: a rollback would forget the try.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.db.models import F, Q
from django.http import HttpRequest

from meanwhile.core import clock
from meanwhile.core.models import Tries
from meanwhile.core.proxies import parsed

WINDOW = timedelta(minutes=15)
PER_KEY = 10
PER_GROUP = 100
PER_ADDRESS = 1000
SKEW = timedelta(minutes=1)
"""How far apart the clocks of several servers may be."""


class TooManyTries(Exception):
    """Too many guesses. `wait` says how long until the next may be made."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True)
class Count:
    """What is counted, up to how many. `slides`: the stretch begins anew with every try, so that
    no fifteen minutes hold more than `most`; else it begins with the first of them."""

    key: str
    most: int
    slides: bool = False


def address_of(request: HttpRequest) -> str:
    """The network the request came from: an IPv4 address, or an IPv6 /64. Where a proxy stands in
    front, `BehindProxies` has put the address of whoever asks in its place."""
    address = parsed(request.META.get("REMOTE_ADDR", ""))
    if address is None:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def _hashed(door: str, at: str) -> str:
    # a table of tries must not be a list of account names
    return hashlib.sha256(f"{door}:{at.strip().casefold()}".encode()).hexdigest()


def _counts(request: HttpRequest, door: str, at: str, within: str) -> Iterator[Count]:
    yield Count(f"{door}:{_hashed(door, at)}", PER_KEY, slides=True)
    if within:
        yield Count(f"{door}-group:{_hashed(door, within)}", PER_GROUP)
    yield Count(f"from:{address_of(request)}", PER_ADDRESS)


def check(request: HttpRequest, door: str, at: str, within: str = "") -> None:
    """Count a guess, before it is looked at.

    Raises:
        TooManyTries: at this key, in this group or from this address; it is then not counted.
    """
    counted: list[Count] = []
    for count in _counts(request, door, at, within):
        wait = _one_more(count, clock.now())
        if wait is not None:
            for earlier in counted:
                _one_less(earlier)
            raise TooManyTries(wait)
        counted.append(count)


def right(request: HttpRequest, door: str, at: str, within: str = "") -> None:
    """The guess was right: the key starts afresh, and it weighs on nobody else."""
    key, *wider = _counts(request, door, at, within)
    Tries.objects.filter(key=key.key).delete()
    for count in wider:
        _one_less(count)


def give_back(request: HttpRequest, door: str, at: str, within: str = "") -> None:
    """The guess was right but clears nobody: who knows one class code may still be guessing others.
    Only this one try is taken off."""
    for count in _counts(request, door, at, within):
        _one_less(count)


def _running(now: datetime) -> Q:
    """The stretches that are not over. One that begins in the future is: the clock has been set
    back since, and nobody is to wait for as long as it was ahead."""
    return Q(since__gt=now - WINDOW, since__lte=now + SKEW)


def _one_more(count: Count, now: datetime) -> timedelta | None:
    """Count one. None when there was room, else how long until there is."""
    rows = Tries.objects.filter(key=count.key)
    room = rows.filter(_running(now), count__lt=count.most)
    more = {"count": F("count") + 1} | ({"since": now} if count.slides else {})
    # Each update tests and writes in one statement: that is what makes it safe in parallel.
    if room.update(**more):
        return None
    if rows.filter(~_running(now) | Q(count=0)).update(since=now, count=1):
        return None
    row, made = Tries.objects.get_or_create(key=count.key, defaults={"since": now, "count": 1})
    if made or room.update(**more):
        return None
    return max(row.since + WINDOW - now, timedelta(seconds=1))


def _one_less(count: Count) -> None:
    Tries.objects.filter(key=count.key, count__gt=0).update(count=F("count") - 1)


def forget_old_tries() -> int:
    """Delete the counts of stretches that are over. The number that went."""
    return Tries.objects.filter(~_running(clock.now())).delete()[0]
