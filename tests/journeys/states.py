"""States of a page that no link leads to: refusals, forms with errors, what came of an answer.

Each is said as a person would come to it. `@state("amina")` names who; None is somebody who is not
signed in.
"""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from tests.house import ROOT
from tests.journeys.visitor import Visitor

LESSON = "/learn/1/how-light-travels/"


class State(NamedTuple):
    """`status` of the page it ends on; `covers`: addresses that are shown and that nobody links to."""

    name: str
    who: str | None
    reach: Callable[[Visitor], object]
    status: int
    covers: tuple[str, ...]


STATES: list[State] = []


def state(who: str | None, *, status: int = 200, covers: tuple[str, ...] = ()):
    def add(reach: Callable[[Visitor], object]) -> Callable[[Visitor], object]:
        name = reach.__name__.replace("_", " ")
        STATES.append(State(name, who, reach, status, covers))
        return reach

    return add


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def fill(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f"main [name={name}]").first.fill(words)


def without_the_browsers_own_check(page: Page) -> None:
    page.eval_on_selector_all("form", "all => all.forEach((each) => { each.noValidate = true })")


# ── Refusals ───────────────────────────────────────────────────────────────────────────────────


@state(None, status=404)
def nothing_here_for_a_guest(someone: Visitor):
    someone.go("/no/such/page/")


@state("amina", status=404)
def nothing_here_for_a_learner(someone: Visitor):
    someone.go("/classes/1/")


@state("amina", status=403)
def a_form_whose_token_is_gone(someone: Visitor):
    page = someone.go("/settings/")
    page.eval_on_selector_all(
        "[name=csrfmiddlewaretoken]", "all => all.forEach(e => e.value = 'x')"
    )
    press(page, "Keep")


@state("amina", status=422)
def one_deed_sent_twice_with_different_words(someone: Visitor):
    for words in ("", "Amina"):
        page = someone.go("/settings/")
        page.eval_on_selector_all(
            "[name=operation]", "all => all.forEach(e => e.value = 'x'.repeat(22))"
        )
        fill(page, called=words)
        press(page, "Keep")


@state(None, status=429)
def too_many_tries(someone: Visitor):
    page = someone.go("/account/login/")
    for _ in range(12):
        if page.locator("[name=password]").count() == 0:
            break
        fill(page, login="site", password="not it")
        page.locator("main [name=password]").press("Enter")
        page.wait_for_load_state()


# ── Doors with something wrong ─────────────────────────────────────────────────────────────────


@state(None)
def a_wrong_password(someone: Visitor):
    page = someone.go("/account/login/")
    fill(page, login="ella", password="not it")
    press(page, "Sign in")


@state(None)
def a_class_code_that_opens_nothing(someone: Visitor):
    page = someone.go("/join/")
    fill(page, code="ABCDEFGH")
    press(page, "Go on")


@state(None, covers=("people:join",))
def joining_with_a_weak_password(someone: Visitor):
    page = someone.go("/join/8BSC4RVR/")  # the code is filled in, and sent by a press
    press(page, "Go on")
    without_the_browsers_own_check(page)
    fill(page, name="", password="123")
    press(page, "Make my account and join")


@state(None, covers=("people:card",))
def a_card_with_wrong_words(someone: Visitor):
    page = someone.go("/card/")
    fill(page, code="8BSC4RVR", words="one two three")
    press(page, "Come in")


@state(None)
def a_password_asked_for_by_mail(someone: Visitor):
    page = someone.go("/account/password/reset/")
    fill(page, email="nobody@example.org")
    press(page, re.compile("."))


@state(None)
def a_link_that_is_over(someone: Visitor):
    someone.go("/account/password/reset/key/1-abc/")


@state(None, covers=("people:invitation",))
def an_invitation_that_is_over(someone: Visitor):
    someone.go("/invitation/no-such-invitation/")


@state("ruby", covers=("people:join",))
def joining_another_class(someone: Visitor):
    press(someone.go("/join/8BSC4RVR/"), "Go on")


@state("amina")
def joining_a_class_one_is_in(someone: Visitor):
    press(someone.go("/join/8BSC4RVR/"), "Go on")


@state("amina", covers=("people:zone",))
def another_place(someone: Visitor):
    someone.go("/zone/?next=/")


# ── Search ─────────────────────────────────────────────────────────────────────────────────────


@state("amina", covers=("search:search",))
def nothing_searched_yet(someone: Visitor):
    someone.go("/search/")


@state("amina")
def places_found(someone: Visitor):
    someone.go("/search/?q=mirror").locator(".results").wait_for()


@state("amina")
def a_slip_of_the_finger(someone: Visitor):
    someone.go("/search/?q=mirrror")


@state("amina")
def nothing_found(someone: Visitor):
    someone.go("/search/?q=xylophone")


@state("amina")
def the_search_box_with_its_suggestions(someone: Visitor):
    page = someone.go("/")
    page.keyboard.press("/")
    page.keyboard.type("mir")
    page.locator("[role=option]").first.wait_for()


@state("new-guardian")
def nothing_to_search(someone: Visitor):
    someone.go("/search/?q=mirror")


# ── A lesson ───────────────────────────────────────────────────────────────────────────────────


@state("hana")
def an_answer_that_is_not_there(someone: Visitor):
    question = someone.go("/learn/1/look-back-over-light/").locator("question-card").first
    without_the_browsers_own_check(someone.page)
    question.get_by_role("button", name="Check").click()
    question.get_by_role("alert").wait_for()


