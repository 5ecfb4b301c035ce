"""Pictures of every shape of page, for eyes: `python -m tests.journeys.shots FOLDER [person…]`.

Each file is named `<person>-<page>-<size>-<light or dark>.png`. The whole page is taken; with
`SITE=http://127.0.0.1:8000` in the environment a running demo school is visited instead of a new one.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from demo.cast import BY_KEY
from tests.journeys.crawl import crawl, shape
from tests.journeys.visitor import CHROMIUM, QUIET, come, environment_of, served_school

PEOPLE = ("nobody", "amina", "okafor", "brandt", "reyes", "haddad", "farouk")
LOOKS = (("wide", "light"), ("wide", "dark"), ("phone", "light"), ("phone", "dark"))


def main(folder: str, *people: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with school() as site, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for key in people or PEOPLE:
            for size, scheme in LOOKS:
                take(browser, site, key, size, scheme, target)
        browser.close()


@contextmanager
def school() -> Iterator[str]:
    if "SITE" in os.environ:
        yield os.environ["SITE"].rstrip("/")
        return
    with (
        tempfile.TemporaryDirectory() as data,
        served_school(environment_of(Path(data))) as address,
    ):
        yield address


def take(browser: Browser, site: str, key: str, size: str, scheme: str, target: Path) -> None:
    zone = BY_KEY[key].zone if key in BY_KEY else "Europe/London"
    someone = come(browser, site, size, zone, color_scheme=scheme)
    if key != "nobody":
        someone.sign_in(key)
    start = "/account/login/" if key == "nobody" else "/"
    for path in crawl(someone.page, site, start, same_shape=1):
        name = f"{key}-{name_of(path)}-{size}-{scheme}.png"
        someone.page.screenshot(path=target / name, full_page=True)
    print(f"{key}, {size}, {scheme}: done")
    someone.context.close()


def name_of(path: str) -> str:
    """`/learn/3/why-a-straw/` is `learn-n-lesson`."""
    words = shape(path).replace("#", "n").replace("*", "lesson").strip("/").replace("/", "-")
    return words or "today"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say where to: python -m tests.journeys.shots FOLDER [person…]")
    main(*sys.argv[1:])
