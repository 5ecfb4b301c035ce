"""Somebody without a mouse. Every stop of the focus is looked at: is it drawn, and is it in view?"""

import re

from playwright.sync_api import Page

# Where the focus stands: its name, whether a ring is drawn, and what of it something else covers.
# A choice is drawn by its label, a link over two lines by its first line.
STOP = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const label = it.labels?.[0];
  const drawn = label && label.contains(it) ? label : it;
  const words = (each) => each?.innerText?.trim() || each?.textContent?.trim() || '';
  const name = it.getAttribute('aria-label') || words(label) || words(it) || it.value || it.title || '';
  const ringed = [it, drawn, it.parentElement].some((each) => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const small = box.width < innerWidth && box.height < innerHeight / 2;
  const covered = [];
  for (const across of [0.04, 0.5, 0.96]) for (const down of [0.1, 0.5, 0.9]) {
    const [x, y] = [box.left + box.width * across, box.top + box.height * down];
    const top = inside(x, y) ? document.elementFromPoint(x, y) : null;
    const own = top && (drawn.contains(top) || top.contains(drawn) || it.contains(top));
    if (small ? !own : top && !own) covered.push(top ? top.outerHTML.slice(0, 80) : 'out of the window');
  }
  return {name: name.replace(/\\s+/g, ' '), tag: it.localName, target: it.tabIndex < 0, ringed, covered};
}"""
MOST = 150


class Keyboard:
    """Keys only. A stop whose ring is not drawn, or that a bar covers, fails the journey."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def here(self) -> dict | None:
        """The stop the focus stands on; None where it stands nowhere."""
        stop = self.page.evaluate(STOP)
        if stop is None or stop["target"]:  # a heading or message put in focus, not a control
            return stop
        self.stops += 1
        where = f"{stop['tag']} “{stop['name'][:60]}” on {self.page.url}"
        assert stop["ringed"], f"the focus is not drawn: {where}"
        assert not stop["covered"], f"covered: {where}: {stop['covered'][0]}"
        return stop

    def go_to(self, name: str | re.Pattern[str], *, tag: str = "", back: bool = False) -> dict:
        """Tab on to the control of that name (the whole of it, or what the pattern finds)."""
        wanted = name if isinstance(name, re.Pattern) else re.compile(rf"^{re.escape(name)}$")
        passed = []
        for _ in range(MOST):
            self.press("Shift+Tab" if back else "Tab")
            stop = self.here()
            if stop and wanted.search(stop["name"]) and tag in ("", stop["tag"]):
                return stop
            passed.append(stop["name"][:40] if stop else "–")
        raise AssertionError(
            f"“{wanted.pattern}” is not reached by Tab on {self.page.url}: {passed}"
        )

    def open(self, name: str | re.Pattern[str], *, tag: str = "") -> None:
        """Go to a link or button that leads to another page, and press Enter there."""
        self.go_to(name, tag=tag)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill(self, name: str | re.Pattern[str], words: str) -> None:
        self.go_to(name)
        self.press("Control+a")
        self.type(words)
