"""Every component in every setting: no finding of axe, no sideways scroll, nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlparse

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "meanwhile" / "ui" / "static"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ORIGIN = "http://localhost"  # every answer is handed out below; no server listens
WIDTHS = {"wide": 1280, "phone": 360}
SETTINGS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "high contrast": {"contrast": "more"},
    "high contrast, dark": {"contrast": "more", "theme": "dark"},
    "largest text": {"text": "largest"},
    "wide letters": {"space": "wide", "font": "reader"},
    "right to left": {},
}
FINDINGS = """async () => (await axe.run({resultTypes: ["violations"]})).violations
  .map((found) => [found.id, found.nodes.map((node) => node.html.slice(0, 200))])"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def gallery(setting: str) -> tuple[str, dict[str, str]]:
    """The page as the server sends it to a guest with that setting, and its headers."""
    client = Client()
    client.cookies["reading"] = urlencode(SETTINGS[setting])
    language = "ar" if setting == "right to left" else "en-gb"
    with override_settings(GALLERY=True):
        reply = client.get(reverse("ui:gallery"), headers={"Accept-Language": language})
    assert reply.status_code == 200
    return reply.content.decode(), dict(reply.headers)


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 780})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("setting", SETTINGS)
def test_it_holds(page: Page, setting: str) -> None:
    html, headers = gallery(setting)
    trouble: list[str] = []

    def answer(route: Route) -> None:
        address = urlparse(route.request.url)
        if not route.request.url.startswith(ORIGIN):
            trouble.append(route.request.url)
            return route.abort()
        if address.path.startswith("/static/"):
            return route.fulfill(path=BUILT / address.path.removeprefix("/static/"))
        return route.fulfill(body=html, headers=headers)

    page.route("**/*", answer)
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{ORIGIN}/gallery/")
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate("document.documentElement.dir") == (
        "rtl" if setting == "right to left" else "ltr"
    )
    page.evaluate("source => { (0, eval)(source) }", AXE.read_text())
    assert page.evaluate(FINDINGS) == []
    assert trouble == []
