"""Every page that somebody can reach by following links: accessible, within its width, from one
origin, in light and dark, wide and narrow."""

import pytest

from tests.house import ROOT
from tests.journeys.crawl import crawl
from tests.journeys.visitor import SIZES

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = """options => axe.run(document, {...options, resultTypes: ['violations']}).then(
  found => found.violations.map(
    each => each.id + ': ' + each.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')))"""
PEOPLE = ("nobody", "amina", "okafor", "reyes", "haddad", "farouk", "brandt", "tiago")
# A page is opened once and looked at four times. Between light and dark only colours differ, so
# only what depends on colour is asked again.
LOOKS = (
    ("wide", "light", True),
    ("wide", "dark", False),
    ("phone", "dark", False),
    ("phone", "light", True),
)


def faults_of(page, whole: bool = True) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, RULES if whole else COLOURS)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{over} px wider than the window"] if over > 0 else [])


def faults_in_every_look(page) -> list[str]:
    faults = []
    for size, scheme, whole in LOOKS:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        faults += [f"{size} {scheme}: {fault}" for fault in faults_of(page, whole)]
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["wide"], strict=True)))
    return faults


@pytest.mark.promise("T25", "T29")
@pytest.mark.parametrize("key", PEOPLE)
def test_every_page_of_a_person_is_accessible_and_from_one_origin(visitor, key, figure):
    """Crawl as one person; axe (WCAG 2.2 A and AA) at 1280 and 360, light and dark."""
    # without movement, so that no colour is caught halfway between light and dark
    someone = visitor(reduced_motion="reduce")
    if key != "nobody":
        someone.sign_in(key)
    start = "/account/login/" if key == "nobody" else "/"
    paths, faults = [], []
    for path in crawl(someone.page, someone.site, start, same_shape=1):
        paths.append(path)
        faults += [f"{path} {fault}" for fault in faults_in_every_look(someone.page)]
    figure(f"{key}: {len(paths)} pages x {len(LOOKS)} looks: {len(faults)} findings")
    assert not faults, "\n".join(faults)


@pytest.mark.promise("T29")
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_pages_hold_at_twice_the_text_in_both_directions(visitor, direction):
    """200 % text at 360 px, left-to-right and right-to-left."""
    faults = []
    someone = visitor("phone")
    someone.sign_in("amina")
    for path in crawl(someone.page, someone.site, most=15):
        someone.page.evaluate(
            "way => { document.documentElement.style.fontSize = '200%';"
            " document.documentElement.dir = way; }",
            direction,
        )
        faults += [f"{path}: {fault}" for fault in faults_of(someone.page)]
    assert not faults, "\n".join(faults)


def test_a_planted_fault_is_seen(visitor):
    page = visitor().go("/account/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert faults_of(page)
