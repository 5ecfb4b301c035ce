"""A teacher who never saw the editor writes a lesson, and nobody loses a word of theirs."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_every_page import faults_in_every_look, faults_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Hands:
    """Clicks and keys of somebody at a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.keys += len(words)

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        self.keys += 1

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "A wave.png"
    path.write_bytes(PIXEL)
    return path


def box(page: Page) -> Locator:
    return page.locator("write-box textarea[name=words]")


def received(page: Page) -> None:
    expect(page.locator("save-state[data-state=received]").first).to_be_visible()


def test_a_lesson_is_written_and_published_without_a_manual(visitor, picture: Path, figure):
    someone = visitor(reduced_motion="reduce")
    page = someone.sign_in("okafor")
    me = Hands(page)
    me.click(page.get_by_role("navigation", name="Main").get_by_role("link", name="Courses"))
    if not me.link("Write a course").count():
        someone.go("/courses/all/")
    begin(me)
    write_text(me, picture)
    ask_three_questions(me)
    publish(me)
    figure(f"a lesson from nothing: {me.clicks} clicks, {me.keys} letters and keys")
    assert me.clicks <= 30
    someone.go(f"{page.url.removeprefix(someone.site)}view/")
    expect(page.locator("math")).to_be_visible()
    expect(page.get_by_role("img", name="Two waves, one twice as long")).to_be_visible()
    assert page.locator("question-card").count() == 3


def begin(me: Hands) -> None:
    me.click(me.link("Write a course"))
    me.click(me.page.get_by_label("Title"))
    me.type("Sound and waves")
    me.press("Enter")
    me.click(me.page.get_by_label(re.compile("Title of a new lesson")))
    me.type("What sound is")
    me.press("Enter")
    me.page.wait_for_url("**/lessons/what-sound-is/")


def write_text(me: Hands, picture: Path) -> None:
    page = me.page
    me.click(me.link("Write").first)
    expect(box(page)).to_be_focused()
    me.type(
        "## What sound is\n\nSound is a wave in air. Something shakes, and the air with it.\n\n"
    )
    me.type("Its speed is $v = f \\lambda$.\n\n")
    expect(page.locator(".look math")).to_be_visible()
    page.locator("write-box input[type=file]").set_input_files(picture)
    me.clicks += 2  # the tool, and the file
    expect(page.get_by_role("heading", name="What does the picture show?")).to_be_visible()
    me.type("Two waves, one twice as long")
    me.click(me.button("Put it in"))
    expect(page.locator(".look img")).to_be_visible()
    received(page)
    assert not (found := faults_of(page)), found


def ask_three_questions(me: Hands) -> None:
    page = me.page
    box(page).focus()
    me.press("Control+End")
    me.type("\n\n/one ch")
    expect(page.get_by_role("listbox", name="Put in")).to_be_visible()
    me.press("Enter")
    expect(box(page)).to_have_value("")
    me.type(
        "How fast is sound in air?\n\n* [x] 340 m/s :: Yes.\n* [ ] 300,000 km/s :: That is light."
    )
    expect(page.locator(".look .choice")).to_have_count(2)
    assert not (found := faults_of(page)), found
    me.press("Control+Enter")
    for kind, words in (
        (
            "Question: a number",
            "A wave of 2 m comes 170 times a second. How fast is it?\n\n= 340 ± 5 m/s",
        ),
        ("Question: match", "What belongs together?\n\n* high -> many a second\n* loud -> large"),
    ):
        me.click(page.locator(".gap-add").last)
        me.click(me.button(kind))
        expect(box(page)).to_be_focused()
        me.type(words)
        received(page)
        me.press("Control+Enter")
        expect(box(page)).to_have_count(0)


def publish(me: Hands) -> None:
    page = me.page
    me.click(page.locator("#bar").get_by_role("link", name="Publish"))
    expect(page.get_by_text("The lesson “What sound is” is added to “First unit”.")).to_be_visible()
    me.click(me.button("Publish now"))
    expect(page.get_by_text(re.compile("Published: "))).to_be_visible()


def lesson_of_the_demo(someone, title: str) -> Page:
    page = someone.go("/courses/all/")
    page.get_by_role("link", name="Light and colour").click()
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_role("link", name=title, exact=True).first.click()
    return page


def open_block(page: Page, uid: str) -> None:
    page.locator(f"#write-{uid}").click()
    expect(box(page)).to_be_visible()


