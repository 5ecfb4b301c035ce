"""What every page must hold: a constant number of queries, valid HTML, nothing inline."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.growth import grow, work
from tests.house import ROOT, node
from tests.personas import PERSONAS, World, client_of, make_world
from tests.policies import POLICIES


@pytest.fixture
def world(cast) -> World:
    world = make_world(cast)
    work(world.offering, [cast.amina, cast.leo])
    return world


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page that somebody may see, with one who may: name, address, persona."""
    for name, policy in sorted(POLICIES.items()):
        if policy.see:
            wanted = [p for p in ("amina", "okafor", "reyes", "nobody", "half") if p in policy.see]
            for persona in wanted or sorted(policy.see):
                yield name, reverse(name, kwargs=policy.rows(world)), persona


def test_a_page_asks_no_more_of_a_school_ten_times_as_large(world: World):
    before = counted(world)
    grow(world)
    after = counted(world)
    grown = {
        page: (before[page], after[page]) for page in before if after.get(page) != before[page]
    }
    assert not grown, f"queries before and after the school grew: {grown}"


def counted(world: World) -> dict[tuple[str, str], int]:
    counts = {}
    for name, address, persona in pages(world):
        client = client_of(world.cast, persona)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(address)
        if response.status_code == 200:
            counts[name, persona] = len(asked)
    return counts


INLINE = re.compile(rb"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)(?![^>]*json)")


def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(world: World):
    for _name, address, persona in pages(world):
        response = client_of(world.cast, persona).get(address)
        if response.status_code != 200 or response.streaming:
            continue
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        found = INLINE.search(response.content)
        assert not found, f"{address} as {persona}: {response.content[found.start() :][:120]!r}"
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, f"{address}: {policy}"
        assert not re.search(rb'(?:src|srcset)="https?:', response.content), address


def test_every_page_is_valid_html(world: World, tmp_path: Path):
    """By html-validate, against the HTML standard's content model."""
    written = 0
    for name, address, persona in pages(world):
        response = client_of(world.cast, persona).get(address)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            file = tmp_path / f"{name.replace(':', '-')}--{persona}.html"
            file.write_bytes(response.content)
            written += 1
    assert written > 20
    found = faults(tmp_path)
    assert not found, "\n".join(found)


def faults(folder: Path) -> list[str]:
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    report = folder / "report.json"  # a pipe would be cut off where Node exits early
    ran = subprocess.run(
        [node(), str(ROOT / "node_modules/html-validate/bin/html-validate.mjs"), "-f", f"json={report}",
         str(folder)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert report.exists(), ran.stderr[-2000:]
    return [
        f"{Path(page['filePath']).name}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
        for page in json.loads(report.read_text())
        for fault in page["messages"]
        if fault["severity"] == 2
    ]


# the standard and accessibility, not taste in layout of the source
RULES = {
    "root": True,
    # `details` is no sectioning content in the standard of today
    "elements": ["html5", {"details": {"sectioning": False}}],
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "no-trailing-whitespace": "off",
        "void-style": "off",
        "attr-quotes": "off",
        "doctype-style": "off",
        "long-title": "off",
        "require-sri": "off",
        "svg-focusable": "off",
        "prefer-native-element": "off",
        "wcag/h32": "off",  # a technique: a preview's question has nothing to send
        "no-implicit-button-type": "off",
        "valid-autocomplete": "error",
    },
}


def test_the_validator_sees_a_planted_fault(tmp_path: Path):
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en"><head><title>x</title></head>'
        "<body><p><div>inside</div></p></body></html>"
    )
    assert any("element-permitted" in fault or "close" in fault for fault in faults(tmp_path))


def test_every_persona_has_a_start(world: World):
    for persona in PERSONAS:
        assert client_of(world.cast, persona).get("/").status_code in (200, 302), persona
