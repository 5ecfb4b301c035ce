"""T5: the server is killed while people type, and then their tab, their browser, their network, their
clock or the room on their disk. Nothing older than two seconds is lost, and “Received” is never said
of what was not.

A teacher types in the editor, a learner in an answer and in a note, all at once, at about the speed
of a fast hand. The server is killed at a random moment (SIGKILL), the typing goes on, something
happens to the device, the server comes back, and the words are looked for where they were typed.
In full: MEANWHILE_T5_RUNS=30. MEANWHILE_T5_SEED chooses other moments.
"""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

from tests.crash.run import Server, free_port
from tests.journeys.visitor import CHROMIUM, QUIET, Visitor

RUNS = int(os.environ.get("MEANWHILE_T5_RUNS", "3"))
SEED = int(os.environ.get("MEANWHILE_T5_SEED", "5"))
LOST_AT_MOST = 2.0
"""Seconds."""
SETTLED = 0.5
"""Seconds of typing that a word about where the words are may lag behind."""
DAYS = 24 * 3600 * 1000
COIN, STRAW = "/learn/1/how-light-travels/", "/learn/1/why-a-straw-looks-bent/"
WRITE = "/courses/1/writing/lessons/how-we-see-things/"

# what the page's clock says is moved by `skew` milliseconds; a claim is told the moment it is made
WATCH = """() => {
  const Real = Date;
  window.skew = 0;
  try { window.skew = Number(localStorage.getItem('skew')); } catch { /* about:blank */ }
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + window.skew); }
    static now() { return Real.now() + window.skew; }
  };
  const seen = new WeakMap();
  new MutationObserver((all) => {
    for (const {target} of all) {
      if (target.localName !== 'save-state' || target.dataset.state === seen.get(target)) continue;
      seen.set(target, target.dataset.state);
      const box = target.closest('keep-words, form')?.querySelector('textarea');
      if (target.dataset.state === 'received' && box) window.claim(box.value);
    }
  }).observe(document, {subtree: true, attributes: true, attributeFilter: ['data-state'], childList: true});
}"""

# the words that the device keeps for whoever is signed in, out of their JSON where they are in one
ON_DEVICE = """() => new Promise((done) => {
  const request = indexedDB.open(`meanwhile-${document.documentElement.dataset.account}`, 1);
  request.onsuccess = () => {
    const all = request.result.transaction("words").objectStore("words").getAll();
    all.onsuccess = () => {
      request.result.close();
      const texts = (words) => { try { return Object.values(JSON.parse(words)).flat(); } catch { return []; } };
      done(all.result.flatMap(({words}) => [words, ...texts(words)]));
    };
  };
})"""


# ── A place somebody types in ──────────────────────────────────────────────────────────────────


@dataclass
class Place:
    """One box, in a tab of its own. typed: each moment (seconds), and all that stood there then."""

    name: str
    find: Callable[[Page, str], Locator]
    address: str
    mark: str
    page: Page = None  # type: ignore[assignment]
    typed: list[tuple[float, str]] = field(default_factory=list)

    @property
    def box(self) -> Locator:
        return self.find(self.page, self.mark)

    @property
    def all(self) -> str:
        return self.typed[-1][1]

    def at(self, moment: float) -> str:
        """What had been typed by then."""
        return max((words for when, words in self.typed if when <= moment), key=len, default="")

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words) if len(words) > 1 else self.page.keyboard.type(words)
        before = self.all if self.typed else ""
        self.typed.append((time.monotonic(), before + words))

    @property
    def state(self) -> Locator:
        """What is said of where the words are: in the place itself, or in the form around it."""
        around = (
            "xpath=ancestor::*[self::form or self::article or self::keep-words][.//save-state][1]"
        )
        return self.box.locator(around).locator("save-state").first

    def is_received(self) -> None:
        """It says so, or it says nothing: a page that found on the device what the server sent."""
        end = time.monotonic() + 40
        last = None
        while time.monotonic() < end:
            now = self.state.get_attribute("data-state")
            if now == "received" or (now is None and last == "nothing"):
                return
            last = "nothing" if now is None else now
            self.page.wait_for_timeout(700)
        raise AssertionError(f"{self.name}: still {last}")


def in_the_editor(page: Page, mark: str) -> Locator:
    return page.locator("write-box textarea[name=words]")


def in_the_answer(page: Page, mark: str) -> Locator:
    return page.locator("#upside-down textarea")


def in_the_note(page: Page, mark: str) -> Locator:
    return page.locator(f"article.note[data-t5='{mark}'] textarea, article.note textarea").last