def test_two_tabs_on_one_block_show_both_versions_and_lose_neither(visitor):
    one, two = visitor(), visitor()
    one.sign_in("okafor")
    two.sign_in("lindqvist")
    first = lesson_of_the_demo(one, "Measure the bend")
    second = lesson_of_the_demo(two, "Measure the bend")
    uid = first.locator("section[data-part]").first.get_attribute("data-part")
    for page in (first, second):
        open_block(page, uid)
    box(first).fill("Words of the first teacher.")
    received(first)
    box(second).fill("Words of the second teacher.")
    panel = second.locator(".two-versions")
    expect(panel).to_contain_text("Words of the first teacher.")
    expect(box(second)).to_have_value("Words of the second teacher.")
    panel.get_by_role("button", name="Put both in the box").click()
    received(second)
    first.reload()
    both = first.locator(f"#part-{uid}")
    expect(both).to_contain_text("Words of the first teacher.")
    expect(both).to_contain_text("Words of the second teacher.")


def test_words_that_the_server_never_got_are_back_after_a_crash(visitor):
    someone = visitor()
    someone.sign_in("okafor")
    page = lesson_of_the_demo(someone, "How we see things")
    uid = page.locator("section[data-part]").first.get_attribute("data-part")
    open_block(page, uid)
    someone.context.set_offline(True)
    box(page).fill("Typed while the network was away.")
    expect(page.locator("save-state[data-state=offline]")).to_be_visible()
    address = page.url.split("?")[0]
    page.close(run_before_unload=False)
    someone.context.set_offline(False)
    someone.page = page = someone.context.new_page()
    page.goto(f"{address}?part={uid}")
    expect(box(page)).to_have_value("Typed while the network was away.")
    received(page)


def test_a_learner_in_the_middle_loses_nothing_when_the_lesson_is_published_anew(visitor):
    learner, teacher = visitor("phone"), visitor()
    learner.sign_in("amina")
    reading = learner.go("/courses/")
    reading.get_by_role("link", name=re.compile("Light and colour")).first.click()
    way = re.search(r"/learn/(\d+)/", reading.url)
    assert way
    learner.go(f"/learn/{way[1]}/why-a-straw-looks-bent/")
    card = reading.locator("#fish question-card")
    card.locator("[type=radio][name=choice]").first.check()
    card.get_by_label("Fairly sure").check()
    expect(card.locator("save-state[data-state=received]")).to_be_visible()

    teacher.sign_in("okafor")
    page = lesson_of_the_demo(teacher, "Why a straw looks bent")
    open_block(page, "fish")
    words = box(page).input_value()
    box(page).fill(words.replace("A fish rests", "A small fish rests"))
    received(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#part-fish")).to_contain_text("A small fish rests")
    page.locator("#bar").get_by_role("link", name="Publish").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text(re.compile("Published: "))).to_be_visible()

    # the page that is open still takes the answer; the next one has the new words and the old work
    card.get_by_role("button", name="Check my answer").click()
    expect(card.locator("[id$=verdict]")).to_be_visible()
    reading.reload()
    card = reading.locator("#fish question-card")
    expect(card).to_contain_text("A small fish rests")
    expect(card.locator("[id$=verdict]")).to_be_visible()
    expect(card.locator("[type=radio][name=choice]").first).to_be_checked()


def test_the_whole_page_works_by_keyboard_alone(visitor):
    someone = visitor(reduced_motion="reduce")
    someone.sign_in("okafor")
    page = lesson_of_the_demo(someone, "How light travels")
    order = [each.get_attribute("data-part") for each in page.locator("section[data-part]").all()]
    page.locator(f"#down-{order[0]}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("section[data-part]").first).to_have_attribute("data-part", order[1])
    expect(page.locator(f"#down-{order[0]}")).to_be_focused()
    more = page.locator(f"#part-{order[1]} summary").last
    more.focus()
    page.keyboard.press("Enter")
    for _ in range(3):  # past another way to say it, and a copy
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # take it out
    expect(page.locator(f"#part-{order[1]}")).to_have_count(0)
    expect(page.locator(f"#back-{order[1]}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#part-{order[1]}")).to_be_visible()


def test_an_open_block_is_accessible_in_every_look(visitor):
    someone = visitor(reduced_motion="reduce")
    someone.sign_in("okafor")
    page = lesson_of_the_demo(someone, "When light slows down")
    faults = []
    for kind in ("text", "numeric", "video"):
        part = page.locator("section[data-part]").filter(has=page.locator(KIND_MARKS[kind])).first
        uid = part.get_attribute("data-part")
        someone.go(f"{page.url.split('?')[0].removeprefix(someone.site)}?part={uid}")
        faults += [f"{kind}: {fault}" for fault in faults_in_every_look(page)]
    assert not faults, "\n".join(faults)


KIND_MARKS = {"text": "h2", "numeric": "input, .choice", "video": "video, film-player"}
