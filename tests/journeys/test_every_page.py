"""Every page that somebody can reach, and every state that no link leads to: accessible, valid,
within its width, from one origin, in light and dark, wide and narrow."""

from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.house import ROOT
from tests.journeys.crawl import PEOPLE
from tests.journeys.states import STATES
from tests.journeys.visitor import SIZES, Visitor, come
from tests.policies import POLICIES
from tests.test_pages import faults as html_faults

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = """([options, formulasScroll]) => {
  // the element itself: its path may be another's by now, where a script put something before it
  const excused = (id, n) => formulasScroll && id === 'scrollable-region-focusable'
    && n.element?.matches(':is(p, li, td):has(> math)');
  return axe.run(document, {...options, resultTypes: ['violations'], elementRef: true}).then(
    found => found.violations
      .map(each => [each.id, each.nodes.filter(n => !excused(each.id, n))])
      .filter(([, nodes]) => nodes.length)
      .map(([id, nodes]) => id + ': ' + nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')));
}"""
# A page is opened once and looked at four times. Between light and dark only colours differ, so
# only what depends on colour is asked again.
LOOKS = (
    ("wide", "light", True),
    ("wide", "dark", False),
    ("phone", "dark", False),
    ("phone", "light", True),
)
STILL = {"reduced_motion": "reduce"}  # no colour is caught halfway between light and dark
# Addresses with a GET that are no page of their own, each with the reason.
NO_PAGES = {
    "web:class_csv": "a file",
    "people:people_csv": "a file",
    "courses:offerings_csv": "a file",
    "courses:export": "a file",
    "courses:asset": "a file",
    "authoring:file": "a file",
    "assessment:file": "a file",
    "assessment:own_file": "a file",
    "assessment:photos": "a file",
    "feedback:bank": "words for the list under a comment",
    "authoring:export": "a file",
    "learning:notebook_export": "a file",
    "people:roster_sample": "a file",
    "people:signup": "sends on to joining",
    "people:emails": "sends on to the settings",
    "people:sessions": "sends on to the settings",
    "learning:hint": "only sent to",
    "search:suggestions": "words for the list under the box",
    "web:margin": "a part of the editor's page",
    "ui:gallery": "for those who build; test_components_hold.py looks at it",
}


