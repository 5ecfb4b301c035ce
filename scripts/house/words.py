"""`make words`: what the product says, listed in the .po files that people translate.

New sentences come in without a translation, those that nobody says any more go out, and all stand
in the order of the code. A translation that is there is never touched. GNU gettext is not needed.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from house.messages import entry_fields, key_of
from house.places import ROOT
from house.say import say

LOCALE = ROOT / "meanwhile" / "locale"
FORMS = re.compile(r"nplurals=(\d+)")
HOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)")

Fields = Mapping[str, str]
"""`msgid` and, where there are any, `msgctxt` and `msgid_plural`."""


class Sentence(NamedTuple):
    """One that can be translated, and where it is first said. `needed`: has to be translated; else
    it is listed only where somebody did so already."""

    fields: Fields
    path: str
    line: int
    needed: bool = True


class Brought(NamedTuple):
    """A .po text as it should be, and how many sentences are new in it and have gone from it."""

    text: str
    new: int
    gone: int


def main() -> None:
    """Bring the .po file of every language up to date."""
    from tests.words import wanted

    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        language = path.parts[-3]
        brought = brought_up_to_date(path.read_text("utf-8"), wanted(language))
        path.write_text(brought.text, "utf-8")
        empty = brought.text.count('\nmsgstr ""\n\n') + brought.text.count('\nmsgstr[0] ""\n')
        say(f"  {language}: {brought.new} new, {brought.gone} gone; {empty} to be translated")


def brought_up_to_date(text: str, said: Iterable[Sentence]) -> Brought:
    """The .po text with exactly the sentences of `said`, each with the file it is first said in."""
    header, *blocks = [each.strip("\n") for each in text.split("\n\n") if each.strip()]
    found = FORMS.search(header)
    forms = int(found[1]) if found else 2
    there = {
        key_of(fields): block for block in blocks if "msgid" in (fields := entry_fields(block))
    }
    entries, new = [header], 0
    for each in sorted(said, key=lambda each: (each.path, each.line)):
        block = there.pop(key_of(each.fields), "")
        if block or each.needed:
            new += not block
            entries.append(_entry(each, block or _empty(each.fields, forms)))
    return Brought("\n\n".join(entries) + "\n", new, len(there))


def _entry(said: Sentence, block: str) -> str:
    """The entry with the file it is said in; what people wrote in it stays as it is."""
    lines = [line for line in block.split("\n") if not line.startswith("#:")]
    notes = [line for line in lines if line.startswith("#") and not line.startswith("#,")]
    flags = {
        flag.strip() for line in lines if line.startswith("#,") for flag in line[2:].split(",")
    }
    flags -= {"python-format"}
    if HOLDER.search(said.fields["msgid"] + said.fields.get("msgid_plural", "")):
        flags |= {"python-format"}
    flagged = [f"#, {', '.join(sorted(flags))}"] if flags else []
    words = [line for line in lines if not line.startswith("#")]
    return "\n".join([*notes, f"#: {said.path}", *flagged, *words])


def _empty(fields: Fields, forms: int) -> str:
    order = ("msgctxt", "msgid", "msgid_plural")
    lines = [f"{name} {quoted(fields[name])}" for name in order if name in fields]
    if "msgid_plural" in fields:
        return "\n".join(lines + [f'msgstr[{number}] ""' for number in range(forms)])
    return "\n".join([*lines, 'msgstr ""'])


def quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


if __name__ == "__main__":
    main()
