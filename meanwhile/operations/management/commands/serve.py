"""`meanwhile serve`: the web server, once the boot checks agree."""

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from meanwhile.operations.checks import BOOT
from meanwhile.operations.housekeeping import may_keep_house_beside, wake
from meanwhile.operations.server import application_in_worker, granian


class Command(BaseCommand):
    help = "Serve Meanwhile. Refuses to start where people's work would not be safe."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
        parser.add_argument("--workers", type=int, help="processes (MEANWHILE_WORKERS)")
        parser.add_argument("--threads", type=int, help="threads each (MEANWHILE_THREADS)")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        take_over("WORKERS", options["workers"])
        take_over("THREADS", options["threads"])
        settings.LISTENS_ON = host
        refuse_unsafe()
        refuse_taken(host, port)
        keep_house_first()
        server = granian(host, port)
        server.on_startup(lambda: self.say_where(host, port))
        server.serve(target_loader=application_in_worker)
        self.stdout.write("Stopped. Everything received is kept.")

    def say_where(self, host: str, port: int) -> None:
        """The line a person waits for; the address is last, where the eye is."""
        place = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        self.stdout.write(f"Meanwhile is running (Ctrl-C stops it): http://{place}:{port}")
        self.stdout.flush()


def take_over(setting: str, said: int | None) -> None:
    """What the command line says goes before the environment, in the workers as well."""
    if said:
        setattr(settings, setting, said)
        os.environ[f"MEANWHILE_{setting}"] = str(said)


def keep_house_first() -> None:
    """Where no thread may keep house beside the one that serves, it is done before."""
    if not may_keep_house_beside():
        wake()


def refuse_unsafe() -> None:
    """Ask every check, the boot checks included; CommandError with the faults in words."""
    found = run_checks() + run_checks(
        tags=[BOOT], include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS]
    )
    connections.close_all()
    faults = [f"  - {message.msg}" for message in found if message.is_serious()]
    if faults:
        raise CommandError("Meanwhile does not start, because:\n" + "\n".join(faults))


def refuse_taken(host: str, port: int) -> None:
    """CommandError in a sentence where we may not listen, before the server tries."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as trouble:
            raise CommandError(
                f"Cannot listen on {host} port {port} ({trouble.strerror}): "
                "choose another port, for example PORT=8123."
            ) from trouble