@state("hana")
def a_hint_and_a_why(someone: Visitor):
    page = someone.go(LESSON)
    question = page.locator("#three-cards")
    question.get_by_label("The light bends a little and finds the hole").check()
    question.get_by_role("button", name="Check").click()
    question.locator("[id$=verdict]").wait_for()
    for name in ("Give me a hint", "Another hint", "Tell me why"):
        button = question.get_by_role("button", name=name)
        if button.count():
            with page.expect_response(re.compile("/hints/|/reason/")):
                button.click()


@state("hana")
def two_versions_of_an_answer(someone: Visitor):
    page = someone.go(LESSON)
    page.route("**/draft/", lambda route: route.fulfill(
        status=409, content_type="application/json", body='{"theirs": {"words": "Mine"}, "version": 9}'
    ))  # fmt: skip
    page.locator("#upside-down textarea").fill("Written here")
    page.locator("#upside-down .two-versions").wait_for()


@state("hana")
def no_network(someone: Visitor):
    page = someone.go(LESSON)
    someone.context.set_offline(True)
    page.locator("#upside-down textarea").fill("Written in the tunnel")
    page.locator("#upside-down save-state[data-state=offline]").wait_for()


# ── Staff ──────────────────────────────────────────────────────────────────────────────────────


@state("okafor")
def nobody_fits_the_filter(someone: Visitor):
    someone.go("/classes/1/?q=nobody+of+this+name")


@state("okafor")
def an_open_cell(someone: Visitor):
    page = someone.go("/classes/1/")
    page.locator(".grid td a").first.click()
    page.locator("#cell h3, #cell h2").first.wait_for()


@state("okafor", covers=("web:note",))
def an_empty_note(someone: Visitor):
    page = someone.go("/classes/1/")
    without_the_browsers_own_check(page)
    press(page, "Send the note")


@state("okafor")
def a_course_that_cannot_be_read(someone: Visitor):
    page = someone.go("/courses/import/")
    page.set_input_files("input[type=file]", {
        "name": "course.zip", "mimeType": "application/zip", "buffer": b"not a zip"
    })  # fmt: skip
    press(page, "Look at it")


@state("okafor")
def a_course_looked_at_before_it_is_taken_in(someone: Visitor):
    page = someone.go("/courses/import/")
    with tempfile.TemporaryDirectory() as folder:
        made = shutil.make_archive(
            str(Path(folder) / "light"), "zip", ROOT / "demo/courses/light-and-colour"
        )
        page.set_input_files("input[type=file]", made)
        press(page, "Look at it")
        page.get_by_role("heading", level=2).first.wait_for()


FILMED = "/courses/1/writing/lessons/when-light-slows-down/"


@state("okafor", covers=("authoring:captions",))
def captions_beside_their_film(someone: Visitor):
    page = someone.go(f"{FILMED}parts/film/captions/")
    page.locator(".captions-line").first.wait_for()


@state("okafor", status=422)
def captions_that_are_broken(someone: Visitor):
    page = someone.go(f"{FILMED}parts/film/captions/")
    page.set_input_files("input[type=file]", {
        "name": "words.srt", "mimeType": "text/plain", "buffer": b"1\n00:00:01,000 --> x\nLight"
    })  # fmt: skip
    without_the_browsers_own_check(page)
    page.get_by_text("Bring in a file of captions").click()
    press(page, "Bring it in")


@state("okafor", covers=("authoring:film",))
def a_film_to_be_cut(someone: Visitor):
    someone.go("/courses/1/writing/films/media/slower-on-one-side.mp4")


@state("okafor")
def a_film_being_written(someone: Visitor):
    page = someone.go(f"{FILMED}?part=film")
    page.locator("film-recorder").wait_for()


@state("okafor", covers=("authoring:publishing",))
def nothing_to_publish(someone: Visitor):
    someone.go("/courses/1/publishing/")


@state("reyes", covers=("people:roster_check",))
def a_list_with_faults(someone: Visitor):
    page = someone.go("/school/1/roster/")
    page.set_input_files("input[type=file]", {
        "name": "list.csv", "mimeType": "text/csv",
        "buffer": b"name,username,email,role,class\nAda Byron,,,learner,8B Science\n,,not mail,x,9Z\n",
    })  # fmt: skip
    press(page, "Show what would change")


@state("reyes")
def a_person_without_a_name(someone: Visitor):
    page = someone.go("/school/1/people/new/")
    without_the_browsers_own_check(page)
    page.locator("main form button").last.click()
    page.wait_for_load_state()


@state("okafor", covers=("people:cards",))
def cards_to_print(someone: Visitor):
    page = someone.go("/cohorts/1/cards/")
    press(page, re.compile("Make"))


@state("okafor")
def a_dialog_of_reading_settings(someone: Visitor):
    page = someone.go("/")
    page.get_by_role("button", name="Reading settings").click()
    page.locator("#reading").wait_for()


@state("okafor")
def the_menu(someone: Visitor):
    page = someone.go("/")
    page.get_by_role("button", name=re.compile("your menu")).click()
    page.locator("#me").wait_for()


@state("okafor", covers=("feedback:move",))
def a_promise_that_is_to_be_moved(someone: Visitor) -> None:
    page = someone.go("/")
    address = page.locator("a[href*='/marking/']").first.get_attribute("href")
    assert address
    someone.go(f"{address}move/")
