"""A learner's notes: made by hand and by keyboard, kept while the lesson changes, on two devices;
and a lesson that is read aloud."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.house import ROOT

STRAW = "/learn/1/why-a-straw-looks-bent/"
FILE = Path("refraction/why-a-straw-looks-bent.md")
COURSE = ROOT / "demo/courses/light-and-colour"
PULL, LOOK = "Pull the straw out.", "Now look through the"

SELECT = """words => {
  const part = [...document.querySelectorAll('section[data-part] p[id]')].find(p => p.textContent.startsWith(words));
  part.scrollIntoView({block: 'center'});
  const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(text, 0, text, text.length);
}"""
MARKED = """() => [...(CSS.highlights.get('note') ?? [])].map(range => range.toString())"""
VOICES = """(() => {
  window.said = [];
  const voice = (name, localService) => ({name, voiceURI: name, lang: 'en-GB', localService});
  const fake = {
    getVoices: () => [voice('Far away', false), voice('Here', true)],
    addEventListener() {},
    speak(words) { this.now = words; said.push([words.text, words.voice.name, words.rate]);
      setTimeout(() => this.now === words && words.onboundary({name: 'word', charIndex: 0}), 20); },
    cancel() { this.now = null; },
    finish() { this.now.onend(); },
  };
  Object.defineProperty(window, 'speechSynthesis', {value: fake});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""


@pytest.fixture
def device(visitor) -> Callable[..., Page]:
    def arrive(size: str = "wide", **options) -> Page:
        someone = visitor(size, reduced_motion="reduce", **options)
        someone.sign_in("hana", anew=True)
        someone.page.site = someone.site
        return someone.page

    return arrive


@pytest.fixture
def taken_in(environment, tmp_path) -> Iterator[Callable[[str, str], None]]:
    """`taken_in("old words", "new words")`: the course comes in again with other words."""

    def take(folder: Path) -> None:
        command = [sys.executable, "-m", "meanwhile", "import", str(folder), "--school", "riverside", "--publish"]  # fmt: skip
        subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)

    def change(old: str, new: str) -> None:
        folder = tmp_path / "course"
        if not folder.exists():
            shutil.copytree(COURSE, folder)
        text = (folder / FILE).read_text(encoding="utf-8")
        assert old in text
        (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
        take(folder)

    yield change
    take(COURSE)


def open_lesson(page: Page) -> None:
    page.goto(page.site + STRAW)
    page.wait_for_function("() => Boolean(customElements.get('lesson-notes'))")


def pin(page: Page, words: str):
    return page.get_by_role("button", name=words).and_(page.locator("[data-pin]"))


def test_notes_stay_where_their_words_are_and_say_so_when_they_are_gone(device, taken_in):
    desk = device()
    open_lesson(desk)
    desk.evaluate(SELECT, LOOK)
    desk.get_by_role("button", name="Highlight", exact=True).click()
    expect(desk.locator(".note save-state").last).to_contain_text("Received")
    pin(desk, PULL).focus()
    desk.keyboard.press("Enter")
    desk.keyboard.type("Ask why it is straight.")
    expect(desk.locator(".note:not([hidden]) save-state").last).to_contain_text("Received")
    desk.keyboard.press("Escape")
    expect(pin(desk, PULL)).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(pin(desk, LOOK)).to_be_focused()

    taken_in(PULL, "First of all: be careful. Pull the straw out.")
    phone = device("phone")
    open_lesson(phone)
    expect(phone.get_by_text("Ask why it is straight.")).to_be_attached()
    expect(pin(phone, "1 of your notes: “First of all")).to_have_text("1")
    assert [words.strip() for words in phone.evaluate(MARKED)] == [LOOK]

    text = (COURSE / FILE).read_text(encoding="utf-8")
    paragraph = next(line for line in text.splitlines() if line.startswith(LOOK))
    taken_in(paragraph, "Glass is another matter.")
    phone.goto(phone.site + "/notebook/")
    gone = phone.locator(".list > div", has_text="The spot is gone")
    expect(gone).to_contain_text("Now look through the")
    expect(gone).to_have_count(1)
    phone.fill("#q", "STRAIGHT")
    phone.get_by_role("button", name="Find").click()
    expect(phone.get_by_text("1 note fits.")).to_be_visible()


def test_a_note_written_without_a_network_is_made_later(device):
    page = device("phone")
    open_lesson(page)
    page.context.set_offline(True)
    pin(page, "Write down in one sentence").click()
    page.keyboard.type("On the bus.")
    expect(page.locator(".note save-state").last).to_contain_text("It is sent when you are back")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.site = page.site
    open_lesson(again)
    expect(again.locator(".note textarea").last).to_have_value("On the bus.")
    expect(again.locator(".note save-state").last).to_contain_text("Received")
    again.goto(again.site + "/notebook/")
    expect(again.get_by_text("On the bus.")).to_be_visible()


def test_a_lesson_is_read_aloud_by_a_voice_of_this_device(device):
    page = device()
    page.add_init_script(VOICES)
    open_lesson(page)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Read aloud").click()
    expect(page.locator("[data-voice]")).to_have_text("Here")
    page.locator("[data-rate]").select_option("1.5")
    page.evaluate("speechSynthesis.finish()")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    said = page.evaluate("said")
    assert {voice for _text, voice, _rate in said} == {"Here"}, "no text goes to a remote voice"
    assert said[0][0].startswith("Unit 3")
    assert said[-1][2] == 1.5
    assert said[-1][0] == said[-2][0], "after a pause the sentence begins again"
    page.wait_for_function("() => CSS.highlights.get('spoken-word')?.size === 1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()
    open_lesson(page)
    page.get_by_role("button", name="Read aloud").click()
    expect(page.locator("[data-rate]")).to_have_value("1.5")


def test_without_a_voice_it_says_so(device):
    page = device()
    open_lesson(page)
    expect(page.get_by_text("no voice of its own")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_be_hidden()


def test_ruler_and_focus_come_from_the_reading_settings(device):
    page = device()
    open_lesson(page)
    page.get_by_role("button", name="Reading settings").click()
    page.get_by_text("A band to read along").click()
    page.get_by_text("One paragraph").click()
    expect(page.get_by_text("It follows you to every device")).to_be_visible()
    open_lesson(page)
    page.mouse.wheel(0, 400)
    expect(page.locator(".reading-ruler")).to_be_visible()
    expect(page.locator("[data-current]")).to_have_count(1)
    page.get_by_role("button", name="Reading settings").click()
    page.get_by_text("Off", exact=True).click()
    page.get_by_text("Whole page").click()
    expect(page.locator(".reading-ruler")).to_be_hidden()
