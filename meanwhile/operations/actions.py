"""Who does a chore, and when it is due again: one row a chore is all the lock there is."""

from datetime import datetime, timedelta

from django.db.models import Q

from meanwhile.core import clock
from meanwhile.operations.models import Chore

LEASE = timedelta(minutes=15)
"""How long a chore is left to whoever took it. A server that dies in the middle gives it free."""
SLACK = timedelta(minutes=1)
"""How far apart the clocks of several servers may be."""


def take(name: str, every: timedelta, at_once: bool = False) -> datetime | None:
    """Take a chore that is due and that nobody is at; of several servers one does.

    Args:
        every: how long after one round the next is due.
        at_once: do not wait until it is due.

    Returns:
        Until when it is ours: the token for `put_back`. None where it is not.
    """
    now = clock.now()
    Chore.objects.get_or_create(name=name, defaults={"due_at": now})
    # What lies further ahead than any of us would have put it was put there by a clock that ran
    # ahead: nothing rests until that time comes.
    ahead = Q(held_until__gt=now + LEASE + SLACK)  # and not by who took it after this `now`
    free = Q(held_until=None) | Q(held_until__lte=now) | ahead
    due = Q(due_at__lte=now) | Q(due_at__gt=now + every)
    rows = Chore.objects.filter(free, name=name)
    until = now + LEASE
    # the update tests and writes in one statement: of two at once only one finds it free
    return until if (rows if at_once else rows.filter(due)).update(held_until=until) else None


def put_back(name: str, until: datetime, every: timedelta) -> None:
    """Done, or failed: due again after `every`. Where it took longer than the lease and somebody
    else is at it by now, it stays theirs."""
    mine = Chore.objects.filter(name=name, held_until=until)
    mine.update(held_until=None, due_at=clock.now() + every)
