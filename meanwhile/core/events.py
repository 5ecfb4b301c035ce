"""What happened, and what follows from it.

An action records an event in its own transaction:

    with writing():
        ...
        record(BlockAnswered(actor=person.pk, school=..., block=block.pk))

After the commit each listener runs in a transaction of its own, once. One that fails is logged,
kept for another try (`meanwhile deliver`), and hurts no other. An event class is a frozen
dataclass in the lowest room that knows its nouns; docs/events.md lists them all.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

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
MOST_TRIES = 8


def event_name(event: type[Event]) -> str:
    """`meanwhile.courses.events.BlockAnswered` is `courses.BlockAnswered`."""
    return f"{event.__module__.split('.')[1]}.{event.__name__}"


def event_classes() -> dict[str, type[Event]]:
    return {event_name(found): found for found in Event.__subclasses__()}


def listen(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the function after each such event, in a transaction of its own, once."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        LISTENERS.setdefault(event, []).append(function)
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
        with transaction.atomic():
            # the update is the lock: of two workers only one sees the row still waiting
            if waiting.update(done_at=clock.now()):
                listener(event)
    except Exception as failure:
        log.exception("%s failed on event %s", listener_name(listener), row)
        for delivery in waiting:
            delivery.tries, delivery.error = delivery.tries + 1, repr(failure)[:2000]
            delivery.save(update_fields=["tries", "error"])
        return False
    return True


def deliver_waiting() -> int:
    """Try again what has not been taken in yet. The number that now is."""
    classes = event_classes()
    waiting = Delivery.objects.filter(done_at=None, tries__lt=MOST_TRIES).select_related("event")
    done = 0
    for delivery in waiting.order_by("pk"):
        row = delivery.event
        event = classes[row.name](actor=row.actor, school=row.school, **row.facts)
        for listener in LISTENERS.get(type(event), []):
            if listener_name(listener) == delivery.listener:
                done += deliver(row.pk, event, listener)
    return done


__all__ = ["Event", "deliver_waiting", "listen", "record", "writing"]
