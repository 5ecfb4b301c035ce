"""Somebody at a browser, and the demo school that they visit."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Response

from demo.cast import PASSWORD
from tests.crash.run import ROOT, Server, free_port

CHROMIUM = (
    os.environ.get("MEANWHILE_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("google-chrome")
)
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    # the container this may run in has no user namespaces for the sandbox
    "--no-sandbox",
]
SIZES = {"wide": (1280, 900), "phone": (360, 740)}


def environment_of(data: Path) -> dict[str, str]:
    """A clean environment for a server whose data lie in `data`."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MEANWHILE_", "DJANGO_"))}
    env.pop("DATABASE_URL", None)
    return env | {"MEANWHILE_DATA": str(data), "PYTHONPATH": str(ROOT)}


def make_school(env: dict[str, str]) -> None:
    """The demo school as `make run` would make it, and the newcomers who have nothing yet."""
    for command in (
        ["meanwhile", "migrate", "-v0"],
        ["meanwhile", "collectstatic", "--noinput", "-v0"],
        ["meanwhile", "demo", "-v0"],
        ["tests.journeys.newcomers"],
    ):
        ran = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-3000:]


@contextmanager
def served(env: dict[str, str]) -> Iterator[str]:
    """The address of a server for a school that was made."""
    server = Server(env, free_port())
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.kill()


@dataclass
class Visitor:
    """Somebody at a browser. Whatever the page loads from elsewhere, complains of or fails with
    is noted; a journey ends by asserting that there was nothing."""

    context: BrowserContext
    site: str
    kept: dict[str, list]
    page: Page = None  # type: ignore[assignment]
    faults: list[str] = field(default_factory=list)
    document: Response | None = None

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("response", self._got)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _asked(self, request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"third party: {request.url}")

    def _got(self, response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.document = response
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def _said(self, message) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(f"policy: {message.text}")

    @property
    def status(self) -> int:
        """Of the page that stands here."""
        return self.document.status if self.document else 0

    @property
    def html(self) -> bytes:
        """The page that stands here as the server sent it."""
        return self.document.body() if self.document else b""

    def go(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, key: str, password: str = PASSWORD, *, anew: bool = False) -> Page:
        """As one of the cast, or as an account made in the journey (by its user name).

        Whoever signed in before is let in by the cookie of then, unless `anew`: a second device
        has a session of its own.
        """
        if key in self.kept and not anew:
            self.context.add_cookies(self.kept[key])
            if "/account/login" not in self.go("/").url:
                return self.page
        self.go("/account/login/")
        self.page.fill("[name=login]", key)
        self.page.fill("[name=password]", password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/account/login" not in url)
        if not anew:
            self.kept[key] = self.context.cookies()
        return self.page


def come(
    browser: Browser,
    site: str,
    size: str,
    zone: str,
    kept: dict[str, list] | None = None,
    **options,
) -> Visitor:
    """Somebody new at a browser. kept: sessions to go on with, by account; new ones are added."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, timezone_id=zone, locale="en-GB", **options
    )
    context.set_default_timeout(15_000)
    return Visitor(context, site, {} if kept is None else kept)
