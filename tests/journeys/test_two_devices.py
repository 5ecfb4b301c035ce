"""One person, two browsers: the place, the film, the half-typed answer and the settings go along."""

import re

import pytest
from playwright.sync_api import Page, expect

COIN = "/learn/1/how-light-travels/"
FILM = "/learn/1/when-light-slows-down/"


@pytest.fixture
def device(visitor):
    """A browser of somebody's own, signed in there for itself."""

    def arrive(who: str, size: str = "wide", **options) -> Page:
        someone = visitor(size, reduced_motion="reduce", **options)
        someone.sign_in(who, anew=True)
        someone.page.site = someone.site
        return someone.page

    return arrive


def open_lesson(page: Page, path: str) -> None:
    page.goto(page.site + path)
    page.wait_for_function("() => Boolean(customElements.get('reading-place'))")


def test_a_lesson_opens_at_the_paragraph_where_the_other_device_stopped(device):
    desk = device("leo")
    desk.locator("main .button-main").click()
    desk.wait_for_function("() => Boolean(customElements.get('reading-place'))")
    lesson = desk.get_by_role("heading", level=1).inner_text()
    paragraph = another_paragraph(desk)
    with desk.expect_response(re.compile("/reading/")) as noted:
        # where the eyes are, a little below the top
        desk.evaluate(
            "id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 140)",
            paragraph,
        )
    assert noted.value.ok

    phone = device("leo", "phone")
    expect(phone.locator("#go-on")).to_have_text(lesson)
    expect(phone.get_by_text("You stopped at")).to_be_visible()
    phone.locator("main .button-main").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(lesson)
    phone.wait_for_load_state()
    top = phone.locator(f"[id='{paragraph}']").bounding_box()["y"]
    assert 0 <= top <= 200, f"{paragraph} is not at the top of the screen, but at {top}"


def another_paragraph(page: Page) -> str:
    """One in the middle of the lesson that is not the one it opened at."""
    resumed = page.locator("reading-place").get_attribute("data-resume")
    found = page.locator("section[data-part] p[id]").evaluate_all("all => all.map((p) => p.id)")
    others = [each for each in found if re.search(r"-p\d+$", each) and each != resumed]
    return others[len(others) // 2]


def test_a_film_goes_on_at_the_second_where_the_other_device_stopped(device):
    desk = device("mei")
    open_lesson(desk, FILM)
    desk.locator("video").scroll_into_view_if_needed()
    with desk.expect_response(re.compile("/film/")) as noted:
        desk.evaluate(
            "async () => { const film = document.querySelector('video'); film.muted = true;"
            " await film.play(); film.currentTime = 17;"
            " await new Promise((done) => film.addEventListener('seeked', done, {once: true}));"
            " film.pause(); }"
        )
    assert noted.value.ok

    phone = device("mei", "phone")
    open_lesson(phone, FILM)
    phone.get_by_role("button", name="Go on from 0:17").click()
    phone.wait_for_function("() => document.querySelector('video').currentTime >= 16.9")


def words(page: Page):
    return page.locator("#upside-down textarea")


def says(page: Page, said: str) -> None:
    expect(page.locator("#upside-down save-state").first).to_contain_text(said, timeout=12_000)


def test_a_half_typed_answer_goes_along_and_the_older_device_never_overwrites_it(device):
    desk = device("jonah")
    open_lesson(desk, COIN)
    words(desk).fill("Light from the top")
    says(desk, "Received")

    phone = device("jonah", "phone")
    open_lesson(phone, COIN)
    expect(words(phone)).to_have_value("Light from the top")
    words(phone).fill("Light from the top goes down through the hole.")
    says(phone, "Received")

    words(desk).press_sequentially(" of the tree")
    both = desk.locator("#upside-down .two-versions")
    expect(both).to_contain_text("goes down through the hole", timeout=12_000)
    expect(words(desk)).to_have_value("Light from the top of the tree")

    phone.reload()
    expect(words(phone)).to_have_value("Light from the top goes down through the hole.")


def test_what_is_typed_without_a_line_is_on_the_device_and_sent_when_it_is_back(device):
    desk = device("freya")
    open_lesson(desk, COIN)
    desk.context.set_offline(True)
    words(desk).fill("On the bus, in the tunnel.")
    says(desk, "Saved on this device")
    says(desk, "back online")
    desk.wait_for_timeout(700)  # what is typed is on the disk within half a second
    desk.close(run_before_unload=False)

    desk.context.set_offline(False)
    again = desk.context.new_page()
    again.site = desk.site
    open_lesson(again, COIN)
    says(again, "Received")
    phone = device("freya", "phone")
    open_lesson(phone, COIN)
    expect(words(phone)).to_have_value("On the bus, in the tunnel.")


def test_settings_go_along(device):
    """Light, size, language and zone, chosen on one device, are there on the other."""
    desk = device("sam")
    desk.goto(desk.site + "/settings/")
    desk.get_by_role("button", name="Reading settings").first.click()
    for choice in ("Dark", "Largest"):
        with desk.expect_response(re.compile("/settings/reading/")):
            desk.locator("#reading").get_by_label(choice).check()
    desk.keyboard.press("Escape")
    desk.get_by_label("Language").select_option("fr")
    desk.get_by_label("Where you are").select_option("Asia/Tokyo")
    desk.get_by_role("button", name="Keep", exact=True).click()
    expect(desk.locator(".topbar .clock")).to_contain_text("Tokyo")

    phone = device("sam", "phone", color_scheme="light")
    html = phone.locator("html")
    for name, value in {"theme": "dark", "text": "largest"}.items():
        expect(html).to_have_attribute(f"data-{name}", value)
    expect(html).to_have_attribute("lang", "fr")
    expect(phone.locator(".topbar .clock")).to_contain_text("Tokyo")
    expect(phone.get_by_role("link", name="Cours")).to_be_visible()
