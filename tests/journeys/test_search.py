"""Somebody looks for something: types, is helped, slips, and is taken to the very spot."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.keyboard import Keyboard

SPOT = re.compile(r"/learn/\d+/[\w-]+/(\?second=\d+)?#[\w-]+$")
IN_VIEW = """id => { const box = document.getElementById(id).getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 0 }"""


def first_result(page: Page):
    return page.locator(".results h3 a").first


def is_at_the_spot(page: Page) -> None:
    """The page is the lesson, and what was found is in the window and below its bar."""
    expect(page).to_have_url(SPOT)
    spot = page.url.rpartition("#")[2]
    page.wait_for_function(IN_VIEW, arg=spot)
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", spot)
    bar = page.evaluate("document.querySelector('header')?.getBoundingClientRect().bottom ?? 0")
    assert top >= bar - 1 or page.evaluate("scrollY") == 0, f"{spot} lies under the bar"


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_word_is_typed_finished_by_a_suggestion_and_opened_at_its_spot(visitor, size):
    someone = visitor(size, reduced_motion="reduce")
    someone.sign_in("amina")
    page = someone.go("/")
    page.get_by_role("button", name="Search", exact=True).first.click()
    field = page.locator("#find-words")
    expect(field).to_be_focused()
    field.press_sequentially("mirr")
    option = page.get_by_role("option", name="mirror", exact=True)
    expect(option).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    option.click()
    expect(page.get_by_role("heading", name=re.compile("places? found"), level=2)).to_be_visible()
    expect(page.locator(".results mark").first).to_have_text(re.compile("mirror", re.IGNORECASE))
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    first_result(page).click()
    is_at_the_spot(page)


def test_a_slip_is_mended_and_said(visitor):
    someone = visitor()
    someone.sign_in("amina")
    page = someone.go("/search/")
    page.fill("#search-words", "refracton")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“refracton” is nowhere in your courses")).to_be_visible()
    expect(page.locator(".results mark").first).to_be_visible()


def test_by_keyboard_alone(visitor):
    """From any page: "/", a few letters, down to a suggestion, Enter, Tab to a result, Enter."""
    someone = visitor("wide", reduced_motion="reduce")
    someone.sign_in("amina")
    keys = Keyboard(someone.go("/progress/"))
    page = keys.page
    keys.press("/")
    expect(page.locator("#find-words")).to_be_focused()
    keys.type("shad")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    keys.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    chosen = option.inner_text()
    expect(page.locator("#find-words")).to_have_attribute(
        "aria-activedescendant", option.get_attribute("id")
    )
    keys.press("ArrowUp")
    expect(page.locator("#find-words")).to_have_value("shad")
    keys.press("ArrowDown")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("#search-words")).to_have_value(chosen)
    title = " ".join(first_result(page).inner_text().split())
    keys.open(title, tag="a")
    is_at_the_spot(page)


def test_escape_closes_the_list_and_keeps_what_was_typed(visitor):
    someone = visitor()
    someone.sign_in("amina")
    page = someone.go("/search/")
    page.locator("#search-words").press_sequentially("mirr")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#search-words")).to_have_value("mirr")
    expect(page.locator("#search-words")).to_have_attribute("aria-expanded", "false")


def test_nothing_asked_nothing_found_and_nothing_to_search(visitor):
    someone = visitor("phone")
    someone.sign_in("amina")
    page = someone.go("/search/")
    expect(page.get_by_text("What are you looking for?")).to_be_visible()
    page.fill("#search-words", "xylophone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing found for “xylophone”")).to_be_visible()
    expect(page.locator("#search-words")).to_have_value("xylophone")
    other = visitor("phone")
    other.sign_in("site")
    other.go("/search/?q=mirror")
    expect(other.page.get_by_text("Nothing to search yet")).to_be_visible()


def test_without_a_script_it_is_a_form(visitor):
    someone = visitor("phone", java_script_enabled=False)
    someone.sign_in("amina")
    page = someone.go("/search/")
    page.fill("#search-words", "mirrror")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_text("“mirrror” is nowhere in your courses")).to_be_visible()
    first_result(page).click()
    expect(page).to_have_url(SPOT)


def test_without_a_network_the_field_is_still_a_form(visitor):
    someone = visitor()
    someone.sign_in("amina")
    page = someone.go("/search/")
    page.route("**/search/suggestions/**", lambda route: route.abort())
    page.locator("#search-words").press_sequentially("mirror")
    page.keyboard.press("Enter")
    expect(first_result(page)).to_be_visible()
