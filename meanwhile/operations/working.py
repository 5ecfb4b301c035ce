"""Who does the jobs of core/jobs.py: a thread of each server process, or `meanwhile work`.

However many processes a machine has, only so many jobs run on it at once (`MEANWHILE_JOBS`, one by
default): a film takes a whole core for minutes, and people are waiting for pages. A place is a
file that is locked; the system lets it go with whoever held it.
docs/decisions/0014-long-work-and-films.md
"""

import fcntl
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from meanwhile.core import jobs
from meanwhile.operations.housekeeping import may_keep_house_beside

LOOKS_EVERY = 5.0
"""Seconds between two looks for jobs that another process asked for."""

log = logging.getLogger(__name__)


def work_beside() -> None:
    """Do jobs for as long as this process lives, in a thread of its own, where this server is to
    do any and its database bears it."""
    if settings.JOBS > 0 and may_keep_house_beside():
        threading.Thread(target=work, name="jobs", daemon=True).start()


def work(stop: Callable[[], bool] = lambda: False) -> None:
    """Do what there is to do and wait for more, until `stop`."""
    while not stop():
        jobs.asked.clear()
        work_off()
        jobs.asked.wait(LOOKS_EVERY)


def work_off() -> int:
    """Do jobs until none is left that is due, or no place on this machine is free. How many.
    Whatever is wrong, a database that is away too, the next look comes."""
    done = 0
    try:
        with a_place() as free:
            while free and jobs.do_next():
                done += 1
    except Exception:
        log.exception("the jobs could not be looked at")
    finally:
        # a thread has connections of its own, and no request whose end would close them
        connections.close_all()
    return done


@contextmanager
def a_place() -> Iterator[bool]:
    """Whether one of this machine's places to work is free; it is ours until the end."""
    for number in range(settings.JOBS):
        # by the machine's name: several may share the folder
        path = Path(settings.DATA) / f"jobs-{socket.gethostname()}-{number}.lock"
        with path.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield True
            return
    yield False
