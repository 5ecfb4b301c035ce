"""Pictures of every page, for eyes: `python -m tests.journeys.shots FOLDER [person…]`.

Everybody of the demo school, and those who have nothing yet, at 1280 and 360, light and dark; each
file is named `<person>-<page>-<size>-<light or dark>.png`, and `index.html` shows them all on one
sheet. With `SITE=http://127.0.0.1:8000` in the environment a running demo school is visited.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from demo.cast import BY_KEY
from tests.journeys.crawl import PEOPLE, make_plan, name_of, read_plan
from tests.journeys.visitor import (
    CHROMIUM,
    QUIET,
    SIZES,
    come,
    environment_of,
    make_school,
    served,
)

LOOKS = (("wide", "light"), ("wide", "dark"), ("phone", "light"), ("phone", "dark"))
TALLEST = 6000  # pixels of a page; what is longer is more of the same
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>
body {{ font: 14px/1.4 system-ui; margin: 16px }} section {{ display: flex; gap: 12px; overflow-x: auto }}
figure {{ margin: 0; flex: none }} img {{ block-size: 420px; border: 1px solid #999 }} h2 {{ margin: 24px 0 4px }}
</style><h1>{count} pages</h1>{rows}</html>
"""


def main(folder: str, *people: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with school() as site, sync_playwright() as running, tempfile.TemporaryDirectory() as notes:
        make_plan(running.request, site, Path(notes), people or PEOPLE)
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        kept: dict[str, list] = {}
        for key, paths in read_plan(Path(notes)).pages.items():
            for size, scheme in LOOKS:
                take(browser, site, key, paths, size, scheme, target, kept)
            print(f"{key}: {len(paths)} pages")
        browser.close()
    write_sheet(target)


@contextmanager
def school() -> Iterator[str]:
    if "SITE" in os.environ:
        yield os.environ["SITE"].rstrip("/")
        return
    with tempfile.TemporaryDirectory() as data:
        environment = environment_of(Path(data))
        make_school(environment)
        with served(environment) as address:
            yield address


def take(
    browser: Browser,
    site: str,
    key: str,
    paths: list[str],
    size: str,
    scheme: str,
    target: Path,
    kept: dict[str, list],
) -> None:
    zone = BY_KEY[key].zone if key in BY_KEY else "Europe/London"
    someone = come(browser, site, size, zone, kept, color_scheme=scheme, reduced_motion="reduce")
    if key != "nobody":
        someone.sign_in(key)
    page, (width, height) = someone.page, SIZES[size]
    for number, path in enumerate(paths, 1):
        page.set_viewport_size({"width": width, "height": height})
        someone.go(path)
        # the window as tall as the page, so that bars stand where they do at its end
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": width, "height": max(tall, height)})
        page.screenshot(path=target / f"{key}-{number:02d}-{name_of(path)}-{size}-{scheme}.png")
    someone.context.close()


def write_sheet(target: Path) -> None:
    """`index.html`: a row a page, its four looks beside each other."""
    pages: dict[str, list[Path]] = {}
    for picture in sorted(target.glob("*.png")):
        pages.setdefault(picture.stem.rsplit("-", 2)[0], []).append(picture)
    rows = "".join(
        f"<h2>{escape(page)}</h2><section>{''.join(map(_figure, pictures))}</section>"
        for page, pictures in pages.items()
    )
    (target / "index.html").write_text(SHEET.format(count=len(pages), rows=rows), encoding="utf-8")


def _figure(picture: Path) -> str:
    name, words = escape(picture.name), escape(" ".join(picture.stem.rsplit("-", 2)[1:]))
    return f'<figure><a href="{name}"><img loading="lazy" src="{name}" alt="{words}"></a></figure>'


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say where to: python -m tests.journeys.shots FOLDER [person…]")
    main(*sys.argv[1:])
