"""What happened, and what follows from it.

An action records an event in its own transaction:

    with writing():
        ...
        record(BlockAnswered(actor=person.pk, school=..., block=block.pk))

After the commit each listener runs in a transaction of its own, once; one that is `repeatable`
keeps its own transactions. One that fails is logged, kept for another try (`deliver_waiting`, which
housekeeping calls), and hurts no other. After `MOST_TRIES` it rests until the site admin has it
tried again (`admin.py`). An event class is a frozen dataclass in the lowest room that knows its
nouns; docs/events.md lists them all.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet

from meanwhile.core import clock
from meanwhile.core.models import Delivery, EventRow

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. `actor` and `school` are keys; None where there is none."""

    actor: int | None
    school: int | None


E = TypeVar("E", bound=Event)
Listener = Callable[[Any], None]
LISTENERS: dict[type[Event], list[Listener]] = {}
REPEATABLE: set[Listener] = set()
MOST_TRIES = 12
"""The last of them a day and a half after the deed."""
FIRST_WAIT = timedelta(minutes=1)
BATCH = 500
KEPT = timedelta(days=90)
"""How long it is kept that a listener took in an event. The event itself is kept for good."""


def event_name(event: type[Event]) -> str:
    """`meanwhile.courses.events.BlockAnswered` is `courses.BlockAnswered`."""
    return f"{event.__module__.split('.')[1]}.{event.__name__}"


def event_classes() -> dict[str, type[Event]]:
    return {event_name(found): found for found in Event.__subclasses__()}


def listen(
    event: type[E], *, repeatable: bool = False
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the function after each such event, in a transaction of its own, once.

    repeatable: long work, which would keep others waiting in one transaction. It runs in none, at
    least once, keeps its own, and does no harm when it is done again after it stopped half way.
    """

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        LISTENERS.setdefault(event, []).append(function)
        if repeatable:
            REPEATABLE.add(function)
        return function

    return register


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of a deed: effect, event and receipt together or not at all."""
    with transaction.atomic():
        yield


def record(event: Event) -> EventRow:
    """Write down what happened, in the transaction that makes it happen.

    Raises:
        RuntimeError: outside a transaction, where an event could be kept without its effect.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside writing()")
    facts = asdict(event)
    row = EventRow.objects.create(
        name=event_name(type(event)),
        actor=facts.pop("actor"),
        school=facts.pop("school"),
        at=clock.now(),
        facts=facts,
    )
    listeners = LISTENERS.get(type(event), [])
    Delivery.objects.bulk_create(
        [Delivery(event=row, listener=listener_name(each)) for each in listeners]
    )
    for each in listeners:
        transaction.on_commit(partial(deliver, row.pk, event, each), robust=True)
    return row


def listener_name(listener: Listener) -> str:
    return f"{listener.__module__}.{listener.__qualname__}"


def deliver(row: int, event: Event, listener: Listener) -> bool:
    """Let one listener take in one event. True where it has, now or before."""
    waiting = Delivery.objects.filter(event=row, listener=listener_name(listener), done_at=None)
    try:
        if listener in REPEATABLE:
            if waiting.exists():
                listener(event)
                waiting.update(done_at=clock.now())
        else:
            with transaction.atomic():
                # the update is the lock: of two workers only one sees the row still waiting
                if waiting.update(done_at=clock.now()):
                    listener(event)
    except Exception as failure:
        _failed(waiting, row, listener_name(listener), failure)
        return False
    return True


def _failed(waiting: QuerySet[Delivery], row: int, listener: str, failure: Exception) -> None:
    log.error("%s failed on event %s", listener, row, exc_info=failure)
    waiting.update(tries=F("tries") + 1, error=repr(failure)[:2000])


def deliver_waiting() -> int:
    """Try again what has not been taken in yet and is due. The number that now is."""
    done = 0
    due = _due(clock.now()).order_by("pk")
    after = 0
    while batch := list(due.filter(pk__gt=after).select_related("event")[:BATCH]):
        done += sum(_again(delivery) for delivery in batch)
        after = batch[-1].pk
    return done


def try_again(chosen: QuerySet[Delivery]) -> int:
    """Hand those of `chosen` that have not been taken in to the next `deliver_waiting`, as if they
    had never failed, also where they were given up. How many. What they do may be long work, which
    belongs into no request."""
    return chosen.filter(done_at=None).update(tries=0)


def forget_old_deliveries() -> int:
    """Delete what says no more than that a listener took in an event long ago, a batch at a time.
    What was not taken in stays, and so do the events: they are the audit trail. The number that
    went."""
    old = Delivery.objects.filter(done_at__lt=clock.now() - KEPT).order_by("pk")
    gone = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += Delivery.objects.filter(pk__in=batch).delete()[0]
    return gone


def _due(now: datetime) -> QuerySet[Delivery]:
    """What waits, each try twice as long after the deed as the one before: a fault that lasts a
    night uses up no event, and one that stays does not keep the house busy."""
    turns = Q()
    for tries in range(MOST_TRIES):
        turns |= Q(tries=tries, event__at__lte=now - FIRST_WAIT * 2**tries)
    return Delivery.objects.filter(turns, done_at=None)


def _again(delivery: Delivery) -> bool:
    """One more try. An event that cannot even be read any more, or whose listener is gone, is a
    failed try like any other and holds up nothing that comes after it."""
    row = delivery.event
    try:
        event = event_classes()[row.name](actor=row.actor, school=row.school, **row.facts)
        [listener] = [
            each
            for each in LISTENERS.get(type(event), [])
            if listener_name(each) == delivery.listener
        ]
    except Exception as failure:
        waiting = Delivery.objects.filter(pk=delivery.pk, done_at=None)
        _failed(waiting, row.pk, delivery.listener, failure)
        return False
    return deliver(row.pk, event, listener)


__all__ = ["Event", "deliver_waiting", "listen", "record", "writing"]
