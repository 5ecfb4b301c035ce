"""Somebody watches a film that stops to ask, by mouse and by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests.journeys.test_every_page import faults_of
from tests.journeys.visitor import CHROMIUM, QUIET, come


@pytest.fixture(scope="module")
def browser(playwright_: Playwright):
    """One that plays films without being asked twice."""
    running = playwright_.chromium.launch(
        executable_path=CHROMIUM, args=[*QUIET, "--autoplay-policy=no-user-gesture-required"]
    )
    yield running
    running.close()


@pytest.fixture
def learner(browser: Browser, site: str, kept: dict[str, list]):
    """`learner("freya", "phone")`: somebody who looks at the lesson with the film."""
    came = []

    def arrive(key: str, size: str = "wide"):
        came.append(come(browser, site, size, "Europe/London", kept, reduced_motion="reduce"))
        came[-1].sign_in(key)
        return came[-1]

    yield arrive
    for each in came:
        each.context.close()
    assert not [fault for each in came for fault in each.faults]


def lesson(someone) -> Page:
    return someone.go("/learn/1/when-light-slows-down/#film")


def play_from(page: Page, second: float) -> None:
    page.evaluate(
        """async (second) => {
          const film = document.querySelector('film-player video');
          film.muted = true;
          film.preload = 'auto';
          if (film.readyState < 1) await new Promise((done) => film.addEventListener('loadedmetadata', done, {once: true}));
          film.currentTime = second;
          await new Promise((done) => film.addEventListener('seeked', done, {once: true}));
          await film.play();
        }""",
        second,
    )


def playing(page: Page) -> bool:
    return bool(page.evaluate("!document.querySelector('film-player video').paused"))


def second(page: Page) -> float:
    return float(page.evaluate("document.querySelector('film-player video').currentTime"))


def question(page: Page) -> Locator:
    return page.get_by_role("dialog", name="It stopped at 0:47 to ask this.")


def test_the_film_stops_at_its_second_and_goes_on_after_the_answer(learner):
    page = lesson(learner("freya"))
    expect(page.get_by_text("At 0:47 of “Slower on one side”")).to_be_visible()
    play_from(page, 45.5)
    expect(question(page)).to_be_visible()
    expect(page.locator("#air-to-glass")).to_be_focused()
    assert not playing(page)
    assert abs(second(page) - 47) < 0.3
    assert not (found := faults_of(page)), found
    question(page).get_by_text("It bends towards the normal").click()
    question(page).get_by_role("button", name="Check").click()
    expect(question(page).locator("question-card.know")).to_be_visible()
    question(page).get_by_role("button", name="Go on").click()
    expect(question(page)).to_have_count(0)
    page.wait_for_function("() => document.querySelector('film-player video').currentTime > 47.6")
    assert page.locator("#air-to-glass question-card.know").is_visible()
    # it was answered: who goes back is not asked again
    play_from(page, 46.5)
    page.wait_for_function("() => document.querySelector('film-player video').currentTime > 48")
    expect(question(page)).to_have_count(0)


def test_by_keyboard_alone_nobody_is_locked_in(learner):
    page = lesson(learner("sam", "phone"))
    play_from(page, 45.5)
    expect(question(page)).to_be_visible()
    inside = "document.querySelector('#air-to-glass').contains(document.activeElement)"
    for keys in ["Tab"] * 12 + ["Shift+Tab"] * 14:
        page.keyboard.press(keys)
        assert page.evaluate(inside), keys
    page.keyboard.press("Escape")
    expect(question(page)).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('film-player video').paused")
    expect(page.locator("film-player video")).to_be_focused()
    # skipping over it is free
    page.reload()
    play_from(page, 48)
    page.wait_for_function("() => document.querySelector('film-player video').currentTime > 49")
    expect(question(page)).to_have_count(0)


def test_a_chapter_plays_from_its_beginning_and_is_marked(learner):
    page = lesson(learner("amina"))
    page.evaluate("document.querySelector('film-player video').muted = true")
    page.get_by_role("button", name="Play from 0:27").first.click()
    page.wait_for_function("() => document.querySelector('film-player video').currentTime > 27.2")
    expect(page.locator("[data-chapters] [aria-current]")).to_contain_text("A trolley on grass")


def test_speed_and_captions_are_remembered_on_the_device(learner):
    page = lesson(learner("amina"))
    page.locator("film-player [data-speed] select").select_option("1.5")
    page.evaluate("document.querySelector('film-player video').textTracks[0].mode = 'hidden'")
    page.wait_for_function("(localStorage.getItem('meanwhile-films') ?? '').includes('off')")
    page.reload()
    expect(page.locator("film-player [data-speed] select")).to_have_value("1.5")
    mode = "document.querySelector('film-player video').textTracks[0].mode"
    page.wait_for_function(f"() => {mode} === 'hidden'")
