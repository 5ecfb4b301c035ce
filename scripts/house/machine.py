"""What the machine must have before we start: room on the disk, a free port."""

import errno
import os
import shutil
import socket
from pathlib import Path

from house.say import Refusal

FIRST_TIME = 1_000_000_000
"""Bytes that setting up takes, with some air: packages, browser tools, database."""
EVERY_TIME = 100_000_000
"""Bytes that running takes, so that people's work can be kept."""
DEFAULT_PORT = 8000


def need_room(folder: Path, needed: int) -> None:
    """Refuse to begin what would end half-way on a full disk."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(
            f"The disk that holds {folder} has {_megabytes(free)} free and Meanwhile needs "
            f"{_megabytes(needed)}: free some space and run the same command again."
        )


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"


def wanted_port() -> int:
    """The port from PORT in the environment."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refusal(
            f"PORT={text} is not a port: write a number from 1024 to 65535, for example "
            f"`make run PORT={DEFAULT_PORT + 123}`."
        )
    return int(text)


def need_port(port: int) -> None:
    """Refuse a port that another program holds, and name one that is free."""
    trouble = _trouble_with(port)
    if trouble == errno.EACCES:
        raise Refusal(
            f"This account may not use port {port}: choose one from 1024 up, for example "
            f"`make run PORT={DEFAULT_PORT}`."
        )
    if trouble:
        raise Refusal(
            f"Port {port} is in use by another program: stop that one, or choose another port, "
            f"for example `make run PORT={_free_after(port)}`."
        )


def _trouble_with(port: int) -> int:
    """0 where we could listen on the port, else the system's error number."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError as trouble:
            return trouble.errno or errno.EADDRINUSE
    return 0


def _free_after(port: int) -> int:
    after = range(port + 1, min(port + 200, 65536))
    return next((other for other in after if not _trouble_with(other)), DEFAULT_PORT + 123)
