"""A teacher makes a film in the browser, with the devices that Chromium pretends to have."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.journeys.test_editor import lesson_of_the_demo, received
from tests.journeys.test_every_page import faults_of
from tests.journeys.visitor import CHROMIUM, QUIET, Visitor, come

DEVICES = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--auto-select-tab-capture-source-by-title=Writing:",
    "--autoplay-policy=no-user-gesture-required",
]
TEACHER = "okafor"


@pytest.fixture(scope="module")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    running = playwright_.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *DEVICES])
    yield running
    running.close()


@pytest.fixture
def teacher(browser: Browser, site: str, kept: dict[str, list]) -> Iterator[Callable[..., Visitor]]:
    came: list[Visitor] = []

    def arrive(size: str = "wide", **options) -> Visitor:
        options = {"reduced_motion": "reduce", "permissions": ["camera", "microphone"]} | options
        came.append(come(browser, site, size, "Europe/London", kept, **options))
        came[-1].sign_in(TEACHER)
        return came[-1]

    yield arrive
    for each in came:
        each.context.close()
    assert not [fault for each in came for fault in each.faults]


def new_block(someone: Visitor, kind: str, lesson: str = "Measure the bend") -> Page:
    page = lesson_of_the_demo(someone, lesson)
    page.locator(".gap-add").last.click()
    page.get_by_role("button", name=kind, exact=True).click()
    expect(page.locator("film-recorder")).to_be_visible()
    return page


def state(page: Page, wanted: str) -> None:
    expect(page.locator(f"film-recorder[data-state={wanted}]")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.locator("film-recorder").get_by_role("button", name=name, exact=True).click()


def recorded_for(page: Page, seconds: int) -> None:
    """Until the clock of the recorder says so."""
    place = page.locator("film-recorder [data-time]")
    expect(place).to_have_text(re.compile(rf"0:0[{seconds}-9]"))


def looked_at(page: Page) -> float:
    """How long the recording is that stands there, as the player finds out."""
    return float(
        page.evaluate(
            """async () => {
              const film = document.querySelector('film-recorder [data-look]:not([hidden])');
              if (film.readyState < 1) await new Promise((done) => film.addEventListener('loadedmetadata', done, {once: true}));
              if (!Number.isFinite(film.duration)) {
                film.currentTime = 1e6;
                await new Promise((done) => film.addEventListener('durationchange', done, {once: true}));
              }
              return film.duration;
            }"""
        )
    )


def kept_here(page: Page) -> int:
    """How many recordings are on this device."""
    return int(
        page.evaluate(
            """async () => {
              const name = `meanwhile-recordings-${document.documentElement.dataset.account}`;
              const db = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
              const count = await new Promise((done) => { const asked = db.transaction('recordings').objectStore('recordings').count(); asked.onsuccess = () => done(asked.result); });
              db.close();
              return count;
            }"""
        )
    )


def test_a_film_is_made_with_a_pause_made_again_and_kept(teacher):
    page = new_block(teacher(), "Film")
    assert not (found := faults_of(page)), found
    press(page, "Record with the camera")
    state(page, "ready")
    expect(page.get_by_text("Ready. Nothing is recorded yet.")).to_be_visible()
    press(page, "Begin")
    recorded_for(page, 2)
    press(page, "Pause")
    state(page, "paused")
    paused = page.locator("film-recorder [data-time]").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator("film-recorder [data-time]").inner_text() == paused
    press(page, "Go on")
    press(page, "Stop")
    state(page, "look")
    assert not (found := faults_of(page)), found
    first = looked_at(page)
    assert 1.5 < first < 5
    press(page, "Record again")
    press(page, "Record with the camera")
    press(page, "Begin")
    recorded_for(page, 3)
    press(page, "Stop")
    state(page, "look")
    assert kept_here(page) == 1
    assert looked_at(page) > 2.5
    press(page, "Keep it")
    state(page, "kept")
    expect(page.locator("select[name=src]")).to_have_value(re.compile(r"media/film-[\d-]+\.webm"))
    expect(page.locator("[name=seconds]")).to_have_value(re.compile("^[345]$"))
    expect(page.locator("[name=title]")).to_have_value("Measure the bend")
    assert kept_here(page) == 0
    received(page)
    expect(page.locator(".look video")).to_be_visible()


def test_a_voice_is_made_in_a_block_of_sound(teacher):
    page = new_block(teacher("phone"), "Sound")
    press(page, "Record your voice")
    press(page, "Begin")
    recorded_for(page, 2)
    press(page, "Stop")
    state(page, "look")
    assert page.locator("film-recorder [data-waves]").get_attribute("d").count("M") > 5
    assert not (found := faults_of(page)), found
    press(page, "Keep it")
    state(page, "kept")
    expect(page.locator("select[name=src]")).to_have_value(re.compile(r"media/voice-[\d-]+\.\w+"))
    received(page)
    expect(page.locator(".look audio")).to_be_visible()


@pytest.mark.parametrize("button", ["Record the screen", "Screen with camera"])
def test_the_screen_is_filmed_alone_or_with_somebody_in_its_corner(teacher, button):
    page = new_block(teacher(), "Film")
    press(page, button)
    state(page, "ready")
    press(page, "Begin")
    recorded_for(page, 2)
    press(page, "Stop")
    state(page, "look")
    assert looked_at(page) > 1
    size = "(() => { const film = document.querySelector('video[data-look]'); return [film.videoWidth, film.videoHeight]; })()"
    wide, high = page.evaluate(size)
    assert wide > 300
    assert high > 200


def test_a_reload_in_the_middle_loses_nothing(teacher):
    someone = teacher()
    page = new_block(someone, "Film")
    press(page, "Record with the camera")
    press(page, "Begin")
    recorded_for(page, 4)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    someone.page.wait_for_load_state()
    notice = page.locator("recordings-left")
    expect(notice).to_contain_text("A recording is still on this device")
    notice.get_by_role("link", name="Go to its block").click()
    state(page, "found")
    expect(
        page.get_by_text(re.compile(r"A recording of 0:0[3-9] is still on this device"))
    ).to_be_visible()
    press(page, "Look at it")
    state(page, "look")
    assert looked_at(page) > 2
    press(page, "Keep it")
    state(page, "kept")
    assert kept_here(page) == 0
    page.reload()
    expect(page.locator("recordings-left")).to_be_hidden()


def test_somebody_else_on_this_device_is_not_offered_it(teacher):
    someone = teacher()
    page = new_block(someone, "Film")
    press(page, "Record with the camera")
    press(page, "Begin")
    recorded_for(page, 2)
    press(page, "Stop")
    state(page, "look")
    address = page.url
    someone.context.clear_cookies()
    someone.sign_in("lindqvist")
    page.goto(address)
    page.wait_for_function("() => Boolean(customElements.get('recordings-left'))")
    page.wait_for_timeout(800)
    expect(page.locator("recordings-left")).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("NotAllowedError", "The browser was not allowed to record."),
        ("NotFoundError", "No camera or no microphone was found."),
        ("NotReadableError", "Another program is using the camera or the microphone."),
    ],
)
def test_what_the_browser_refuses_is_said_in_words(teacher, name, sentence):
    someone = teacher()
    someone.context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{name}'); }};"
    )
    page = new_block(someone, "Film")
    press(page, "Record with the camera")
    expect(page.get_by_text(sentence)).to_be_visible()
    state(page, "idle")


def test_a_device_without_room_keeps_what_there_is_and_says_so(teacher):
    someone = teacher()
    page = new_block(someone, "Film")
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    press(page, "Record with the camera")
    press(page, "Begin")
    state(page, "look")
    expect(page.get_by_text("This device has no room for more.")).to_be_visible()
    press(page, "Keep it")
    state(page, "kept")


def test_a_browser_that_cannot_record_says_so_and_takes_a_file(teacher):
    someone = teacher()
    someone.context.add_init_script("delete window.MediaRecorder;")
    page = new_block(someone, "Film")
    expect(page.get_by_text("This browser cannot record here.")).to_be_visible()
    expect(page.get_by_text("A new file").first).to_be_visible()
    expect(page.get_by_role("button", name="Record with the camera")).to_have_count(0)


def test_a_recorded_film_with_captions_and_a_question_is_published_and_watched(
    teacher, browser: Browser, site: str, kept: dict[str, list], figure
):
    """Made, cut at both ends, captioned, published; then a learner is asked at its second."""
    someone = teacher()
    page = new_block(someone, "Film", "Explain a rainbow")
    lesson = page.url.split("?")[0].split("#")[0]
    press(page, "Record with the camera")
    press(page, "Begin")
    recorded_for(page, 8)
    press(page, "Stop")
    state(page, "look")
    first, last = (page.locator(f"[data-handle={name}]") for name in ("start", "end"))
    first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-typed=start]")).to_have_value("0:00.5")
    page.get_by_label("End at, minutes and seconds").fill("7")
    page.keyboard.press("Tab")
    expect(last).to_have_value("7")
    expect(page.get_by_text(re.compile("0:0[67] stays."))).to_be_visible()
    press(page, "Keep it")
    state(page, "kept")
    uid = page.locator("section[data-part].remarks-on").get_attribute("data-part")
    asked = page.locator("section[data-part]:has(.question)").first.get_attribute("data-part")
    page.locator(f"#title-{uid}").fill("A short film")
    page.locator(f"#questions-{uid}").fill(f"0:03 {asked}")
    page.locator(f"#chapters-{uid}").fill("0:00 Before\n0:04 After")
    received(page)
    write_captions(page, site, lesson, uid)
    wait_for_the_cut(page, site)
    publish(page, site)
    watch(browser, site, kept, uid, asked)
    figure("recorded, cut, captioned, published and watched")


def write_captions(page: Page, site: str, lesson: str, uid: str) -> None:
    """Two lines, by keyboard, beside the film."""
    page.goto(f"{lesson}parts/{uid}/captions/")
    page.get_by_role("button", name="A new line where the film is").click()
    page.keyboard.insert_text("Light comes in.")
    page.evaluate("() => { document.querySelector('.captions-film video').currentTime = 3; }")
    page.wait_for_function("() => !document.querySelector('.captions-film video').seeking")
    page.keyboard.press("F9")
    expect(page.locator("[data-to]").first).to_have_value("0:03.0")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".captions-line")).to_have_count(2)
    page.keyboard.insert_text("It bends & slows.")
    received(page)
    assert not (found := faults_of(page)), found
    page.reload()
    expect(page.locator("[data-words]").last).to_have_value("It bends & slows.")
    page.get_by_role("button", name="Put them in the lesson").click()
    expect(page.get_by_text("The captions are in the lesson now.")).to_be_visible()


def wait_for_the_cut(page: Page, site: str) -> None:
    """It is done in the background; until then it is not published."""
    page.goto(f"{site}/courses/1/publishing/")
    for _ in range(90):
        if not page.get_by_text("still being cut").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError("it is still being cut")


def publish(page: Page, site: str) -> None:
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text(re.compile("Published: "))).to_be_visible()


def watch(browser: Browser, site: str, kept: dict[str, list], uid: str, asked: str) -> None:
    learner = come(browser, site, "wide", "Europe/London", kept, reduced_motion="reduce")
    learner.sign_in("freya")
    page = learner.go(f"/learn/1/explain-a-rainbow/#{uid}")
    section = page.locator(f"section[id='{uid}']")
    expect(section.locator("[data-said]")).to_contain_text("It bends & slows.")
    expect(section.locator("[data-chapters]")).to_contain_text("After")
    page.evaluate(
        """(uid) => {
          const film = document.getElementById(uid).querySelector('video');
          film.muted = true;
          return film.play();
        }""",
        uid,
    )
    stopped = page.get_by_role("dialog", name="It stopped at 0:03 to ask this.")
    expect(stopped).to_be_visible(timeout=20_000)
    assert stopped.get_attribute("id") == asked
    stopped.get_by_role("button", name="Go on").click()
    expect(stopped).to_have_count(0)
    learner.context.close()
    assert not learner.faults
