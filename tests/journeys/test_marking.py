"""Marking by keyboard in a real browser, and feedback that is never lost (T5 for markers)."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.crash.run import Server, free_port
from tests.journeys.visitor import come, environment_of

MOST_PRESSES = 4
NOTE = "You say where the light slows down. Now say why it bends."


class Typist:
    """Counts every press of a key that is not a letter of the words themselves."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


@pytest.fixture
def fresh(school: Path, tmp_path: Path) -> dict[str, str]:
    """A school of one's own: these journeys mark what others look at."""
    return environment_of(Path(shutil.copytree(school, tmp_path / "school")))


@pytest.fixture
def server(fresh) -> Iterator[list[Server]]:
    """The server that runs now, last; a test may kill it and start another on the same port."""
    running = [Server(fresh, free_port())]
    yield running
    running[-1].kill()


def open_first(page: Page, site: str) -> None:
    page.goto(site)
    page.locator(".queue a.button", has_text="Mark").first.click()
    expect(page.locator("marking-page h1")).to_be_visible()
    page.wait_for_function(
        "() => customElements.get('marking-page') && customElements.get('keep-words')"
    )


def test_a_script_takes_four_presses_beyond_what_is_typed(browser, server, figure):
    """Marking by keyboard: presses for each script beyond the words typed, no reload between."""
    site = f"http://127.0.0.1:{server[-1].port}"
    okafor = come(browser, site, "wide", "Europe/London")
    page = okafor.sign_in("okafor")
    open_first(page, site)
    page.evaluate("() => { window.sameDocument = true; }")
    counts = []
    for last in (False, True):
        name = page.locator("marking-page h1").inner_text()
        lines = page.locator("fieldset[data-line]").count()
        assert lines == 2
        typist = Typist(page)
        for _line in range(lines):
            typist.press("3")
        expect(page.locator("#note")).to_be_focused()
        typist.type(NOTE)
        typist.press("Control+Enter")
        if last:
            page.wait_for_url(site + "/")
        else:
            expect(page.locator("marking-page h1")).not_to_have_text(name)
            assert page.evaluate("() => window.sameDocument"), "the page was loaded anew"
            expect(page.locator("marking-page h1")).to_be_focused()
        counts.append(typist.presses)
    assert max(counts) <= MOST_PRESSES
    expect(page.get_by_text("Released to Baraka Otieno.")).to_be_visible()
    figure(f"{len(counts)} scripts, {max(counts)} presses each beyond the words, levels included")
    assert not okafor.faults
    okafor.context.close()


def choose_words(page: Page, words: str) -> None:
    """As dragging over them does."""
    page.evaluate(
        """words => { const walker = document.createTreeWalker(document.querySelector('[data-work]'), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.textContent.indexOf(words);
          if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
        } throw new Error('no such words'); }""",
        words,
    )


def test_a_comment_is_pinned_to_the_words_that_were_chosen(browser, server):
    site = f"http://127.0.0.1:{server[-1].port}"
    okafor = come(browser, site, "wide", "Europe/London")
    page = okafor.sign_in("okafor")
    open_first(page, site)
    choose_words(page, "it slows down and bends")
    page.wait_for_timeout(50)
    page.keyboard.press("c")
    expect(page.locator(".work-note textarea")).to_be_focused()
    page.keyboard.type("Say slower than what.")
    expect(page.locator("save-state")).to_contain_text("Received")
    page.reload()
    expect(page.locator(".work mark")).to_have_text("it slows down and bends")
    expect(page.locator(".work-note textarea")).to_have_value("Say slower than what.")
    with page.expect_response("**/draft/"):
        page.get_by_role("button", name="Take it out").click()
    page.reload()
    expect(page.locator(".work mark")).to_have_count(0)
    # without a mouse: C without chosen words opens the list of sentences
    page.keyboard.press("c")
    expect(page.locator("#about")).to_be_focused()
    assert not okafor.faults
    okafor.context.close()


def test_single_keys_can_be_turned_off(browser, server):
    site = f"http://127.0.0.1:{server[-1].port}"
    okafor = come(browser, site, "wide", "Europe/London")
    page = okafor.sign_in("okafor")
    open_first(page, site)
    page.get_by_role("button", name="Turn single keys off").click()
    page.locator("marking-page h1").focus()
    page.keyboard.press("3")
    expect(page.locator("fieldset[data-line] :checked")).to_have_count(0)
    page.get_by_role("button", name="Turn single keys on").click()
    page.locator("marking-page h1").focus()
    page.keyboard.press("3")
    expect(page.locator("fieldset[data-line] :checked")).to_have_count(1)
    okafor.context.close()


@pytest.mark.promise("T5")
def test_feedback_survives_a_killed_server_and_a_killed_tab(browser, server, fresh, figure):
    """A marker types, the server is killed, they type on, the tab is killed: nothing older than two
    seconds is lost, and nothing is said to be received that is not."""
    port = server[-1].port
    site = f"http://127.0.0.1:{port}"
    okafor = come(browser, site, "wide", "Europe/London")
    page = okafor.sign_in("okafor")
    open_first(page, site)
    address = page.url
    page.locator("#note").click()
    page.keyboard.type("The first half.")
    expect(page.locator("save-state")).to_contain_text("Received")
    server[-1].kill()
    page.keyboard.type(" The second half.")
    page.locator('fieldset[data-line] input[value="2"]').first.check()
    time.sleep(2)
    expect(page.locator("save-state")).not_to_contain_text("Received")
    page.close()
    server.append(Server(fresh, port))
    page = okafor.context.new_page()
    page.goto(address)
    expect(page.locator("#note")).to_have_value("The first half. The second half.")
    expect(page.locator('fieldset[data-line] input[value="2"]').first).to_be_checked()
    expect(page.locator("save-state")).to_contain_text("Received")
    page.evaluate(
        "() => indexedDB.databases().then(all => all.forEach(each => indexedDB.deleteDatabase(each.name)))"
    )
    page.reload()
    expect(page.locator("#note")).to_have_value("The first half. The second half.")
    figure("1 run: server and tab killed, 0 keystrokes older than 2 s lost, 0 false “Received”")
    okafor.context.close()
