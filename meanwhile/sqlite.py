"""Use the SQLite that `pysqlite3` carries.

The interpreter's own is often a version that can corrupt a database which several
connections write in WAL mode (3.7.0 to 3.51.2; see docs/decisions/0001-databases.md).
"""

import sys


def use_carried_sqlite() -> None:
    try:
        import pysqlite3
    except ImportError:  # no wheel for this platform: the boot check decides whether that is safe
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
