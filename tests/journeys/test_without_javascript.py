"""The same pages where no script runs: an old phone, a strict school network, a broken line."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.lesson_repository import repository

PASSWORD = "four brown owls"


@pytest.fixture
def plain(visitor):
    """Somebody on a phone whose browser runs no script."""

    def arrive(who: str = "", **options):
        someone = visitor("phone", java_script_enabled=False, **options)
        if who:
            someone.sign_in(who)
        return someone

    return arrive


def test_a_learner_joins_answers_and_tries_again(plain):
    someone = plain()
    page = joins(someone)
    someone.go("/courses/")
    page.get_by_role("link", name="Light and colour", exact=True).click()
    page.locator("main").get_by_role("link", name="Start", exact=True).click()
    answers_wrongly_then_rightly(page)
    page.locator("[data-next] button").click()
    expect(page.get_by_role("heading", level=1, name="How we see things")).to_be_visible()
    someone.go("/progress/")
    expect(page.get_by_text("Light and colour").first).to_be_visible()


def joins(someone) -> Page:
    page = someone.go("/join/")
    page.get_by_label("Class code").fill("8bsc 4rvr")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Full name").fill("Efua Mensah")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account and join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Efua")
    return page


def answers_wrongly_then_rightly(page: Page) -> None:
    """Check without an answer, then a wrong one, a hint, the right one, and what it says each time."""
    question = page.locator("#three-cards")
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_role("alert")).to_contain_text("Choose one of the answers first")
    question.get_by_label("The light bends a little and finds the hole").check()
    question.get_by_label("Very sure").check()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.get_by_text("Not yet", exact=True).first).to_be_visible()
    expect(question.get_by_text("Light cannot look for a hole")).to_be_visible()
    expect(question).to_be_in_viewport()
    question.get_by_role("button", name="Give me a hint").click()
    expect(question.get_by_text("Hint 1 of 2")).to_be_visible()
    question.get_by_label("The spot disappears").check()
    question.get_by_role("button", name="Check again").click()
    expect(question.get_by_text("Right", exact=True).first).to_be_visible()
    page.reload()
    expect(question.get_by_label("The spot disappears")).to_be_checked()


def test_reading_settings_are_kept(plain):
    someone = plain("priya")
    page = someone.go("/settings/")
    page.get_by_role("button", name="Reading settings").first.click()
    menu = page.locator("#reading")
    menu.get_by_label("Dark").check()
    menu.get_by_label("Largest").check()
    menu.get_by_role("button", name="Keep these settings").click()
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(html).to_have_attribute("data-text", "largest")
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Réglages")).to_be_visible()
    expect(html).to_have_attribute("lang", "fr")


def test_a_teacher_looks_at_a_course_before_taking_it_in(plain, tmp_path: Path):
    """The dry run: what would change is shown, and nothing is changed."""
    someone = plain("okafor")
    page = someone.go("/courses/all/")
    courses = page.locator("main").inner_text()
    someone.go("/courses/import/")
    page.set_input_files("input[type=file]", repository(tmp_path, own=True))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="A new course")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Take it in")).to_be_visible()
    someone.go("/courses/all/")
    assert page.locator("main").inner_text() == courses
