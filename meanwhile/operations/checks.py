"""Boot checks: `serve` refuses to start while one of them finds a fault.

They are Django system checks tagged `boot`, asked only for a deployment, because they read the
database and the settings of the server that is about to start.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from meanwhile.media import ffmpeg
from meanwhile.operations.databases import postgresql_faults, sqlite_faults

BOOT = "boot"
SHORTEST_SECRET = 50
ONLY_HERE = {"localhost", "127.0.0.1", "[::1]", "testserver"}

Apps = Sequence[AppConfig] | None


@register(BOOT, deploy=True)
def databases_are_safe(
    app_configs: Apps, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Acknowledged work survives a power cut, and several at once do not break the database."""
    return [
        Error(fault, id="meanwhile.E001")
        for alias in databases or [DEFAULT_DB_ALIAS]
        for fault in faults_of(connections[alias], settings.WORKERS * settings.THREADS)
    ]


def faults_of(connection: BaseDatabaseWrapper, at_once: int) -> Iterator[str]:
    """The faults of a database that `at_once` threads and processes together will use."""
    if connection.settings_dict["ATOMIC_REQUESTS"]:
        yield "ATOMIC_REQUESTS is on: a page that only reads would hold the write lock. Turn it off."
    if connection.vendor == "sqlite":
        yield from sqlite_faults(connection, sqlite_version(), at_once)
    elif connection.vendor == "postgresql":
        yield from postgresql_faults(connection)


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite that Django uses here."""
    from django.db.backends.sqlite3 import base

    return base.Database.sqlite_version_info  # type: ignore[attr-defined]


@register(BOOT, deploy=True)
def debug_stays_at_home(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """DEBUG shows the inside of the house to whoever causes an error."""
    public = [host for host in settings.ALLOWED_HOSTS if not _is_here(host)]
    if not settings.DEBUG or not public:
        return []
    fault = f"DEBUG is on and the site answers to {', '.join(public)}: unset MEANWHILE_DEBUG."
    return [Error(fault, id="meanwhile.E002")]


def _is_here(host: str) -> bool:
    return host in ONLY_HERE or host.endswith(".localhost")


@register(BOOT, deploy=True)
def proxies_are_named(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Behind a proxy that is not named, everybody has one address: whoever guesses passwords would
    shut out everybody else, and no request would count as HTTPS."""
    if settings.PROXIES:
        return []
    public = [host for host in settings.ALLOWED_HOSTS if not _is_here(host)]
    if settings.HTTPS:
        fault = (
            "MEANWHILE_HTTPS is on, but no proxy is named that speaks HTTPS for this server, so "
            "every page would send people on to itself. "
        )
    elif public and is_loopback(settings.LISTENS_ON):
        fault = (
            f"The site answers to {', '.join(public)} but listens on {settings.LISTENS_ON} only, "
            "so something stands in front of it and everybody would seem to be one address. "
        )
    else:
        return []
    mend = "Name the proxy: MEANWHILE_PROXIES=127.0.0.1,::1 if it runs on this machine."
    return [Error(fault + mend, id="meanwhile.E006")]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return _is_here(host)


@register(BOOT, deploy=True)
def secret_is_long(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Whoever guesses the secret key can sign in as anybody."""
    if len(settings.SECRET_KEY) >= SHORTEST_SECRET and len(set(settings.SECRET_KEY)) >= 10:
        return []
    fault = (
        f"The secret key is too easy to guess: give at least {SHORTEST_SECRET} random characters "
        "in MEANWHILE_SECRET_KEY, or unset it and one is made and kept."
    )
    return [Error(fault, id="meanwhile.E003")]


@register(BOOT, deploy=True)
def database_is_up_to_date(
    app_configs: Apps, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """A page that asks for a table which is not there yet fails in the middle of somebody's work."""
    late = [
        alias
        for alias in databases or [DEFAULT_DB_ALIAS]
        if not is_up_to_date(MigrationExecutor(connections[alias]))
    ]
    fault = "The database is not up to date: run `meanwhile migrate` first."
    return [Error(fault, id="meanwhile.E004") for _alias in late]


def is_up_to_date(executor: MigrationExecutor) -> bool:
    """Whether the database has every table as this version wants it."""
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@register(BOOT, deploy=True)
def static_files_are_gathered(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Without the list of hashed names no page can name its own style sheet."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin) or staticfiles_storage.hashed_files:
        return []
    fault = "The static files are not gathered: run `meanwhile collectstatic --noinput` first."
    return [Error(fault, id="meanwhile.E005")]


@register(BOOT, deploy=True)
def films_are_made_ready(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Without ffmpeg a server is whole but for the smaller versions of films. It is said, no more."""
    if ffmpeg.there():
        return []
    says = (
        "ffmpeg is not here: films are served as they were sent, without smaller versions, and "
        "cannot be cut. Install ffmpeg, or imageio-ffmpeg beside Meanwhile."
    )
    return [Warning(says, id="meanwhile.W001")]
