"""A task in a real browser: written on two devices, handed in by keyboard, by phone, without script,
and while a file is still on its way."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

TASK = "/learn/1/explain-a-rainbow/tell-a-ten-year-old/task/"


@pytest.fixture
def device(visitor):
    """A browser of somebody's own, signed in there for itself."""

    def arrive(who: str, size: str = "wide", **options) -> Page:
        someone = visitor(size, reduced_motion="reduce", **options)
        someone.sign_in(who, anew=True)
        someone.page.site = someone.site
        return someone.page

    return arrive


def open_task(page: Page, path: str = TASK) -> None:
    page.goto(page.site + path)
    page.wait_for_function("() => Boolean(customElements.get('task-desk'))")


def words(page: Page):
    return page.locator("textarea[name=text]")


def received(page: Page) -> None:
    expect(page.locator("task-desk save-state").first).to_contain_text("Received", timeout=12_000)


def jpeg(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 800), colour).save(out, "JPEG")
    return out.getvalue()


def photo(name: str, colour: str = "white") -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(colour)}


def test_two_devices_never_overwrite_each_other_and_both_go_into_the_hand_in(device):
    desk, phone = device("freya"), device("freya", "phone")
    open_task(desk)
    open_task(phone)
    words(desk).fill("The sun is behind me.")
    received(desk)
    words(phone).fill("Each drop is a ball of water.")
    both = phone.locator("task-desk .two-versions")
    expect(both).to_contain_text("The sun is behind me.", timeout=12_000)
    both.get_by_role("button", name="Put both in the box").click()
    received(phone)
    phone.get_by_role("button", name="Hand in", exact=True).click()
    expect(phone.locator("#receipt")).to_be_visible()
    phone.get_by_role("link", name="See what you handed in").click()
    expect(phone.locator(".handed-text")).to_contain_text("The sun is behind me.")
    expect(phone.locator(".handed-text")).to_contain_text("Each drop is a ball of water.")


def test_it_is_handed_in_while_a_photo_is_still_on_its_way(device):
    page = device("sam")
    open_task(page)
    words(page).fill("See my drawing.")
    received(page)
    page.route("**/uploads/*", lambda route: route.abort())  # the bytes do not get through
    page.set_input_files("#task-more", [photo("drop.jpg")])
    expect(page.locator("[data-coming] li")).to_contain_text("drop.jpg")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#receipt")).to_be_visible()
    expect(page.get_by_text("1 file is still on its way.")).to_be_visible()
    at = page.locator("section:has(#receipt) time").first.get_attribute("datetime")

    page.unroute("**/uploads/*")
    page.locator("#again > summary").click()
    page.set_input_files("#task-more", [photo("drop.jpg")])  # the same file again: it goes on
    expect(page.locator("[data-files] [data-here]")).to_have_count(1, timeout=30_000)
    page.reload()
    expect(page.get_by_text("still on its way")).to_have_count(0)
    assert page.locator("section:has(#receipt) time").first.get_attribute("datetime") == at


def test_a_task_is_done_by_keyboard_alone(device):
    page = device("ella")
    open_task(page)
    reach(page, "Read and take notes")
    page.keyboard.press("Space")
    expect(page.get_by_label("Read and take notes")).to_be_checked()
    reach(page, "Your draft")
    page.keyboard.type("Sun, bend, bounce, bend, eye.")
    received(page)
    reach(page, "Hand in")
    page.keyboard.press("Enter")
    expect(page.locator("#receipt")).to_be_visible()
    reach(page, "Take it back")
    page.keyboard.press("Enter")
    expect(words(page)).to_have_value("Sun, bend, bounce, bend, eye.")


def reach(page: Page, name: str) -> None:
    """By Tab alone, to what has this name."""
    named = (
        "() => { const e = document.activeElement; const by = e.getAttribute('aria-labelledby');"
        " return (by ? document.getElementById(by)?.textContent : e.closest('label')?.textContent"
        " ?? e.textContent ?? '').trim(); }"
    )
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(named).startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_without_a_script_on_a_phone_it_is_written_filed_and_handed_in(visitor):
    someone = visitor("phone", java_script_enabled=False)
    someone.sign_in("leo")
    page = someone.go(TASK)
    page.locator("textarea[name=text]").fill("Light slows down in the drop and bends.")
    page.set_input_files("#task-more", [photo("a.jpg", "red"), photo("b.jpg", "blue")])
    page.get_by_role("button", name="Send what I chose").click()
    expect(page.locator("[data-files] li")).to_have_count(2)
    expect(words(page)).to_have_value("Light slows down in the drop and bends.")
    page.get_by_label("I explain why the colours separate.").check()
    page.locator("form[action*=criteria] button").click()
    expect(page.get_by_label("I explain why the colours separate.")).to_be_checked()
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#receipt")).to_contain_text("Handed in")
    code = page.locator("section:has(#receipt) code").first.inner_text()
    someone.go("/receipts/")
    page.get_by_label("Code of the receipt").fill(code)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("This receipt is true.")).to_be_visible()