def begin_editor(place: Place) -> None:
    place.page.wait_for_function("() => Boolean(customElements.get('keep-words'))")
    place.box.click()
    place.page.keyboard.press("Control+a")


def begin_answer(place: Place) -> None:
    begin_editor(place)


def begin_note(place: Place) -> None:
    place.page.wait_for_function("() => Boolean(customElements.get('lesson-notes'))")
    pin = place.page.locator("[data-pin]").first
    pin.focus()
    place.page.keyboard.press("Enter")
    expect(place.box).to_be_focused()


def words_in(place: Place) -> str:
    """What stands in the place's box, or in one of the notes: the one that begins with the mark."""
    values = place.page.locator("textarea").evaluate_all("all => all.map((each) => each.value)")
    read = place.page.locator("[data-note-words]").all_inner_texts()
    return max((each for each in values + read if each.startswith(place.mark)), key=len, default="")


# ── The people, their server, and what the server has ──────────────────────────────────────────


@dataclass
class Desk:
    """Two people at two browsers, and the server they write to."""

    launch: Callable[[str], BrowserContext]
    server: Server
    environment: dict[str, str]
    folder: Path
    editor_address: str = ""
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    claims: list[tuple[float, str]] = field(default_factory=list)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def open(self, place: Place) -> None:
        context = self.contexts["teacher" if place.name == "editor" else "learner"]
        place.page = context.new_page()
        place.page.goto(self.site + place.address)

    def context(self, who: str) -> None:
        context = self.launch(who)
        context.set_default_timeout(20_000)
        context.expose_binding("claim", lambda _source, words: self.claim(words))
        context.add_init_script(f"({WATCH})()")
        self.contexts[who] = context

    def claim(self, words: str) -> None:
        self.claims.append((time.monotonic(), words))

    def come_back(self) -> None:
        self.server = Server(self.environment, self.server.port)

    def has(self, mark: str) -> str:
        """What the server has on its disk of the words that begin with `mark`. It must be dead."""
        copy = self.folder / "looked-at"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for path in Path(self.environment["MEANWHILE_DATA"]).glob("db.sqlite3*"):
            shutil.copy(path, copy)
        questions = (
            "SELECT json_extract(part.value, '$.words') FROM authoring_lessoncopy,"
            " json_each(document, '$.parts') AS part",
            "SELECT field.value FROM learning_draft, json_each(words) AS field",
            "SELECT words FROM learning_lessonnote",
        )
        with closing(sqlite3.connect(copy / "db.sqlite3")) as database:
            found = [row[0] for each in questions for row in database.execute(each)]
        held = [each for each in found if isinstance(each, str) and each.startswith(mark)]
        return max(held, key=len, default="")


# ── What becomes of the device ─────────────────────────────────────────────────────────────────


