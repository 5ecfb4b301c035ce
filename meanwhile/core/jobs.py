"""Work that somebody asks for and does not wait for: a film to make smaller, a sound to cut.

    @work("media.prepare")
    def prepare(job: Doing) -> None: ...

    with writing():
        ask("media.prepare", blob.pk)

One row a job, in our own table: asked for in the transaction that needs it, so that neither is
there without the other. Whoever takes it has it for a while (`LEASE`) and for as long as they say
that they are still at it (`Doing.tell`); a server that dies gives it free. It may be begun twice
and must come to the same. docs/decisions/0014-long-work-and-films.md
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.core.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a job is left to who took it and says nothing more of it."""
SLACK = timedelta(minutes=1)
"""How far apart the clocks of those who take jobs may be."""
TELLS_EVERY = 3.0
"""Seconds between two writes of how far it is."""
MOST_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
BATCH = 500
GAVE_UP = "gave-up"
"""The problem of a job that stopped `MOST_TRIES` times without saying why."""


class Refusal(Exception):
    """It cannot be done, now or later. `problem` is a word; its room has the sentence. `says` is
    for the site admin."""

    def __init__(self, problem: str, says: str = "") -> None:
        super().__init__(problem)
        self.problem, self.says = problem, says


class Lost(Exception):
    """Somebody else has the job by now, or it was dropped: stop, and leave everything."""


def always() -> bool:
    return True


@dataclass(frozen=True)
class Work:
    """A kind of job. `able` says whether this machine has what it takes."""

    do: Callable[["Doing"], None]
    able: Callable[[], bool]


WORKS: dict[str, Work] = {}
asked = threading.Event()
"""Set where this process asked for something, so that its worker need not wait for its next look."""


def work(
    name: str, able: Callable[[], bool] = always
) -> Callable[[Callable[["Doing"], None]], Callable[["Doing"], None]]:
    """Register the function that does such jobs. It runs in no transaction and keeps its own."""

    def register(function: Callable[["Doing"], None]) -> Callable[["Doing"], None]:
        WORKS[name] = Work(function, able)
        return function

    return register


@dataclass
class Doing:
    """A job for who is at it."""

    row: int
    name: str
    key: str
    facts: Mapping[str, Any]
    until: datetime
    _told: float = field(default_factory=time.monotonic)
    _step: str = ""

    def tell(self, step: str = "", percent: float = 0.0) -> None:
        """Say that it goes on and how far it is (0 to 100). Cheap: written every few seconds.

        Raises:
            Lost: it is not ours any more.
        """
        if step == self._step and time.monotonic() - self._told < TELLS_EVERY:
            return
        self._step, self._told = step, time.monotonic()
        self._write(step=step, percent=max(0, min(100, int(percent))))

    def got_on(self) -> None:
        """Something of it is done and kept: what stops it now does not count as the same fault."""
        self._write(tries=1)

    def _write(self, **columns: Any) -> None:
        until = clock.now() + LEASE
        mine = Job.objects.filter(pk=self.row, held_until=self.until)
        if not mine.update(held_until=until, **columns):
            raise Lost
        self.until = until

    @property
    def mine(self) -> QuerySet[Job]:
        """The row, where it is still ours."""
        return Job.objects.filter(pk=self.row, held_until=self.until)


def ask(name: str, key: object, **facts: Any) -> Job:
    """Ask for a job. One of that name and key that is there already, done or not, is the answer;
    one that was given up is begun anew."""
    now = clock.now()
    with writing():
        job, made = Job.objects.get_or_create(
            name=name, key=str(key), defaults={"facts": facts, "asked_at": now, "due_at": now}
        )
        if not made and job.problem:
            ask_again(job)
        transaction.on_commit(asked.set)
    return job


def ask_again(job: Job) -> None:
    """Begin anew what was given up or is done, as if it had just been asked for."""
    job.due_at, job.tries, job.percent = clock.now(), 0, 0
    job.held_until = job.done_at = None
    job.problem = job.error = job.step = ""
    with writing():
        job.save()
        transaction.on_commit(asked.set)


def drop(name: str, keys: Iterable[object]) -> int:
    """Not wanted any more. Who is at it hears of it when they next tell how far they are."""
    return Job.objects.filter(name=name, key__in=[str(key) for key in keys]).delete()[0]


def jobs_of(name: str, keys: Iterable[object]) -> dict[str, Job]:
    """The jobs of that name to these keys, by key. One query."""
    rows = Job.objects.filter(name=name, key__in=[str(key) for key in keys])
    return {row.key: row for row in rows}


def do_next() -> bool:
    """Do the job that has waited longest and that this machine is able to do. Whether there was
    one. A job that fails is logged and waits twice as long each time; after `MOST_TRIES` it rests
    until somebody asks again."""
    doing = _take()
    if doing is None:
        return False
    try:
        WORKS[doing.name].do(doing)
    except Lost:
        log.warning("the job “%s %s” went to somebody else", doing.name, doing.key)
    except Refusal as refusal:
        facts = {"problem": refusal.problem, "error": refusal.says[:2000]}
        doing.mine.update(held_until=None, step="", **facts)
    except Exception as failure:
        log.exception("the job “%s %s” failed", doing.name, doing.key)
        _failed(doing, failure)
    else:
        now = clock.now()
        doing.mine.update(done_at=now, held_until=None, step="", percent=100, error="")
    return True


def _take() -> Doing | None:
    now = clock.now()
    able = [name for name, each in WORKS.items() if each.able()]
    # A time further ahead than anybody would have put it was put there by a clock that ran ahead;
    # not one that somebody put there a moment after this `now`.
    ahead = Q(held_until__gt=now + LEASE + SLACK)
    free = Q(held_until=None) | Q(held_until__lte=now) | ahead
    to_do = Job.objects.filter(free, done_at=None, problem="", name__in=able)
    due = to_do.filter(Q(due_at__lte=now) | Q(due_at__gt=now + FIRST_WAIT * 2**MOST_TRIES))
    for job in due.order_by("due_at", "pk")[:BATCH]:
        if job.tries >= MOST_TRIES:  # it took its server with it, again and again
            to_do.filter(pk=job.pk).update(problem=GAVE_UP, held_until=None)
            continue
        until = now + LEASE
        # the update tests and writes in one statement: of two at once only one finds it free
        if to_do.filter(pk=job.pk).update(held_until=until, tries=F("tries") + 1):
            return Doing(job.pk, job.name, job.key, job.facts, until)
    return None


def _failed(doing: Doing, failure: Exception) -> None:
    tries = doing.mine.values_list("tries", flat=True).first() or MOST_TRIES
    doing.mine.update(
        error=repr(failure)[:2000],
        due_at=clock.now() + FIRST_WAIT * 2 ** (tries - 1),
        problem=GAVE_UP if tries >= MOST_TRIES else "",
        held_until=None,
    )
