"""The safe writer in a real browser, against a server that fails in every way there is.

The page, its script and the server's answers are all handed out by the test, so that a lost
answer can be lost at will.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from django.template import Context, Template
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

BUILT = Path(__file__).resolve().parents[2] / "meanwhile" / "ui" / "static"
ORIGIN = "http://meanwhile.test"
PAGE = """<!doctype html><html lang="en" data-account="{{ account }}" data-zone="Africa/Nairobi">
<meta charset="utf-8"><title>Words</title><meta name="csrf-token" content="t">
<form method="post" action="/handed-in">
{% keep_words key="answer:1" url="/words" version=version %}<textarea name="words">{{ words }}</textarea>
{% save_state %}{% endkeep_words %}<button>Hand in</button></form>{% island "keep-words" %}</html>"""
BOX = '<textarea name="words">{{ words }}</textarea>'
ONE_FIELD = PAGE.replace("version=version", "version=version named=True").replace(
    BOX, '<input name="number" aria-label="Number">'
)
TWO_FIELDS = PAGE.replace(
    BOX, BOX + '<label><input type="radio" name="went" value="9f8"> Had it</label>'
)
CHOICE = ONE_FIELD.replace(
    '<input name="number" aria-label="Number">',
    '<label><input type="radio" name="went" value="9f8"> Had it</label>'
    '<label><input type="radio" name="went" value="1c4"> Not yet</label>',
)
KEPT = """account => new Promise((done) => {
  const request = indexedDB.open(`meanwhile-${account}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("words", {keyPath: "id"}).createIndex("key", "key");
  request.onsuccess = () => {
    const all = request.result.transaction("words").objectStore("words").getAll();
    all.onsuccess = () => { request.result.close(); done(all.result.map((kept) => kept.words)); };
  };
})"""


@dataclass
class FakeServer:
    """Keeps one text with its version and every receipt, and does the same operation once."""

    words: str = ""
    version: int = 0
    mode: str = "well"
    account: str = "7"
    page: str = PAGE
    receipts: dict[str, dict] = field(default_factory=dict)
    posts: list[dict[str, str]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = urlparse(route.request.url).path
        if path == "/words":
            return self.receive(route)
        if path.startswith("/static/"):
            return route.fulfill(path=BUILT / path.removeprefix("/static/"))
        if path == "/account/login/":
            return route.fulfill(body="<title>Sign in</title>", content_type="text/html")
        if path == "/handed-in":
            return route.fulfill(body="<title>Handed in</title>", content_type="text/html")
        html = Template(self.page).render(Context(vars(self)))
        return route.fulfill(body=html, content_type="text/html; charset=utf-8")

    def receive(self, route: Route) -> None:
        post = {k: v[0] for k, v in parse_qs(route.request.post_data, True).items()}
        self.posts.append(post)
        if self.mode == "unreachable":
            return route.abort()
        if self.mode == "signed out":
            away = {"Location": "/account/login/?next=/words"}
            return route.fulfill(status=302, headers=away)
        if self.mode in ("503", "403"):
            return route.fulfill(status=int(self.mode))
        status, reply = self.take(post)
        if self.mode == "answer lost":
            return route.abort()
        return route.fulfill(status=status, body=json.dumps(reply), content_type="application/json")

    def take(self, post: dict[str, str]) -> tuple[int, dict]:
        operation = post["operation"]
        if operation not in self.receipts:
            if post["base_version"] != str(self.version):
                return 409, {"theirs": self.words, "version": self.version}
            self.words, self.version = post["words"], self.version + 1
            self.receipts[operation] = {
                "received_at": "2026-10-13T11:03:00+00:00",
                "version": self.version,
            }
        return 200, self.receipts[operation]


@dataclass
class Desk:
    """A browser with one profile, and the server it talks to."""

    context: BrowserContext
    server: FakeServer

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{ORIGIN}/")
        page.wait_for_function("() => Boolean(customElements.get('keep-words'))")
        return page

    def kept(self, page: Page, account: str = "7") -> list[str]:
        return page.evaluate(KEPT, account)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context()
    desk = Desk(context, FakeServer())
    context.route("**/*", desk.server.answer)
    yield desk
    context.close()


def says(page: Page, words: str, within: int = 12_000) -> None:
    expect(page.locator("save-state")).to_contain_text(words, timeout=within)


def box(page: Page):
    return page.locator("textarea")


def test_what_is_typed_is_on_the_device_within_a_second_and_then_received(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "unreachable"
    box(page).type("Light bends")
    page.wait_for_timeout(700)
    assert desk.kept(page) == ["Light bends"]
    desk.server.mode = "well"
    says(page, "Received 14:03")
    assert desk.server.words == "Light bends"
    assert desk.kept(page) == []


def test_long_typing_without_a_pause_is_kept_and_sent_meanwhile(desk: Desk) -> None:
    page = desk.open()
    box(page).type("x" * 70, delay=100)
    assert desk.server.posts
    assert len(desk.kept(page)[0]) > 60


def test_a_lost_answer_does_the_deed_once(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "answer lost"
    box(page).fill("once")
    page.wait_for_timeout(2000)
    box(page).fill("once, and more")
    desk.server.mode = "well"
    says(page, "Received")
    assert desk.server.words == "once, and more"
    assert desk.server.version == 2
    assert {post["words"] for post in desk.server.posts} == {"once", "once, and more"}
    assert len({post["operation"] for post in desk.server.posts}) == 2


def test_a_crashed_page_gives_its_words_to_the_next(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "503"
    box(page).fill("half a sentence")
    page.wait_for_timeout(700)
    page.close(run_before_unload=False)
    after = desk.open()
    expect(box(after)).to_have_value("half a sentence")
    desk.server.mode = "well"
    says(after, "Received")
    assert desk.server.words == "half a sentence"
    assert desk.kept(after) == []


def test_without_a_network_it_says_so_and_sends_later(desk: Desk) -> None:
    page = desk.open()
    desk.context.set_offline(True)
    box(page).fill("on the bus")
    says(page, "It is sent when you are back online")
    assert desk.server.posts == []
    desk.context.set_offline(False)
    says(page, "Received")


def test_a_refusal_is_said_and_can_be_tried_again(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "403"
    box(page).fill("words")
    says(page, "Not received")
    count = len(desk.server.posts)
    page.wait_for_timeout(2500)
    assert len(desk.server.posts) == count
    desk.server.mode = "well"
    page.get_by_role("button", name="Try again").click()
    says(page, "Received")


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("Keep what is in the box", "mine"),
        ("Take the other version", "theirs"),
        ("Put both in the box", "theirs\n\nmine"),
    ],
)
def test_two_versions_are_both_shown_and_a_person_chooses(
    desk: Desk, choice: str, outcome: str
) -> None:
    page = desk.open()
    desk.server.words, desk.server.version = "theirs", 4
    box(page).fill("mine")
    expect(page.locator(".two-versions")).to_contain_text("theirs")
    expect(box(page)).to_have_value("mine")
    assert desk.server.words == "theirs"
    page.get_by_role("button", name=choice).click()
    says(page, "Received")
    assert desk.server.words == outcome


def test_a_named_place_with_one_field_sends_an_object_and_gets_it_back(desk: Desk) -> None:
    desk.server.page = ONE_FIELD
    page = desk.open()
    page.get_by_label("Number").fill("0,5")
    says(page, "Received")
    assert desk.server.words == '{"number":"0,5"}'
    desk.server.mode = "503"
    page.get_by_label("Number").fill("0,75")
    page.wait_for_timeout(700)
    page.close(run_before_unload=False)
    expect(desk.open().get_by_label("Number")).to_have_value("0,75")


def test_both_versions_of_several_fields_lose_no_word(desk: Desk) -> None:
    desk.server.page = TWO_FIELDS
    page = desk.open()
    desk.server.words, desk.server.version = '{"words":"theirs","went":["9f8"]}', 4
    box(page).fill("mine")
    expect(page.locator("[data-theirs]")).to_have_text("theirs\nHad it", use_inner_text=True)
    page.get_by_role("button", name="Put both in the box").click()
    says(page, "Received")
    assert desk.server.words == '{"words":"theirs\\n\\nmine"}'


def test_a_choice_holds_one_version_and_shows_the_other_in_words(desk: Desk) -> None:
    desk.server.page = CHOICE
    page = desk.open()
    desk.server.words, desk.server.version = '{"went":["1c4"]}', 4
    page.get_by_label("Had it").check()
    expect(page.locator("[data-theirs]")).to_have_text("Not yet")
    expect(page.get_by_role("button", name="Put both in the box")).to_have_count(0)
    page.get_by_role("button", name="Take the other version").click()
    expect(page.get_by_label("Not yet")).to_be_checked()


def test_two_tabs_never_write_over_each_other(desk: Desk) -> None:
    one, two = desk.open(), desk.open()
    desk.server.mode = "503"
    box(one).fill("first tab")
    box(two).fill("second tab")
    one.wait_for_timeout(700)
    assert sorted(desk.kept(one)) == ["first tab", "second tab"]
    desk.server.mode = "well"
    says(one, "Received", 15_000) if desk.server.words == "first tab" else None
    one.wait_for_timeout(6000)
    shown = [page.locator(".two-versions").count() for page in (one, two)]
    assert sorted(shown) == [0, 1]
    assert {box(one).input_value(), box(two).input_value()} == {"first tab", "second tab"}


def test_words_of_one_account_are_never_shown_to_another(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "503"
    box(page).fill("private")
    page.wait_for_timeout(700)
    page.close(run_before_unload=False)
    desk.server.account = "8"
    other = desk.open()
    other.wait_for_timeout(800)
    expect(box(other)).to_have_value("")
    assert desk.kept(other, "8") == []
    assert desk.kept(other, "7") == ["private"]


def test_handing_in_waits_for_the_receipt_of_the_last_words(desk: Desk) -> None:
    page = desk.open()
    box(page).fill("final")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/handed-in")
    assert desk.server.words == "final"
    assert desk.kept(page) == []


def test_handing_in_is_not_held_up_by_a_server_that_does_not_answer(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "503"
    box(page).fill("final")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/handed-in", timeout=5000)
    assert desk.kept(page) == ["final"]


def test_a_session_that_ended_is_said_and_the_words_are_sent_after_signing_in(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "signed out"
    box(page).fill("half an hour of work")
    says(page, "You are signed out. It is sent when you have signed in again.")
    assert desk.kept(page) == ["half an hour of work"]
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_timeout(1500)
    expect(box(page)).to_have_value("half an hour of work")
    page.get_by_role("link", name="Sign in again").click()
    page.wait_for_url(lambda url: url.endswith("/account/login/?next=%2F"))
    desk.server.mode = "well"
    page.goto(f"{ORIGIN}/")  # where the sign-in leads back to
    expect(box(page)).to_have_value("half an hour of work")
    says(page, "Received")
    assert desk.server.words == "half an hour of work"
    assert desk.kept(page) == []


def test_words_of_an_ended_session_are_not_sent_for_whoever_signs_in_next(desk: Desk) -> None:
    page = desk.open()
    desk.server.mode = "signed out"
    box(page).fill("mine")
    says(page, "You are signed out")
    desk.server.mode, desk.server.account = "well", "8"
    page.goto(f"{ORIGIN}/")
    page.wait_for_timeout(2000)
    expect(box(page)).to_have_value("")
    assert desk.server.words == ""
    assert desk.kept(page, "7") == ["mine"]