def stays(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """The page stays open, and the words are typed on while the server comes back."""
    desk.come_back()
    type_on(1.0)
    return float("inf")


def tab_is_killed(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """The renderer dies, as when a phone runs out of memory."""
    moment = time.monotonic()
    for who in desk.contexts:
        kill(each for each in processes_of(desk.folder / who) if is_renderer(each))
    desk.come_back()
    for place in places:
        desk.open(place)
    return moment


def reloaded(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """Somebody reloads, and finds no server; and again when it is there."""
    moment = time.monotonic()
    for place in places:
        with suppress(Error):
            place.page.reload(timeout=3000)
    desk.come_back()
    for place in places:
        place.page.goto(desk.site + place.address)
    return moment


def goes_offline(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """The network goes too; the tab is closed, and opened when both are back."""
    for context in desk.contexts.values():
        context.set_offline(True)
    type_on(1.0)
    moment = time.monotonic()
    for place in places:
        place.page.close(run_before_unload=False)
    desk.come_back()
    for context in desk.contexts.values():
        context.set_offline(False)
    for place in places:
        desk.open(place)
    return moment


def clock_jumps(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """The clock falls back a month in the middle of a sentence; the next page is a month ahead."""
    for place in places:
        place.page.evaluate(
            f"localStorage.setItem('skew', {30 * DAYS}); window.skew = {-30 * DAYS}"
        )
    type_on(1.5)
    moment = time.monotonic()
    for place in places:
        place.page.close(run_before_unload=False)
    desk.come_back()
    for place in places:
        desk.open(place)
    for place in places:
        place.page.evaluate("localStorage.removeItem('skew')")
    return moment


def storage_is_full(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """There is no room on the device: the page says that the words are only here, or they are on it
    after all (Chromium lets small words through for half a minute), and stays open."""
    for place in places:
        session = place.page.context.new_cdp_session(place.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": desk.site, "quotaSize": 1})
    type_on(1.5)
    places[0].page.wait_for_timeout(1000)
    for place in places:
        if place.state.get_attribute("data-state") != "only-here":
            on_device = place.page.evaluate(ON_DEVICE)
            assert any(place.all.rstrip() in each for each in on_device), place.name
    desk.come_back()
    return float("inf")


def browser_is_killed(desk: Desk, places: list[Place], type_on: Callable[[float], None]) -> float:
    """SIGKILL to every process of the browser; it is opened again on the same profile."""
    moment = time.monotonic()
    for who in list(desk.contexts):
        kill(processes_of(desk.folder / who))
    desk.come_back()
    for who, context in list(desk.contexts.items()):
        with suppress(Error):
            context.close()
        desk.context(who)
    for place in places:
        desk.open(place)
    return moment


def processes_of(profile: Path) -> list[int]:
    """The browser of this profile and all that it started: ours, whoever else runs one here."""
    lines, parents = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            lines[int(place.name)] = (place / "cmdline").read_bytes()
            state = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(state[1])
    found = [
        each for each, line in lines.items() if b"--user-data-dir=%s\0" % bytes(profile) in line
    ]
    for each in found:  # grows as it goes
        found += [
            child for child, parent in parents.items() if parent == each and child not in found
        ]
    return found


def is_renderer(process: int) -> bool:
    with suppress(OSError):
        return b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def kill(processes: Iterable[int]) -> None:
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


Ending = Callable[[Desk, list[Place], Callable[[float], None]], float]
ENDINGS: tuple[Ending, ...] = (browser_is_killed, storage_is_full, tab_is_killed, stays, clock_jumps, reloaded, goes_offline)  # fmt: skip


# ── The runs ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(playwright_: Playwright, data: Path, environment, tmp_path: Path) -> Iterator[Desk]:
    """A server and a school of its own: it is killed."""
    folder = shutil.copytree(data, tmp_path / "site")
    environment = environment | {"MEANWHILE_DATA": str(folder)}
    cookies: dict[str, list] = {}

    def launch(who: str) -> BrowserContext:
        context = playwright_.chromium.launch_persistent_context(
            str(tmp_path / who), executable_path=CHROMIUM, args=QUIET, reduced_motion="reduce",
            viewport={"width": 1280, "height": 900}, locale="en-GB",
        )  # fmt: skip
        if who not in cookies:
            someone = Visitor(context, desk.site, {})
            someone.sign_in({"teacher": "okafor", "learner": "jonah"}[who])
            cookies[who] = context.cookies()
            someone.page.close()
        context.add_cookies(cookies[who])
        return context

    desk = Desk(launch, Server(environment, free_port()), environment, tmp_path)
    desk.context("teacher")
    desk.context("learner")
    yield desk
    with suppress(ProcessLookupError):  # a run that failed while it was dead
        desk.server.kill()
    for who, context in desk.contexts.items():
        kill(processes_of(tmp_path / who))  # to close a tab that was killed can take for ever
        with suppress(Error):
            context.close()


def address_of_the_editor(desk: Desk) -> str:
    page = desk.contexts["teacher"].new_page()
    page.goto(f"{desk.site}/courses/all/")
    page.get_by_role("link", name="Light and colour").click()
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_role("link", name="How we see things", exact=True).first.click()
    page.wait_for_load_state()
    uid = page.locator("section[data-part]").first.get_attribute("data-part")
    address = f"{page.url.split('?')[0].removeprefix(desk.site)}?part={uid}"
    page.close()
    return address


def sentence(dice: random.Random) -> Iterator[str]:
    """Letters without end: words of two to nine of them, and a full stop now and then."""
    while True:
        yield from "".join(dice.choices("abcdefghijklmnoprstuvwåéø", k=dice.randint(2, 9)))
        yield dice.choice(["  ", " ", " ", " ", ". "])[-1:]


@pytest.mark.slow
@pytest.mark.promise("T5")
def test_words_typed_while_the_server_is_killed_are_all_there_again(desk: Desk, figure):
    dice = random.Random(SEED)
    desk.editor_address = address_of_the_editor(desk)
    worst, claims, letters, kinds = 0.0, 0, 0, []
    for run in range(RUNS):
        ending = ENDINGS[run % len(ENDINGS)]
        lost, said, typed = one_run(desk, run, ending, dice)
        worst, claims, letters = max(worst, lost), claims + said, letters + typed
        kinds.append(ending.__name__)
        print(f"{run + 1}. {ending.__name__.replace('_', ' ')}: {lost:.2f} s lost, {typed} letters")
    figure(
        f"{RUNS} kills of the server ({len(set(kinds))} things that become of the device), {letters} "
        f"letters typed in 3 places: at most {worst:.2f} s of typing lost; {claims} times “Received” "
        "said, 0 times falsely"
    )


# the device says that it kept the words, and keeps nothing
FORGETS = """() => { IDBObjectStore.prototype.put = function (record) { return this.get(record.id); }; }"""


def test_a_device_that_keeps_nothing_is_seen(desk: Desk):
    """The fault that T5 is about, planted: words typed after the kill die with their tab."""
    desk.editor_address = address_of_the_editor(desk)
    for context in desk.contexts.values():
        context.add_init_script(f"({FORGETS})()")
    with pytest.raises(AssertionError, match="of typing lost"):
        one_run(desk, 0, tab_is_killed, random.Random(1), dead=3.5)


def one_run(
    desk: Desk, run: int, ending: Ending, dice: random.Random, dead: float | None = None
) -> tuple[float, int, int]:
    """Seconds of typing that were lost, how often “Received” was said, how many letters typed.
    dead: seconds of typing after the kill."""
    mark = f"t{SEED}run{run} "
    places = [
        Place("editor", in_the_editor, desk.editor_address, mark + "e "),
        Place("answer", in_the_answer, COIN, mark + "a "),
        Place("note", in_the_note, STRAW, mark + "n "),
    ]
    letters = sentence(dice)
    for place, begin in zip(places, (begin_editor, begin_answer, begin_note), strict=True):
        desk.open(place)
        begin(place)
        place.type(place.mark)

    def type_on(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            letter = next(letters)
            for place in places:
                place.type(letter)
            places[0].page.wait_for_timeout(dice.choice([5, 10, 20, 40, 250]))

    type_on(dice.uniform(0.2, 4.0))
    desk.server.kill()
    killed = time.monotonic()
    type_on(dice.uniform(0.0, 3.0) if dead is None else dead)
    claimed = list(desk.claims)
    no_claim_is_false(desk, places, claimed, killed)
    moment = ending(desk, places, type_on)
    lost = max(loss(place, moment) for place in places)
    assert lost <= LOST_AT_MOST, f"{ending.__name__}: {lost:.2f} s of typing lost"
    for place in places:
        place.is_received()
    here = {place.name: words_in(place) for place in places}
    desk.server.kill()  # what it said it had, it has
    for place in places:
        assert desk.has(place.mark).rstrip() == here[place.name].rstrip(), place.name
    desk.come_back()
    said = len(desk.claims)
    for place in places:
        place.page.close()
    desk.claims.clear()
    return lost, said, sum(len(place.all) for place in places)


def no_claim_is_false(
    desk: Desk, places: list[Place], claims: list[tuple[float, str]], killed: float
) -> None:
    for place in places:
        has = desk.has(place.mark)
        for moment, words in claims:
            if words.startswith(place.mark):
                said = place.at(moment - SETTLED)
                assert len(has) >= len(said.rstrip()), (
                    f"{place.name}: “Received” of {len(said)} letters, {len(has)} here"
                )
        long_dead = time.monotonic() - killed > LOST_AT_MOST and len(place.at(killed)) < len(
            place.all
        )
        if long_dead and len(has) < len(place.at(time.monotonic() - LOST_AT_MOST).rstrip()):
            assert place.state.get_attribute("data-state") != "received", (
                f"{place.name}: “Received” with the server dead"
            )


def loss(place: Place, moment: float) -> float:
    """Seconds between the first letter that is not there and the end of the typing (`moment`, or
    endless where nothing may be lost at all)."""
    end = time.monotonic() + 15
    while True:
        here = words_in(place)
        gone = [when for when, words in place.typed if not same(here, words)]
        if not gone or time.monotonic() > end:
            break
        if moment != float("inf") and moment - gone[0] <= LOST_AT_MOST and here:
            break
        place.page.wait_for_timeout(200)
    if not gone:
        return 0.0
    return min(moment, place.typed[-1][0] + LOST_AT_MOST + 1) - gone[0]


def same(here: str, words: str) -> bool:
    """Whether these words are there; what ends in a space may have been tidied."""
    return here.rstrip().startswith(words.rstrip())
