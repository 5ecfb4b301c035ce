"""What could lose or corrupt acknowledged work in a database, found by asking it.

Each function gives the faults as sentences; none means safe. They take an open connection and
change nothing.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Version = tuple[int, int, int]

WAL_RESET_FIXED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
"""Branches that got the fix of SQLite's WAL-reset bug of their own, and from which release."""


def has_wal_reset_bug(version: Version) -> bool:
    """Whether this SQLite can corrupt a database that several connections write in WAL mode.

    In 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6: https://sqlite.org/wal.html#walresetbug
    """
    mended = WAL_RESET_FIXED.get(version[:2], (3, 51, 3))
    return (3, 7, 0) <= version < mended


def sqlite_faults(
    connection: BaseDatabaseWrapper, version: Version, connections: int
) -> Iterator[str]:
    """Faults of an SQLite database that `connections` threads and processes together will use."""
    journal = _ask(connection, "PRAGMA journal_mode")
    if journal != "wal":
        yield f"SQLite keeps its journal as “{journal}”: set journal_mode=WAL in init_command."
    elif connections > 1 and has_wal_reset_bug(version):
        yield (
            f"SQLite {'.'.join(map(str, version))} can corrupt a database that several connections "
            "write: install the package pysqlite3 (it carries a mended SQLite), or run one worker "
            "with one thread (--workers 1 --threads 1)."
        )
    if _ask(connection, "PRAGMA synchronous") < 2:
        yield "SQLite may lose acknowledged work in a power cut: set synchronous=FULL."
    if not _ask(connection, "PRAGMA foreign_keys"):
        yield "SQLite does not check foreign keys: set foreign_keys=ON."
    if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
        yield "SQLite transactions can fail as “locked”: set transaction_mode to IMMEDIATE."


def postgresql_faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Faults of a PostgreSQL server."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if _ask(connection, f"SHOW {setting}") == "off":
            yield f"PostgreSQL may lose acknowledged work in a power cut: turn {setting} on."


def _ask(connection: BaseDatabaseWrapper, question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
