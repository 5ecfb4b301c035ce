"""Every boot check, with the fault it is there for planted."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from meanwhile.operations import checks, databases
from meanwhile.operations.management.commands import serve

MENDED = (3, 53, 4)
AFFECTED = (3, 40, 1)
SAFE = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"

Open = Callable[..., DatabaseWrapper]


@pytest.fixture
def open_sqlite(tmp_path: Path) -> Iterator[Open]:
    """A connection of its own to a database file, with the given options."""
    opened: list[DatabaseWrapper] = []

    def open_with(init: str = SAFE, mode: str | None = "IMMEDIATE") -> DatabaseWrapper:
        described: dict[str, Any] = connection.settings_dict | {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": tmp_path / "db.sqlite3",
            "OPTIONS": {"init_command": init, "transaction_mode": mode},
        }
        opened.append(DatabaseWrapper(described, alias="probe"))
        return opened[-1]

    yield open_with
    for wrapper in opened:
        wrapper.close()


def faults(wrapper: BaseDatabaseWrapper, version: databases.Version = MENDED) -> str:
    return "\n".join(databases.sqlite_faults(wrapper, version, connections=4))


@pytest.mark.django_db(databases=[])
class TestSqlite:
    def test_our_own_options_are_safe(self, open_sqlite: Open) -> None:
        assert faults(open_sqlite()) == ""

    def test_it_refuses_a_rollback_journal(self, open_sqlite: Open) -> None:
        assert "journal_mode=WAL" in faults(open_sqlite(SAFE.replace("WAL", "DELETE")))

    def test_it_refuses_synchronous_normal(self, open_sqlite: Open) -> None:
        assert "synchronous=FULL" in faults(open_sqlite(SAFE.replace("FULL", "NORMAL")))

    def test_it_refuses_unchecked_foreign_keys(self, open_sqlite: Open) -> None:
        # Django turns them on when it connects; the init_command comes after that.
        off = SAFE.replace("foreign_keys=ON", "foreign_keys=OFF")
        assert "foreign_keys=ON" in faults(open_sqlite(off))

    def test_it_refuses_deferred_transactions(self, open_sqlite: Open) -> None:
        assert "IMMEDIATE" in faults(open_sqlite(mode=None))

    def test_it_refuses_an_affected_version_for_several(self, open_sqlite: Open) -> None:
        assert "pysqlite3" in faults(open_sqlite(), AFFECTED)

    def test_it_lets_an_affected_version_serve_one_at_a_time(self, open_sqlite: Open) -> None:
        assert not list(databases.sqlite_faults(open_sqlite(), AFFECTED, connections=1))

    def test_it_refuses_atomic_requests(self, open_sqlite: Open) -> None:
        wrapper = open_sqlite()
        wrapper.settings_dict["ATOMIC_REQUESTS"] = True
        assert "ATOMIC_REQUESTS" in "\n".join(checks.faults_of(wrapper, 1))


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_it_knows_the_versions_with_the_wal_reset_bug(
    version: databases.Version, affected: bool
) -> None:
    assert databases.has_wal_reset_bug(version) is affected


def test_the_sqlite_in_use_is_mended() -> None:
    assert not databases.has_wal_reset_bug(checks.sqlite_version())


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks a PostgreSQL server")
def test_a_postgresql_server_is_asked() -> None:
    assert not list(databases.postgresql_faults(connection))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert "synchronous_commit" in "\n".join(databases.postgresql_faults(connection))


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_it_refuses_a_postgresql_that_may_forget(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_ask", lambda _, asked: "off" if setting in asked else "on")
    found = list(databases.postgresql_faults(connection))
    assert len(found) == 1
    assert setting in found[0]


@override_settings(DEBUG=True, ALLOWED_HOSTS=["learn.example.org", "localhost"])
def test_it_refuses_debug_on_a_public_host() -> None:
    assert "learn.example.org" in checks.debug_stays_at_home(None)[0].msg


@override_settings(DEBUG=True, ALLOWED_HOSTS=["127.0.0.1", "localhost", "a.localhost"])
def test_it_allows_debug_at_home() -> None:
    assert checks.debug_stays_at_home(None) == []


@override_settings(DEBUG=False, ALLOWED_HOSTS=["learn.example.org"])
def test_it_allows_a_public_host_without_debug() -> None:
    assert checks.debug_stays_at_home(None) == []


PUBLIC = ["learn.example.org"]
LOCAL = ["127.0.0.1", "localhost"]
CADDY = [ip_network("127.0.0.1")]


@pytest.mark.parametrize(
    ("hosts", "https", "listens_on", "proxies", "fault"),
    [
        (PUBLIC, False, "127.0.0.1", [], "seem to be one address"),
        (PUBLIC, False, "::1", [], "seem to be one address"),
        (PUBLIC, False, "localhost", [], "seem to be one address"),
        (PUBLIC, True, "0.0.0.0", [], "send people on to itself"),
        (PUBLIC, True, "127.0.0.1", CADDY, ""),
        (PUBLIC, False, "0.0.0.0", [], ""),  # a school's own net, nothing in front
        (LOCAL, False, "127.0.0.1", [], ""),
    ],
)
def test_it_refuses_a_proxy_that_is_not_named(
    hosts: list[str], https: bool, listens_on: str, proxies: list[Any], fault: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https
    settings.LISTENS_ON, settings.PROXIES = listens_on, proxies
    found = [message.msg for message in checks.proxies_are_named(None)]
    assert len(found) == bool(fault)
    assert all(fault in message and "MEANWHILE_PROXIES=" in message for message in found)


@pytest.mark.parametrize("key", ["short", "x" * 80])
def test_it_refuses_an_easy_secret(key: str) -> None:
    with override_settings(SECRET_KEY=key):
        assert "MEANWHILE_SECRET_KEY" in checks.secret_is_long(None)[0].msg


def test_it_allows_a_long_secret() -> None:
    with override_settings(SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP"):
        assert checks.secret_is_long(None) == []


@pytest.mark.django_db
def test_it_refuses_a_database_that_lags_behind() -> None:
    executor = MigrationExecutor(connection)
    assert checks.is_up_to_date(executor)
    executor.loader.applied_migrations.popitem()
    assert not checks.is_up_to_date(executor)


@pytest.mark.parametrize(("gathered", "faults"), [({}, 1), ({"app.css": "app.1.css"}, 0)])
def test_it_refuses_static_files_that_were_not_gathered(
    gathered: dict[str, str], faults: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    storage = ManifestStaticFilesStorage(location=tmp_path)
    storage.hashed_files = gathered
    monkeypatch.setattr(checks, "staticfiles_storage", storage)
    assert len(checks.static_files_are_gathered(None)) == faults


@pytest.mark.django_db
@override_settings(SECRET_KEY="short")
def test_serve_does_not_start_with_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(serve, "granian", lambda *_: started.append("started"))
    # The test's connection must stay open, and its in-memory database has no WAL.
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    with pytest.raises(CommandError, match="MEANWHILE_SECRET_KEY"):
        call_command("serve", port=8329)
    assert started == []


def test_the_boot_checks_are_asked_only_for_a_deployment() -> None:
    from django.core.checks.registry import registry

    ours = {
        checks.databases_are_safe,
        checks.debug_stays_at_home,
        checks.proxies_are_named,
        checks.secret_is_long,
        checks.database_is_up_to_date,
        checks.static_files_are_gathered,
    }
    assert not ours & set(registry.get_checks(include_deployment_checks=False))
    assert ours <= set(registry.get_checks(include_deployment_checks=True))


def test_a_server_without_ffmpeg_starts_and_is_told_what_is_not_there(settings):
    settings.FFMPEG = "none"
    [said] = checks.films_are_made_ready(None)
    assert "cannot be cut" in said.msg
    assert not said.is_serious(), "it would not start"
