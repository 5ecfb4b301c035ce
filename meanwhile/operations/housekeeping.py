"""What has to be done every so often without anybody asking.

A thread of each server process wakes now and then and looks what is due; whichever comes first
takes the chore, the others pass it over. `meanwhile housekeeping` does the same once, for cron or
a timer of systemd. docs/decisions/0005-housekeeping.md
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from meanwhile.operations import actions
from meanwhile.operations.checks import sqlite_version
from meanwhile.operations.databases import has_wal_reset_bug
from meanwhile.operations.tasks import CHORES, Chore

WAKES_EVERY = 30.0
"""Seconds between two looks at what is due."""

log = logging.getLogger(__name__)


def do_what_is_due(
    chores: Iterable[Chore] = CHORES, at_once: bool = False
) -> Iterator[tuple[str, int | None]]:
    """Do each chore that is due and that nobody else is at: its name, and how many rows it dealt
    with, or None where it failed. One that fails is logged and keeps the others from nothing."""
    for chore in chores:
        try:
            until = actions.take(chore.name, chore.every, at_once)
            if until is None:
                continue
            try:
                rows = chore.do()
            finally:
                actions.put_back(chore.name, until, chore.every)
        except Exception:
            log.exception("the chore “%s” failed", chore.name)
            yield chore.name, None
        else:
            yield chore.name, rows


def keep_house() -> None:
    """Do what is due for as long as this process lives, in a thread of its own."""
    threading.Thread(target=_keep, name="housekeeping", daemon=True).start()


def _keep() -> None:
    while True:
        time.sleep(WAKES_EVERY)
        wake()


def wake() -> None:
    """One look at what is due. Whatever is wrong, a database that is away too, the next look
    comes."""
    try:
        for _name, _rows in do_what_is_due():
            pass
    except Exception:
        log.exception("housekeeping could not look at what is due")
    finally:
        # a thread has connections of its own, and no request whose end would close them
        connections.close_all()


def may_keep_house_beside() -> bool:
    """Whether another connection may write while people are served: not on an SQLite that only one
    may use (see `databases.py`). There `serve` keeps house once, before it begins."""
    lone = settings.WORKERS * settings.THREADS == 1
    sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    return not (lone and sqlite and has_wal_reset_bug(sqlite_version()))
