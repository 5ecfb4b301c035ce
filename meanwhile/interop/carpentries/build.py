"""From a page's text and boxes to the blocks of a lesson."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.courses.files.blocks import heading_of, split
from meanwhile.courses.files.colons import colons_for
from meanwhile.courses.files.paths import free, slug
from meanwhile.courses.source import BlockSource
from meanwhile.interop.carpentries import words
from meanwhile.interop.carpentries.choices import choice_in
from meanwhile.interop.carpentries.links import Here, turned
from meanwhile.interop.carpentries.nodes import Box, Code, Node, Text
from meanwhile.interop.carpentries.pages import Page
from meanwhile.interop.carpentries.tables import without_grids

CALLOUTS = {
    "callout": "note",
    "prereq": "note",
    "checklist": "note",
    "info": "note",
    "note": "note",
    "tip": "tip",
    "hint": "tip",
    "warning": "warning",
    "caution": "warning",
    "important": "warning",
    "discussion": "question",
    "testimonial": "aside",
    "spoiler": "aside",
    "solution": "aside",
    "quotation": "aside",
    "example": "example",
    "keypoints": "key",
    "questions": "question",
}
PARTS = frozenset({"tab", "group-tab", "figure", "div", "column", "columns", "centre", "center"})
HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*(?:\{[^{}]*\})?[ \t]*")
GENERIC = re.compile(r"(?:the )?(?:solutions?|answers?)(?: (?:to|for) .*)?[\W\d]*", re.IGNORECASE)
ITEM = re.compile(r"[ \t]{0,3}(?:[-*+]|\d+[.)])[ \t]+(.*)")


@dataclass
class Built:
    """A lesson while it is built. `counts` is what was found, by the name of the box."""

    page: Page
    here: Here
    blocks: list[BlockSource] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    shift: int = 0


def build(page: Page, here: Here) -> Built:
    """The blocks of a page, its objectives, and what there was of each box."""
    built = Built(page, here)
    built.shift = 1 if _has_first_level(page.nodes) else 0
    _lists_in_front(built)
    for node in _solutions_home(page.nodes):
        _node(built, node)
    _flush(built)
    for end in built.ends:
        built.blocks.append(BlockSource("text", "key-points", {}, end))
    _name(built)
    return built


def _has_first_level(nodes: list[Node]) -> bool:
    for node in nodes:
        code = Code()
        for line in node.lines if isinstance(node, Text) else ():
            if not code(line) and re.match(r"#[ \t]+\S", line):
                return True
    return False


def _lists_in_front(built: Built) -> None:
    """The older layout names questions, objectives and key points at the top of the page."""
    front = built.page.front
    for kind in ("questions", "objectives", "keypoints"):
        items = front.get(kind)
        if isinstance(items, list) and items:
            lines = [f"- {' '.join(str(item).split())}" for item in items if item]
            _listed(built, Box(kind, 1, [Text(lines, 1)]))


def _solutions_home(nodes: list[Node]) -> list[Node]:
    """Solutions and hints that stand right after their challenge go into it."""
    made: list[Node] = []
    last: Box | None = None
    for node in nodes:
        if isinstance(node, Box) and node.kind in ("solution", "hint") and last is not None:
            last.children.append(node)
            continue
        made.append(node)
        if isinstance(node, Box):
            last = node if node.kind == "challenge" else None
        elif not node.empty:
            last = None
    return made


def _node(built: Built, node: Node) -> None:
    if isinstance(node, Text):
        built.text.append(_markdown(built, node))
    elif node.kind == "challenge":
        _challenge(built, node)
    elif node.kind in ("objectives", "questions", "keypoints"):
        _listed(built, node)
    elif node.kind == "solution":
        _lone_solution(built, node)
    else:
        built.text.append(_box(built, node))


def _markdown(built: Built, text: Text, deepest: int = 2) -> str:
    """A text as our Markdown, its headings at most as high as `deepest`."""
    lines = without_grids(
        _closed(built, text), lambda at, says: built.here.remark(text.line + at, says)
    )
    code = Code()
    for number, line in enumerate(lines):
        inside = bool(code.mark)
        if code(line):
            lines[number] = line if inside else _with_language(line)
        elif found := HEADING.fullmatch(line):
            level = min(6, max(len(found[1]) + built.shift, deepest))
            lines[number] = f"{'#' * level} {found[2]}"
        elif line.lstrip().startswith(":::"):
            lines[number] = line.replace(":::", "\\:::", 1)
    plain = words.plain(_attributes_kept("\n".join(lines)), built.page.names)
    return turned(_attributes_back(plain), built.here, text.line).strip("\n")


def _with_language(line: str) -> str:
    """The first line of a code fence with its language alone: of `{.python .wide}`, `python`."""
    found = re.fullmatch(
        r"(\s*(?:`{3,}|~{3,}))\s*(?:\{\s*\.?([\w+-]+)[^}]*\}|([\w+-]+)\s*\{.*)", line
    )
    return f"{found[1]}{found[2] or found[3]}" if found else line


def _attributes_kept(text: str) -> str:
    """Braces right after a picture or link say what it shows; hide them from what tidies braces."""
    return re.sub(r"(?<=\))([ \t]*)\{(?=:?[ \t]*[\w.#])", "\\1\ue020", text)


def _attributes_back(text: str) -> str:
    return text.replace("\ue020", "{")


def _closed(built: Built, text: Text) -> list[str]:
    """The lines, with a code fence that has no end closed."""
    lines, code, opened = list(text.lines), Code(), 0
    for number, line in enumerate(lines):
        before = code.mark
        code(line)
        opened = number if code.mark and not before else opened
    if code.mark:
        built.here.remark(text.line + opened, say("This code is never closed; it was closed here."))
        lines.append(code.mark)
    return lines


def _titled(box: Box) -> tuple[str, list[Node]]:
    """The heading a box begins with, and the rest."""
    for at, node in enumerate(box.children):
        if isinstance(node, Box):
            break
        for number, line in enumerate(node.lines):
            if not line.strip():
                continue
            found = HEADING.fullmatch(line.strip())
            if not found:
                return "", box.children
            rest = Text(node.lines[number + 1 :], node.line + number + 1)
            return found[2], [*box.children[:at], rest, *box.children[at + 1 :]]
    return "", box.children


def _title(built: Built, title: str, line: int) -> str:
    """A title on one line, as Markdown."""
    plain = turned(words.plain(title, built.page.names), built.here, line)
    return " ".join(plain.split())


def _inside(built: Built, nodes: list[Node]) -> str:
    """What a box holds, as Markdown."""
    parts = [
        _markdown(built, node, 3) if isinstance(node, Text) else _box(built, node) for node in nodes
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _box(built: Built, box: Box) -> str:
    """A box as a callout; tabs one after the other; notes for teachers left out."""
    built.counts[box.kind] += 1
    if box.kind == "instructor":
        built.here.remark(box.line, say("This note is for those who teach; it was left out."))
        return ""
    if box.kind in PARTS:
        if "tab" in box.kind:
            built.here.remark(box.line, say("These tabs are shown one below the other."))
        return _inside(built, box.children)
    title, rest = _titled(box)
    if box.kind not in CALLOUTS and box.kind != "challenge":
        says = say("“%(kind)s” is not known here; it became a note.") % {"kind": box.kind}
        built.here.remark(box.line, says)
    if box.kind == "challenge":
        built.here.remark(
            box.line, say("A challenge inside another box became a question to think about.")
        )
    if box.kind == "spoiler":
        built.here.remark(box.line, say("What could be opened here is shown open."))
    kind = "question" if box.kind == "challenge" else CALLOUTS.get(box.kind, "note")
    return _callout(kind, _title(built, title, box.line), _inside(built, rest))


def _callout(kind: str, title: str, content: str) -> str:
    if not content:
        content, title = (f"**{title}**", "") if title else ("", "")
    if not content:
        return ""
    colons = colons_for(content)
    return f"{colons} {kind} {title}".rstrip() + f"\n{content}\n{colons}"


def _listed(built: Built, box: Box) -> None:
    """Objectives go to the course; questions and key points become callouts."""
    built.counts[box.kind] += 1
    title, rest = _titled(box)
    content = _inside(built, rest)
    if box.kind == "objectives":
        built.objectives += _items(content)
    elif box.kind == "questions":
        _flush(built)
        if content:
            callout = _callout("question", say("Questions"), content)
            built.blocks.append(BlockSource("text", "questions", {}, callout))
    elif content:
        built.ends.append(_callout("key", title or say("Key points"), content))


def _items(markdown: str) -> list[str]:
    items: list[str] = []
    for line in markdown.split("\n"):
        if found := ITEM.fullmatch(line):
            items.append(found[1])
        elif line.strip() and items:
            items[-1] += " " + line.strip()
        elif line.strip():
            items.append(line.strip())
    return items


# ── Challenges ───────────────────────────────────────────────────────────────────────────────


def _challenge(built: Built, box: Box) -> None:
    _flush(built)
    built.counts["challenge"] += 1
    title, rest = _titled(box)
    parts: list[Node] = []
    answers: list[str] = []
    hints: list[str] = []
    inner: list[Box] = []
    for node in rest:
        if isinstance(node, Box) and node.kind == "solution":
            answers.append(_solution(built, node))
        elif isinstance(node, Box) and node.kind == "hint":
            built.counts["hint"] += 1
            hints.append(_inside(built, _titled(node)[1]))
        elif isinstance(node, Box) and node.kind == "challenge":
            inner.append(node)
        else:
            parts.append(node)
    body = _inside(built, parts)
    _practice(built, box, _title(built, title, box.line), body, answers, [h for h in hints if h])
    for each in inner:
        _challenge(built, each)


def _solution(built: Built, box: Box) -> str:
    built.counts["solution"] += 1
    title, rest = _titled(box)
    content = _inside(built, rest)
    title = _title(built, title, box.line)
    return content if not title or GENERIC.fullmatch(title) else f"**{title}**\n\n{content}".strip()


def _practice(
    built: Built, box: Box, title: str, body: str, answers: list[str], hints: list[str]
) -> None:
    heading = f"{'#' * _level(built)} {title}\n\n" if title else ""
    answers = [answer for answer in answers if answer]
    found = choice_in(body, answers[0]) if len(answers) == 1 else None
    data: dict[str, Any]
    if found is not None:
        kind = "choice" if len(found.right) == 1 else "choices"
        data = {"options": list(_options(found.options, found.right, found.feedback))}
        data |= {"hints": hints, "why": found.why}
        built.counts[kind] += 1
        built.counts["options"] += len(found.options)
        body = found.body
    else:
        kind = "reveal"
        if not answers:
            built.counts["unanswered"] += 1
            built.here.remark(box.line, say("This challenge has no solution; a sentence says so."))
        none = say("The lesson gives no answer to this one. Compare yours with somebody else’s.")
        data = {"answer": "\n\n".join(answers) or none, "hints": hints}
    wanted = slug(words.Holes(title).filled(title), kind)
    built.blocks.append(
        BlockSource(kind, wanted, {k: v for k, v in data.items() if v}, (heading + body).strip())
    )


def _level(built: Built) -> int:
    """Of a challenge's heading: under the last one of the text, or the page's first of its own."""
    under = any(block.kind == "text" and heading_of(block.body) for block in built.blocks)
    return 3 if under else 2


def _options(options: list[str], right: set[int], feedback: list[str]) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(options):
        option: dict[str, Any] = {"id": "abcdefghi"[number], "text": text}
        if number in right:
            option["right"] = True
        if feedback:
            option["feedback"] = feedback[number]
        yield option


def _lone_solution(built: Built, box: Box) -> None:
    """A solution whose challenge is not there: the answer opens all the same."""
    _flush(built)
    built.here.remark(box.line, say("This solution stands without its challenge."))
    answer = _solution(built, box)
    if answer:
        body = say("Try it first, then compare.")
        built.blocks.append(BlockSource("reveal", "reveal", {"answer": answer}, body))


def _flush(built: Built) -> None:
    """The text gathered so far as blocks, a new one at each heading."""
    markdown = "\n\n".join(part for part in built.text if part.strip())
    built.text.clear()
    blocks, wrong = split(markdown, built.page.path)
    for each in wrong:
        built.here.remark(0, each.says)
    for block in blocks:
        block.uid = slug(heading_of(block.body), "text")
    built.blocks += blocks


def _name(built: Built) -> None:
    taken: set[str] = set()
    for block in built.blocks:
        block.uid = free(block.uid or block.kind, taken)
        taken.add(block.uid)
