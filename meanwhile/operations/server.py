"""The web server around our WSGI application: granian, with one care of our own."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

LOOKS_EVERY = 1.0
"""Seconds between two looks at whether the server is still there."""
PATIENCE = 5.0
"""Seconds that a worker may take to finish what it is answering."""


def granian(host: str, port: int) -> AbstractServer[Any]:
    """The server, with the worker and thread numbers that the boot checks agreed to."""
    return Server(
        "meanwhile.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )


def application_in_worker(_target: str) -> Callable[..., Any]:
    """The application, loaded in a worker that goes when its server goes, and only then.

    A server that is killed outright cannot tell its workers; they would answer on, unseen, and
    hold the port against the next start. Ctrl-C, on the other hand, reaches server and workers at
    once, and a worker that hears it twice (from the keyboard, then from its server) hangs.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    from meanwhile.wsgi import application

    _keep_house()
    return application


def _keep_house() -> None:
    # read only now: it has rows, and the application has just set Django up
    from meanwhile.operations import housekeeping, working

    if housekeeping.may_keep_house_beside():
        housekeeping.keep_house()
    working.work_beside()


def _follow(server: int) -> None:
    while os.getppid() == server:
        time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
