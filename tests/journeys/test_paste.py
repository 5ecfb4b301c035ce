"""What is copied from other programs is pasted as clean Markdown, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.clipboard import SAMPLES

BUILT = Path(__file__).resolve().parents[2] / "meanwhile" / "ui" / "static" / "ui" / "islands"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Paste</title>
<write-box data-form="text"><textarea name="words" aria-label="Words"></textarea></write-box>
<script type="module" src="/write-box.js"></script></html>"""
PASTE = """([html, plain]) => {
  const box = document.querySelector('textarea');
  box.value = '';
  box.focus();
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', plain);
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  box.dispatchEvent(event);
  return [event.defaultPrevented, box.value, window.ran === true];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.url)
        if route.request.url.endswith("/write-box.js"):
            route.fulfill(path=BUILT / "write-box.js", content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://paste.test/")
    page.wait_for_function("!!customElements.get('write-box')")
    yield page
    assert len(asked) <= 3, f"pasting fetched something: {asked}"
    context.close()


def pasted(page: Page, html: str, plain: str = "") -> tuple[bool, str, bool]:
    return tuple(page.evaluate(PASTE, [html, plain]))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_its_markdown(page: Page, name: str):
    html, markdown = SAMPLES[name]
    ours, words, ran = pasted(page, html)
    assert ours
    assert words == markdown
    assert not ran


def test_there_are_forty_and_more(figure):
    figure(f"{len(SAMPLES)} clipboard samples")
    assert len(SAMPLES) >= 40


def test_nothing_that_is_pasted_runs(page: Page):
    for html in (
        "<img src=x onerror='window.ran = true'>",
        "<script>window.ran = true</script>x",
        "<svg onload='window.ran = true'>x</svg>",
        "<iframe srcdoc='<script>parent.ran = true</script>'></iframe>x",
    ):
        assert pasted(page, html)[2] is False


def test_plain_text_is_left_to_the_browser(page: Page):
    ours, _words, _ran = pasted(page, "", "just words")
    assert not ours
