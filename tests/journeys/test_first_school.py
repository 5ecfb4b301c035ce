"""The main job, from nothing: a course is brought in, given to a class, joined, learned, seen."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.lesson_repository import repository

LEARNERS = (
    ("Wanjiru Kamau", "Africa/Nairobi", "Nairobi"),
    ("Beatriz Lopes", "Europe/Lisbon", "Lisbon"),
    ("Tom Barker", "Europe/London", "London"),
)
PASSWORD = "three grey stones"


def test_a_course_is_brought_in_given_joined_learned_and_seen(visitor, tmp_path: Path, figure):
    teacher = visitor("wide", zone="Europe/London")
    page = teacher.sign_in("okafor")
    code, title = bring_in_and_give(teacher, page, repository(tmp_path))
    questions = 0
    for name, zone, city in LEARNERS:
        someone = visitor("phone", zone=zone)
        join(someone, code, name, city)
        questions += work_through_a_lesson(someone, title)
    assert questions >= len(LEARNERS)
    sees_who_is_where(teacher, page)
    figure(f"3 learners in 3 zones finished a lesson of “{title}” with {questions} answers")


def bring_in_and_give(teacher, page: Page, package: Path) -> tuple[str, str]:
    teacher.go("/courses/import/")
    page.set_input_files("input[type=file]", package)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="A new course")).to_be_visible(timeout=60_000)
    title = page.locator("h2.title").inner_text()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Learners see this course")).to_be_visible()

    page.get_by_role("link", name="Give it to a class").click()
    page.get_by_label("Class", exact=True).select_option(label="8B Science")
    page.get_by_role("button", name="Next: look at the dates").click()
    page.get_by_role("button", name="Give it to the class").click()
    code = page.locator(".class-code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{8}", code)
    return code, title


def join(someone, code: str, name: str, city: str) -> None:
    page = someone.go("/account/login/")
    page.get_by_role("link", name=re.compile("class code")).first.click()
    link = page.get_by_role("link", name=re.compile("[Ff]irst time|[Jj]oin"))
    if not page.url.endswith("/join/") and link.count():
        link.first.click()
    page.locator("[name=code]").fill(f"{code[:4]} {code[4:].lower()}")
    page.get_by_role("button", name="Go on").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    expect(page.locator("[name=zone]")).to_have_value(re.compile(city))
    page.get_by_role("button", name="Make my account and join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split()[0])
    expect(page.locator(".topbar .clock")).to_contain_text(city)


def work_through_a_lesson(someone, title: str) -> int:
    """Open the course, read, answer every question of its first lesson with one, go on."""
    page = someone.go("/courses/")
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    begin = page.get_by_role("button", name=re.compile("^Start"))
    (
        begin if begin.count() else page.get_by_role("link", name=re.compile("Continue|Start"))
    ).first.click()
    page.wait_for_url(re.compile(r"/learn/\d+/[a-z0-9-]+/"))
    for _lesson in range(5):
        cards = page.locator("question-card")
        answered = sum(answer(page, cards.nth(index)) for index in range(cards.count()))
        here = page.url.split("#")[0]
        page.locator("[data-next] button").click()
        page.wait_for_url(lambda url: url.split("#")[0] != here)  # noqa: B023
        if answered:
            return answered
    return 0


def answer(page: Page, card) -> int:
    """One question, whatever its kind here: a task with an answer to open, or a choice."""
    box = card.locator("textarea").first
    if box.count():
        box.fill("I would try it with five first.")
    for details in card.locator("details > summary").all():
        details.click()
    radio = card.locator("fieldset [type=radio], .choices [type=radio]").first
    radio.check()
    card.get_by_role("button", name=re.compile("^(Check|Keep how it went)")).click()
    expect(card.locator("[id$=verdict]")).to_be_visible()
    return 1


def sees_who_is_where(teacher, page: Page) -> None:
    page.get_by_role("link", name=re.compile("Who is where")).click()
    for name, _zone, _city in LEARNERS:
        row = page.get_by_role("row", name=re.compile(name))
        expect(row).to_be_visible()
    page.get_by_role("link", name=LEARNERS[0][0], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(LEARNERS[0][0])
