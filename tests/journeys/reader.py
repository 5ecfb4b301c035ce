"""Somebody who sees nothing: hears a page through a screen reader, and moves by what is spoken.

The reader is @guidepup/virtual-screen-reader, which works out names, roles, states and live regions
in the page itself. It is for the tests alone: nobody is served it. What is pressed and typed goes
through the browser's own keyboard, to where the reader's cursor stands.
"""

import re
import subprocess
import time
from functools import cache
from typing import NamedTuple

from playwright.sync_api import Page

from tests.house import ROOT, node

BUNDLE = """process.stdout.write(require("esbuild").buildSync({
  stdin: {contents: 'export {virtual} from "@guidepup/virtual-screen-reader"', resolveDir: "."},
  bundle: true, minify: true, format: "iife", globalName: "reader", write: false, logLevel: "error",
}).outputFiles[0].text)"""
# The reader asks a part that was taken off the page for its labels, as if it were the page.
START = """async () => {
  Element.prototype.getElementById ??= function (id) { return this.querySelector('#' + CSS.escape(id)); };
  await reader.virtual.start({container: document.body});
  window.heard = 0;
}"""
# One step, in which direction; what is spoken there. A stop that the focus can take, takes it.
STEP = """async (command) => {
  const {virtual} = reader;
  if (command) await virtual.perform(virtual.commands[command]);
  else await virtual.next();
  const it = virtual.activeNode;
  const on = it instanceof HTMLElement ? it : it?.parentElement;
  if (it === on && on?.matches('a[href], button, input, select, textarea, summary')) on.focus();
  return await virtual.lastSpokenPhrase();
}"""
# What was spoken by itself since somebody last listened.
SAID = """async () => {
  const all = await reader.virtual.spokenPhraseLog();
  return all.slice(window.heard).filter(each => /^(polite|assertive): /.test(each));
}"""
# What was last spoken of the cursor's place, and whether the focus stands there too.
HERE = """async () => {
  const all = await reader.virtual.spokenPhraseLog();
  const last = all.findLast(each => !/^(polite|assertive): /.test(each));
  return [last ?? '', reader.virtual.activeNode === document.activeElement];
}"""
# The page from its beginning to its end, with what stands behind each phrase.
ALL = """async () => {
  const {virtual} = reader;
  const spoken = [];
  for (let at = 0; at < 4000; at++) {
    const phrase = await virtual.lastSpokenPhrase();
    const it = virtual.activeNode;
    const on = it instanceof Element ? it : it?.parentElement;
    spoken.push({phrase, item: await virtual.itemText(), tag: it === on ? on.localName : '',
      language: on?.closest('[lang]')?.lang ?? '', markup: on?.outerHTML.slice(0, 120) ?? ''});
    if (at && phrase === 'end of document') return spoken;
    await virtual.next();
  }
  throw new Error('the page does not end');
}"""
MOST = 400
# Roles of Chromium's tree that say nothing without a name.
NAMED = {
    "button",
    "link",
    "textbox",
    "searchbox",
    "checkbox",
    "radio",
    "combobox",
    "listbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "menuitem",
    "toolbar",
    "dialog",
    "image",
    "DisclosureTriangle",
    "ComboBoxSelect",
    "Video",
    "Audio",
}


class Spoken(NamedTuple):
    """`phrase` as it is spoken: role, name, value, description, states. `tag`: of the element that
    is spoken of, nothing for its words. `language` a voice would read it in."""

    phrase: str
    item: str
    tag: str
    language: str
    markup: str

    @property
    def role(self) -> str:
        return self.phrase.split(", ")[0]


@cache
def bundle() -> str:
    ran = subprocess.run(
        [node(), "-e", BUNDLE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return f"{ran.stdout};window.reader = reader;"


class Reader:
    """Ears and keys only. `phrases`: all that was spoken on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.phrases: list[str] = []

    def ready(self) -> None:
        """The reader is on: anew on each page, as the cursor of a real one begins anew."""
        self.page.wait_for_load_state()
        if not self.page.evaluate("'heard' in window"):
            self.page.evaluate(bundle())
            self.page.evaluate(START)
            self.phrases.append(self.page.title())  # what a reader says first of a page

    def everything(self) -> list[Spoken]:
        self.ready()
        self.page.evaluate("reader.virtual.stop()")  # a new one, from the beginning
        self.page.evaluate(START)
        return [Spoken(**each) for each in self.page.evaluate(ALL)]

    def nameless(self) -> list[str]:
        """Controls and pictures without a name, by the browser's own tree of accessibility: a
        second witness, which knows what the reader does not (what is typed is no name)."""
        devtools = self.page.context.new_cdp_session(self.page)
        nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
        devtools.detach()
        return [
            each["role"]["value"]
            for each in nodes
            if not each["ignored"] and each["role"]["value"] in NAMED
            if not each.get("name", {}).get("value", "").strip()
        ]

    def step(self, command: str = "") -> str:
        self.ready()
        phrase: str = self.page.evaluate(STEP, command)
        self.phrases.append(phrase)
        return phrase

    def go_to(self, wanted: str, command: str = "") -> str:
        """On, item by item (or heading by heading …), until the phrase is spoken that `wanted`
        finds; the phrase."""
        passed: list[str] = []
        for _ in range(MOST):
            phrase = self.step(command)
            if re.search(wanted, phrase):
                return phrase
            passed.append(phrase[:60])
        raise AssertionError(f"“{wanted}” is not spoken on {self.page.url}: {passed}")

    def heading(self, wanted: str) -> str:
        return self.go_to(wanted, "moveToNextHeading")

    def landmark(self, wanted: str) -> str:
        return self.go_to(wanted, "moveToNextLandmark")

    def press(self, *keys: str) -> None:
        self.ready()
        self.listen()
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, wanted: str) -> None:
        """To a link or a button that leads to another page, and Enter."""
        self.go_to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.ready()

    def type(self, words: str) -> None:
        self.ready()
        self.listen()
        self.page.keyboard.insert_text(words)

    def listen(self) -> None:
        """From here on only what is new is heard."""
        self.page.evaluate(
            "async () => { heard = (await reader.virtual.spokenPhraseLog()).length }"
        )

    def hears(self, wanted: str, within: float = 15) -> str:
        """What a live region speaks by itself, without a step of the cursor."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            said = self.page.evaluate(SAID)
            for phrase in said:
                if re.search(wanted, phrase):
                    self.phrases.append(phrase)
                    return phrase
            self.page.wait_for_timeout(100)
        raise AssertionError(f"“{wanted}” is not heard on {self.page.url}: {said}")

    def here(self, wanted: str, within: float = 15) -> str:
        """What is spoken where the page has put the focus by itself."""
        self.ready()
        end = time.monotonic() + within
        while time.monotonic() < end:
            phrase, stands = self.page.evaluate(HERE)
            if stands and re.search(wanted, phrase):
                self.phrases.append(phrase)
                return phrase
            self.page.wait_for_timeout(100)
        raise AssertionError(f"“{wanted}” is not spoken but “{phrase}” on {self.page.url}")
