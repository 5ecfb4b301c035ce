"""Follow every link a person can follow, over plain HTTP, and say which pages are worth a look.

Two pages made of the same parts in the same states need one look: a lesson of every kind of
question, but not the page of every learner of a class.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIRequest, APIRequestContext

from demo.cast import PASSWORD
from tests.journeys.newcomers import NEWCOMERS

NUMBERS = re.compile(r"/\d+(?=/|$)")
SLUGS = re.compile(r"(?<=/)[a-z0-9]+(?:-[a-z0-9]+)+(?=/)")
NOT_PAGES = (".csv", ".zip", "/files/", "/static/", "/export/", "/site-admin/")
SAME_SHAPE = 3
LESSONS = 20
MOST = 200


class Found(NamedTuple):
    """A page somebody can reach: its path, its HTML, and the parts and states it is made of."""

    path: str
    html: str
    parts: frozenset[tuple[str, str]]


def shape(path: str) -> str:
    """`/learn/3/why-a-straw/` and `/learn/4/the-eye/` are pages of one shape."""
    return SLUGS.sub("*", NUMBERS.sub("/#", path))


class Reader(HTMLParser):
    """The links of a page, and its parts: each tag with its classes and what state it is in."""

    STATES = ("type", "role", "aria-current", "aria-invalid", "open", "disabled", "checked", "dir")
    ONE_OF_MANY = re.compile(r"\bavatar-\d+\b")  # colours of one part, seen in the gallery

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        classes = " ".join(sorted(self.ONE_OF_MANY.sub("", given.get("class", "")).split()))
        states = " ".join(f"{name}={given[name]}" for name in self.STATES if name in given)
        self.parts.add((tag, f"{classes} {states}"))


def crawl(ask: APIRequestContext, site: str, start: str = "/") -> Iterator[Found]:
    """Each page that whoever asks reaches from `start`."""
    waiting, seen, shapes = [start], set(), dict[str, int]()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        kind = shape(path)
        enough = LESSONS if kind.startswith("/learn/#/*") else SAME_SHAPE
        if path in seen or shapes.get(kind, 0) >= enough:
            continue
        seen.add(path)
        shapes[kind] = shapes.get(kind, 0) + 1
        answer = ask.get(site + path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        html = answer.text()
        reader = Reader(html)
        yield Found(urlsplit(answer.url).path, html, frozenset(reader.parts))
        waiting += own_links(reader.links, site, path)


def own_links(links: list[str], site: str, path: str) -> list[str]:
    full = (urlsplit(urljoin(site + path, link)) for link in links)
    host = urlsplit(site).netloc
    return [
        each.path
        for each in full
        if each.netloc == host and not any(no in each.path for no in NOT_PAGES)
    ]


# ── The plan ───────────────────────────────────────────────────────────────────────────────────

PEOPLE = (
    "nobody", "amina", "okafor", "reyes", "haddad", "farouk", "brandt", "osei", "tiago", *NEWCOMERS,
)  # fmt: skip


class Plan(NamedTuple):
    """Which pages to look at as whom: made once, with the school, for all workers alike.

    pages: by person, what nobody before them has in the same parts. reached: all they can reach.
    folder: the HTML of those pages, one file each.
    """

    pages: dict[str, list[str]]
    reached: dict[str, list[str]]
    folder: Path


def make_plan(
    asking: APIRequest, site: str, folder: Path, people: tuple[str, ...] = PEOPLE
) -> None:
    """Crawl as everybody, and write `plan.json` and the pages into the folder."""
    plan, known = Plan({}, {}, folder), set()
    for key in people:
        ask = asking.new_context()
        if key != "nobody":
            sign_in(ask, site, key)
        plan.pages[key], plan.reached[key] = [], []
        for found in crawl(ask, site, "/account/login/" if key == "nobody" else "/"):
            plan.reached[key].append(found.path)
            mark = (shape(found.path), found.parts)
            if mark not in known:
                known.add(mark)
                plan.pages[key].append(found.path)
                name = f"{key}-{len(plan.pages[key])}-{name_of(found.path)}.html"
                (folder / name).write_text(found.html, encoding="utf-8")
        ask.dispose()
    (folder / "plan.json").write_text(json.dumps([plan.pages, plan.reached]), encoding="utf-8")


def read_plan(folder: Path) -> Plan:
    return Plan(*json.loads((folder / "plan.json").read_text(encoding="utf-8")), folder)


def sign_in(ask: APIRequestContext, site: str, key: str) -> None:
    door = f"{site}/account/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', ask.get(door).text())
    form = {"login": key, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
    answer = ask.post(door, form=form, headers={"Referer": door})
    assert "/account/login" not in answer.url, f"{key} could not sign in"


def name_of(path: str) -> str:
    """`/learn/3/why-a-straw/` is `learn-n-lesson`."""
    words = shape(path).replace("#", "n").replace("*", "lesson").strip("/").replace("/", "-")
    return words or "today"
