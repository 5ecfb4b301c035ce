"""Follow every link a person can follow, once for each shape of page."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

NUMBERS = re.compile(r"/\d+(?=/|$)")
SLUGS = re.compile(r"(?<=/)[a-z0-9]+(?:-[a-z0-9]+)+(?=/)")
NOT_PAGES = (".csv", ".zip", "/files/", "/static/", "/export/", "/site-admin/")
SAME_SHAPE = 2


def shape(path: str) -> str:
    """`/learn/3/why-a-straw/` and `/learn/4/the-eye/` are pages of one shape."""
    return SLUGS.sub("*", NUMBERS.sub("/#", path))


def links(page: Page, site: str) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    own = (urlsplit(link) for link in found if link.startswith(site))
    return [link.path for link in own if not any(no in link.path for no in NOT_PAGES)]


def crawl(
    page: Page, site: str, start: str = "/", most: int = 60, same_shape: int = SAME_SHAPE
) -> Iterator[str]:
    """Yield each path while the page stands on it; at most `same_shape` of one shape."""
    waiting, seen, shapes = [start], set(), dict[str, int]()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = shape(path)
        if path in seen or shapes.get(kind, 0) >= same_shape:
            continue
        seen.add(path)
        shapes[kind] = shapes.get(kind, 0) + 1
        response = page.goto(site + path)
        if response and "text/html" in response.headers.get("content-type", ""):
            yield path
            waiting += links(page, site)
