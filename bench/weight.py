"""What a lesson weighs over the wire, first and again, from the real server in a real browser.

    .venv/bin/python -m bench.weight

Starts the server on the demo-sized school of `school.py`, signs a learner in, opens a lesson with
an empty cache and again with a full one, and counts every byte of body and head as the browser
received it. Media is not counted: the promise is about the page. Ends with 1 above a limit.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out" / "weight.json"
CHROMIUM = "/usr/bin/chromium"
FIRST, AGAIN = 100_000, 25_000
SIZE = 30


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="meanwhile-weight-") as folder:
        address, cookie = prepare(Path(folder))
        port = free_port()
        server = serve(Path(folder), port)
        try:
            found = weigh(f"http://127.0.0.1:{port}", address, cookie)
        finally:
            server.terminate()
            server.wait(20)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1) + "\n")
    for visit, limit in (("first", FIRST), ("again", AGAIN)):
        cost = found[visit]
        print(
            f"{visit:6} {cost['bytes']:>8,} bytes in {cost['requests']} requests (at most {limit:,})"
        )
    return int(found["first"]["bytes"] > FIRST or found["again"]["bytes"] > AGAIN)


def prepare(folder: Path) -> tuple[str, str]:
    """A school in a database of its own; the lesson's address and a signed-in session."""
    from bench import run

    run.prepare(folder)
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from bench.school import make_school

    run.use(folder, "db")
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    made = make_school(SIZE)
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=made.learner),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    connection.close()
    address = reverse("learning:lesson", args=[made.offering, made.lesson])
    return address, client.cookies["sessionid"].value


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    env = os.environ | {"MEANWHILE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, "-m", "meanwhile", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def weigh(base: str, address: str, cookie: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
        first = visit(context.new_page(), base + address)
        again = visit(context.new_page(), base + address)
        browser.close()
    return {"first": first, "again": again}


def visit(page: Any, address: str) -> dict[str, Any]:
    """Bytes over the wire of one visit, by what they were for."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["response"]["url"]

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", received)
    devtools.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    if "/account/" in page.url:
        raise SystemExit("The learner is not signed in.")
    each = {kinds.get(key, key).split("?")[0]: size for key, size in sizes.items() if size}
    return {"bytes": sum(each.values()), "requests": len(each), "each": each}


if __name__ == "__main__":
    raise SystemExit(main())
