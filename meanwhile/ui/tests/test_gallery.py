import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client, override_settings
from django.urls import reverse

from meanwhile.ui import gallery

ROOM = Path(__file__).resolve().parents[1]
VOID = {"meta", "link", "input", "br", "hr", "img", "source", "track", "col", "wbr", "area"}
DRAWING = {"rect", "circle", "path", "line", "use", "stop", "lineargradient"}

pytestmark = pytest.mark.django_db


class Tags(HTMLParser):
    """Finds tags that are not closed in order, ids used twice, and inline style or script."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))
        if tag not in VOID | DRAWING:
            self.wrong.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> out of order at {self.getpos()}")

    def _attributes(self, tag: str, attrs: dict[str, str | None]) -> None:
        if "id" in attrs:
            self.ids.append(attrs["id"] or "")
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.wrong.append(f"<{tag}> has style or script of its own: {attrs}")
        if tag == "script" and "src" not in attrs:
            self.wrong.append("script written into the page")


@pytest.fixture
def page(client: Client) -> str:
    return client.get(reverse("ui:gallery")).content.decode()


def test_it_shows_every_component(page: str) -> None:
    shown = set(re.findall(r'class="([^"]*)"', page))
    classes = {name for value in shown for name in value.split()}
    files = (ROOM / "styles" / "components.css").read_text()
    not_a_class = {
        *("code", "editor", "progress", "week", "work", "video", "keep-words", "maths"),
        *("captions", "marking", "task"),  # of one page each
    }
    missing = {
        name
        for name in re.findall(r'"([\w-]+)\.css"', files)
        if name not in not_a_class and name not in classes
    }
    assert not missing


def test_its_html_is_in_order(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.wrong == []
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))


def test_every_icon_that_is_shown_is_in_the_sprite() -> None:
    sprite = (ROOM / "art" / "sprite.svg").read_text()
    assert set(re.findall(r'id="i-([\w-]+)"', sprite)) == set(gallery.ICONS)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    named = set()
    for template in ROOM.parent.glob("**/templates/**/*.html"):
        named |= set(re.findall(r'{% icon "([\w-]+)"', template.read_text()))
    assert named <= set(gallery.ICONS)


@override_settings(DEBUG=False, GALLERY=False)
def test_it_is_not_there_for_everybody(client: Client) -> None:
    """Signed out, one is asked to sign in, as for everything that is not there."""
    assert client.get(reverse("ui:gallery")).status_code in (302, 404)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_the_pages_for_trouble_render_without_any_context(name: str) -> None:
    html = get_template(f"{name}.html").render({})
    assert "<h1>" in html
    assert "!" not in re.sub(r"<[^>]*>", "", html)


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    reply = client.post("/account/login/", {"login": "x"})
    assert reply.status_code == 403
    assert "That was not received" in reply.content.decode()