def faults_of(page, whole: bool = True, formulas_scroll: bool = False) -> list[str]:
    """formulas_scroll: a line with a formula scrolls in itself when it is too long for a phone at
    twice the text. Browsers let keys reach what scrolls; axe asks for a tabindex, which would be a
    stop at every formula. Whatever else scrolls stays a finding."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, [RULES if whole else COLOURS, formulas_scroll])
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


# ── Pages that links lead to ───────────────────────────────────────────────────────────────────


@pytest.mark.promise("T25", "T29")
@pytest.mark.parametrize("key", PEOPLE)
def test_every_page_of_a_person_is_accessible_and_from_one_origin(visitor, plan, key, figure):
    """Crawl as one person; axe (WCAG 2.2 A and AA) at 1280 and 360, light and dark."""
    someone = visitor(**STILL)
    if key != "nobody":
        someone.sign_in(key)
    faults = []
    for path in plan.pages[key]:
        someone.go(path)
        faults += [f"{path} {fault}" for fault in faults_in_every_look(someone.page)]
    figure(f"{key}: {len(plan.pages[key])} pages x {len(LOOKS)} looks: {len(faults)} findings")
    assert not faults, "\n".join(faults)


def test_every_page_that_links_lead_to_is_valid_html(plan):
    """By html-validate, all of them in one process: the real school, with real words in it."""
    assert len(list(plan.folder.glob("*.html"))) > 50
    found = html_faults(plan.folder)
    assert not found, "\n".join(found)


def test_no_page_of_the_product_is_left_out(plan):
    """An address that may be read is reached by links, or by a state, or is said to be no page."""
    seen = {address_of(path) for paths in plan.reached.values() for path in paths}
    seen |= {name for each in STATES for name in each.covers}
    pages = {name for name, policy in POLICIES.items() if policy.see} - NO_PAGES.keys()
    assert not sorted(pages - seen), "link to it, or add a state in tests/journeys/states.py"


def address_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@pytest.mark.promise("T29")
@pytest.mark.parametrize("key", ["amina", "okafor", "long-name"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_pages_hold_at_twice_the_text_in_both_directions(visitor, plan, key, direction):
    """200 % text at 360 px, left-to-right and right-to-left."""
    faults = []
    someone = visitor("phone", **STILL)
    someone.sign_in(key)
    for path in plan.pages[key][:12]:
        someone.go(path)
        someone.page.evaluate(
            "way => { document.documentElement.style.fontSize = '200%';"
            " document.documentElement.dir = way; }",
            direction,
        )
        found = faults_of(someone.page, formulas_scroll=True)
        faults += [f"{path}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


# ── States that no link leads to ───────────────────────────────────────────────────────────────


@pytest.mark.promise("T29")
@pytest.mark.parametrize("who", sorted({str(each.who) for each in STATES}))
def test_every_state_is_accessible_and_valid(visitor, who, tmp_path: Path, figure):
    """Refusals (403, 404, 422, 429), forms with errors, answers, menus: axe in every look."""
    states = [each for each in STATES if str(each.who) == who]
    faults = []
    for each in states:
        someone = visitor(**STILL)
        if each.who:
            someone.sign_in(each.who)
        each.reach(someone)
        assert someone.status == each.status or each.status == 200, f"{each.name}: {someone.status}"
        (tmp_path / f"{each.name.replace(' ', '-')}.html").write_bytes(someone.html)
        faults += [f"{each.name}, {fault}" for fault in faults_in_every_look(someone.page)]
        someone.context.close()
    faults += html_faults(tmp_path)
    figure(f"{who}: {len(states)} states x {len(LOOKS)} looks: {len(faults)} findings")
    assert not faults, "\n".join(faults)


# ── Each of these can fail ─────────────────────────────────────────────────────────────────────


def test_a_planted_fault_is_seen(visitor):
    page = visitor().go("/account/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert faults_of(page)


def test_a_page_that_is_too_wide_is_seen(visitor):
    page = visitor("phone").go("/account/login/")
    page.evaluate("document.querySelector('h1').textContent = 'W'.repeat(80)")
    page.evaluate("document.querySelector('h1').style.whiteSpace = 'pre'")
    assert any("wider than the window" in fault for fault in faults_of(page))


PIXEL = "<img src='https://elsewhere.example/pixel.gif' alt=''>"
SCRIPT = "<script>document.title = 'inline'</script>"


@pytest.mark.promise("T25")
@pytest.mark.parametrize(
    ("planted", "with_policy", "seen"),
    [
        (PIXEL, False, "third party: https://elsewhere.example/pixel.gif"),
        (PIXEL, True, "policy: "),
        (SCRIPT, True, "policy: "),
    ],
)
def test_a_planted_request_and_a_planted_violation_are_seen(
    browser, site, planted, with_policy, seen
):
    """A picture from elsewhere without the policy that stops it; the same and a script with it."""
    someone = come(browser, site, "wide", "Europe/London")
    plant(someone, planted, with_policy)
    someone.go("/account/login/")
    someone.page.wait_for_load_state("networkidle")
    someone.context.close()
    assert [fault for fault in someone.faults if fault.startswith(seen)], someone.faults


def plant(someone: Visitor, html: str, with_policy: bool) -> None:
    def answer(route) -> None:
        if not route.request.url.startswith(someone.site):
            return route.abort()
        reply = route.fetch()
        headers = {
            name: value
            for name, value in reply.headers.items()
            if with_policy or name != "content-security-policy"
        }
        return route.fulfill(
            status=reply.status,
            headers=headers,
            body=reply.text().replace("</main>", html + "</main>"),
        )

    someone.page.route("**/account/login/", answer)
    someone.page.route("https://elsewhere.example/**", answer)
