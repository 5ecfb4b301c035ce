"""Lines with marks: the wording first, then one part a line.

    Where is the fish really?

    * [x] Deeper than it looks :: Yes. The light bends.
    * [ ] Exactly where it looks :: Follow the ray back.
    ? Draw the ray from the fish to the surface.
    ! Light bends when it leaves the water.

A part that is longer than a line goes on in lines that begin with two spaces.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from meanwhile.courses.files.listing import has_unseen
from meanwhile.courses.files.paths import free, slug

REPLY = " :: "
CLOSE = 0.5
"""How alike two texts are that are taken for one that was changed (0 to 1, of difflib)."""


@dataclass(frozen=True)
class Problem:
    """Something to put right before publishing. `line` counts from 1; 0 is the whole block."""

    says: str
    line: int = 0


@dataclass(frozen=True)
class Part:
    """One part of a question: its mark, its words, the line it begins on (from 1)."""

    mark: str
    words: str
    line: int


@dataclass
class Typed:
    """What was read from lines or fields, before the kind has looked at it."""

    data: dict[str, Any]
    body: str
    problems: list[Problem] = field(default_factory=list)
    held: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key of the YAML (`options.1.text`), or of what it is in."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 0)


@dataclass
class Lines:
    """How a block is typed, and what the lines do not show."""

    words: str
    held: dict[str, Any]


def visible(text: str) -> str:
    """Without control signs and halves of signs, which no file of a course may hold; lines end
    with `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if not has_unseen(sign)) if has_unseen(text) else text


def parts_of(words: str, mark: re.Pattern[str]) -> tuple[str, list[Part]]:
    """The wording, and the parts after it. `mark` matches the mark and the space behind it."""
    body: list[str] = []
    found: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(words.split("\n"), 1):
        if marked := mark.match(line):
            found.append((marked[0].strip(), [line[marked.end() :]], number))
        elif found:
            found[-1][1].append(line.removeprefix("  "))
        else:
            body.append(line)
    parts = [Part(each, "\n".join(lines).rstrip(), at) for each, lines, at in found]
    return "\n".join(body).strip("\n").rstrip(), parts


def part(mark: str, words: str) -> str:
    """One part as it is written: two spaces before every line but the first."""
    first, *rest = words.split("\n")
    lines = [f"{mark} {first}", *(f"  {line}" if line else "" for line in rest)]
    return "\n".join(lines)


def replied(words: str) -> tuple[str, str]:
    """`Exactly there :: Follow the ray back.` is a text and what is said to it."""
    text, _, reply = words.partition(REPLY)
    return text.rstrip(), reply.strip()


def with_reply(text: str, reply: str) -> str:
    return f"{text}{REPLY}{reply}" if reply else text


def joined(body: str, parts: list[str]) -> str:
    """The wording, an empty line, the parts."""
    return "\n\n".join(each for each in (body, "\n".join(parts)) if each)


def kept_ids(before: list[list[str]], texts: list[str]) -> list[str]:
    """The id of each text: the one it had. A text that was changed keeps the id of the one it was;
    a new one gets an id of its own. `before` are pairs of id and text."""
    left = [(uid, text) for uid, text in before]
    found: dict[int, str] = {}
    for at, text in enumerate(texts):  # the same words, wherever they stand now
        same = next((pair for pair in left if pair[1] == text), None)
        if same:
            found[at] = same[0]
            left.remove(same)
    for at, text in enumerate(texts):
        if at not in found and (was := _was(text, at, before, left, len(texts))):
            found[at] = was[0]
            left.remove(was)
    taken = {uid for uid, _text in before} | set(found.values())
    for at, text in enumerate(texts):
        if at not in found:
            found[at] = free(slug(text, "part"), taken)
            taken.add(found[at])
    return [found[at] for at in range(len(texts))]


def _was(
    text: str, at: int, before: list[list[str]], left: list[tuple[str, str]], count: int
) -> tuple[str, str] | None:
    """The one among those left that this text was before it was changed."""
    if len(before) == count and (before[at][0], before[at][1]) in left:
        return before[at][0], before[at][1]
    alike = [(SequenceMatcher(None, old, text).ratio(), uid, old) for uid, old in left]
    best = max(alike, default=(0.0, "", ""))
    return (best[1], best[2]) if best[0] >= CLOSE else None


def others(data: Mapping[str, Any], shown: set[str]) -> dict[str, Any]:
    """The keys that the lines do not show."""
    return {name: value for name, value in data.items() if name not in shown}
