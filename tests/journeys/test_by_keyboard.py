"""The whole way of a learner and of a teacher without a mouse, at a desk."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.keyboard import Keyboard

PASSWORD = "seven quiet herons"


@pytest.fixture
def by_keyboard(visitor):
    """Somebody whose every stop is looked at: `by_keyboard("/account/login/")`."""

    def arrive(path: str, who: str = "", **options) -> Keyboard:
        someone = visitor("wide", reduced_motion="reduce", **options)
        if who:
            someone.sign_in(who)
        return Keyboard(someone.go(path))

    return arrive


@pytest.mark.promise("T29")
def test_a_learner_joins_learns_and_looks_back(by_keyboard, figure):
    """By keyboard alone: class code, lesson, answer, hint, why, Next, progress."""
    keys = by_keyboard("/account/login/")
    joins(keys, "8BSC4RVR", "Ngozi Eze")
    keys.open(re.compile("Light and colour"), tag="a")
    keys.open(re.compile("^Start"))
    assert re.search(r"/learn/\d+/how-light-travels/", keys.page.url)
    answers(keys)
    goes_on(keys)
    looks_back(keys)
    figure(f"a learner's way: {keys.stops} stops of the focus, each drawn and in view")


def joins(keys: Keyboard, code: str, name: str) -> None:
    keys.open("First time in class? Use the class code")
    keys.fill(re.compile("Class code"), code)
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.fill(re.compile("name", re.IGNORECASE), name)
    keys.fill(re.compile("^Password"), PASSWORD)
    keys.open("Make my account and join")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text(name.split()[0])


def answers(keys: Keyboard) -> None:
    """A wrong answer with how sure, a hint, the why; the focus stays with what was asked."""
    page = keys.page
    question = page.locator("#three-cards")
    keys.go_to(re.compile("The spot|The light bends"), tag="input")
    keys.press("ArrowDown")
    while not question.get_by_label("The light bends a little").is_checked():
        keys.press("ArrowDown")
    keys.go_to(re.compile("Guessing|Fairly sure|Very sure"), tag="input")
    keys.press("Space", "ArrowRight")
    expect(question.get_by_label("Fairly sure")).to_be_checked()
    keys.go_to("Check my answer")
    keys.press("Enter")
    expect(question.locator("[id$=verdict]")).to_be_visible()
    expect(question.locator("#three-cards-verdict")).to_be_focused()
    keys.go_to("Give me a hint")
    keys.press("Enter")
    expect(question.get_by_text("Hint 1 of 2")).to_be_visible()
    focus_stays_in(question.locator("#three-cards-hints"))
    keys.go_to("Tell me why")
    keys.press("Enter")
    expect(question.get_by_text("Why", exact=True)).to_be_visible()
    expect(question.get_by_text("Light travels in straight lines. It passes")).to_be_visible()
    focus_stays_in(question)


def goes_on(keys: Keyboard) -> None:
    here = keys.page.url
    keys.go_to(re.compile("^(Next|Done)"), tag="button")
    with keys.page.expect_navigation():
        keys.press("Enter")
    assert keys.page.url != here
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("How we see things")


def looks_back(keys: Keyboard) -> None:
    keys.page.reload()  # the focus begins at the top again
    keys.open("Progress", tag="a")
    expect(keys.page.get_by_role("heading", level=1)).to_be_visible()
    expect(keys.page.get_by_text("Light and colour").first).to_be_visible()


def focus_stays_in(place: Locator) -> None:
    """On what came of it, or on the button that was pressed: never back at the top of the page."""
    expect(place.locator(":focus")).to_have_count(1)


def test_a_learner_comes_in_by_name_card(visitor, by_keyboard):
    """The teacher prints the cards; a learner types the code and the three words."""
    teacher = visitor()
    page = teacher.sign_in("dunn")
    teacher.go("/classes/")
    page.get_by_role("heading", name="8C Science").get_by_role("link").click()
    page.get_by_role("link", name="Name cards").click()
    page.get_by_role("button", name=re.compile("Make a card")).click()
    card = page.locator(".name-card", has_text="Ruby Lane")
    code, words = card.locator("code").inner_text(), card.locator(".name-card-words").inner_text()

    keys = by_keyboard("/account/login/")
    keys.open("Use my name card")
    keys.fill(re.compile("Class code"), code)
    keys.fill(re.compile("words", re.IGNORECASE), words.lower())
    keys.open("Come in")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Ruby")


@pytest.mark.promise("T29")
def test_a_teacher_finds_a_learner_and_writes_to_the_class(by_keyboard, figure):
    """By keyboard alone: class page, filter, a cell, one learner, a note."""
    keys = by_keyboard("/", who="lindqvist")
    page = keys.page
    keys.open("Classes", tag="a")
    if page.get_by_role("heading", level=1, name="8B Science").count() == 0:
        keys.open(re.compile("^8B Science"), tag="a")
    keys.fill("Name", "Yusuf")
    keys.go_to("Show")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("row", name=re.compile("Yusuf Demir"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Amina Haddad"))).to_have_count(0)
    keys.open(re.compile("Yusuf Demir done but shaky"), tag="a")
    expect(page.get_by_role("heading", level=1, name="Yusuf Demir")).to_be_visible()
    keys.open(re.compile("^8B Science"), tag="a")
    keys.go_to(re.compile("^Write to the class"), tag="a")
    keys.press("Enter")
    keys.go_to(re.compile("."), tag="textarea")
    keys.type("The film of unit 3 has words under it now.")
    keys.open("Send the note")
    expect(page.get_by_text("Your note is on its way to 8B Science.")).to_be_visible()

    learner = by_keyboard("/", who="leo")
    expect(learner.page.get_by_text("The film of unit 3 has words under it now.")).to_be_visible()
    figure(f"a teacher's way: {keys.stops} stops of the focus, each drawn and in view")


def test_the_first_stop_skips_to_the_main_part(by_keyboard):
    keys = by_keyboard("/", who="amina")
    keys.press("Tab")
    assert keys.here()["name"] == "Skip to the main part"
    keys.press("Enter")
    assert keys.page.evaluate("document.activeElement.id") == "main"
    keys.press("Tab")
    assert keys.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("name", "menu"), [("Reading settings", "#reading"), (re.compile("your menu$"), "#me")]
)
def test_a_menu_closes_by_escape_and_gives_the_focus_back(by_keyboard, name, menu):
    keys = by_keyboard("/", who="amina")
    opener = keys.go_to(name)["name"]
    keys.press("Enter")
    expect(keys.page.locator(menu)).to_be_visible()
    keys.press("Tab")
    focus_stays_in(keys.page.locator(menu))
    keys.here()
    keys.press("Escape")
    expect(keys.page.locator(menu)).to_be_hidden()
    assert keys.here()["name"] == opener


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("*:focus-visible { outline: 0 !important }", "not drawn"),
        (
            ".topbar { position: fixed !important; inset: 0; block-size: 100vh; z-index: 99 }",
            "covered",
        ),
    ],
)
def test_a_planted_fault_is_seen(by_keyboard, fault, said):
    """A ring that is not drawn, and a bar over everything."""
    keys = by_keyboard("/progress/", who="amina")
    keys.page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets.push(sheet); }",
        fault,
    )
    with pytest.raises(AssertionError, match=said):
        keys.go_to("a control that is not there")
