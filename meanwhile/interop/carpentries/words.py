"""The Markdown of a Carpentries lesson as the Markdown of ours: attributes, raw HTML, links given
by name. Code is never touched."""

import re
from collections.abc import Callable, Mapping
from html import unescape

from meanwhile.interop.carpentries.nodes import Code

SPAN = re.compile(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
HOLE = re.compile(r"\ue000(\d+)\ue001(\n*)")
DEFINITION = re.compile(r" {0,3}\[([^\]^][^\]]*)\]:[ \t]+<?(\S+?)>?(?:[ \t]+[\"'(].*[\"')])?[ \t]*")
BY_NAME = re.compile(r"(?<![\\\]])\[((?:[^\[\]]|\[[^\[\]]*\])+)\](?:\[([^\[\]]*)\])?(?![(:\[{])")
SPAN_WITH_ID = re.compile(r"\[([^\[\]]+)\]\{[#.][^{}]*\}")
HEADING_ID = re.compile(r"^(#{1,6}[ \t].*?)[ \t]*\{[:#.][^{}]*\}[ \t]*$", re.MULTILINE)
LONE_TAG = re.compile(r"^[ \t>]*\{:?[ \t]*[.#:\w\\][^{}\n]*\}[ \t]*$", re.MULTILINE)
INLINE_TAG = re.compile(r"(?<=[\w*_)`\]])\{:[^{}\n]*\}")
DIGITS = {"sub": "₀₁₂₃₄₅₆₇₈₉", "sup": "⁰¹²³⁴⁵⁶⁷⁸⁹"}
SUB = re.compile(r"<(sub|sup)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
STRONG = re.compile(r"<(strong|b)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
EMPHASIS = re.compile(r"<(em|i)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
MONO = re.compile(r"<(code|kbd|tt|samp)\b[^>]*>([^`\n]*?)</\1>", re.IGNORECASE)
ANCHOR = re.compile(
    r"<a\b[^>]*?href\s*=\s*[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL
)
IMAGE = re.compile(r"<img\b([^>]*)>", re.IGNORECASE)
FRAME = re.compile(r"<(iframe|video|audio|embed)\b([^>]*)>(?:.*?</\1>)?", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DROPPED = re.compile(r"<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary>", re.IGNORECASE | re.DOTALL)
ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=</t[dh]>|<t[dh]\b|\Z)", re.IGNORECASE | re.DOTALL)
TABLE = re.compile(r"<table\b.*?</table>", re.IGNORECASE | re.DOTALL)
TITLE = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.IGNORECASE | re.DOTALL)
ITEM = re.compile(r"[ \t]*<li\b[^>]*>\s*(.*?)\s*</li>", re.IGNORECASE | re.DOTALL)
BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
WRAPPER = re.compile(
    r"</?(?:p|div|span|center|figure|figcaption|details|u|small|font|ul|ol|section|article|picture|"
    r"source|caption|big|s|del|ins|mark|abbr|hr|dl|dt|dd|sub|sup|pre|blockquote)\b[^<>\n]*>",
    re.IGNORECASE,
)
VALUE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")

Say = Callable[[int, str], None]


class Holes:
    """Code taken out of a text while the rest is changed, and put back."""

    def __init__(self, text: str) -> None:
        self.kept: list[str] = []
        self.text = SPAN.sub(lambda found: self._keep(found[0]), self._fences(text))

    def _keep(self, code: str) -> str:
        self.kept.append(code)
        return f"\ue000{len(self.kept) - 1}\ue001" + "\n" * code.count("\n")

    def _fences(self, text: str) -> str:
        made: list[str] = []
        held: list[str] = []
        code = Code()
        for line in text.split("\n"):
            inside = code(re.sub(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?=[`~]{3})|^[ \t>]*", "", line))
            if inside:
                held.append(line)
            if held and (not inside or not code.mark):
                made.append(self._keep("\n".join(held)))
                held = []
            if not inside:
                made.append(line)
        return "\n".join([*made, *([self._keep("\n".join(held))] if held else [])])

    def filled(self, text: str) -> str:
        while HOLE.search(text):
            text = HOLE.sub(self._fill, text)
        return text

    def _fill(self, found: re.Match[str]) -> str:
        """The code, without the line ends that held its place."""
        code = self.kept[int(found[1])]
        return code + found[2][code.count("\n") :]


def definitions(text: str) -> dict[str, str]:
    """`[name]: address`, by name."""
    found = (DEFINITION.fullmatch(line) for line in Holes(text).text.split("\n"))
    return {key(each[1]): each[2] for each in found if each}


def key(name: str) -> str:
    return " ".join(name.replace("\\", "").casefold().split())


def plain(text: str, names: Mapping[str, str]) -> str:
    """Attributes, raw HTML and links by name made plain Markdown. Pictures keep theirs."""
    holes = Holes(text)
    changed = holes.text
    if names:
        changed = "\n".join(
            "" if DEFINITION.fullmatch(line) else line for line in changed.split("\n")
        )
        changed = BY_NAME.sub(lambda found: _by_name(found, names, holes), changed)
    changed = HEADING_ID.sub(r"\1", changed)
    changed = SPAN_WITH_ID.sub(r"**\1**", changed)
    changed = LONE_TAG.sub("", changed)
    changed = INLINE_TAG.sub("", changed)
    if "<" in changed:
        changed = _without_html(changed)
    return _terms(holes.filled(changed))


def _by_name(found: re.Match[str], names: Mapping[str, str], holes: Holes) -> str:
    name = key(holes.filled(found[2] or found[1]))
    if name not in names:
        return found[0]
    return f"[{found[1]}]({names[name]})"


def _without_html(text: str) -> str:
    text = COMMENT.sub(_lines_only, DROPPED.sub(_lines_only, text))
    text = SUB.sub(_digits, text)
    text = TABLE.sub(_table, text)
    text = IMAGE.sub(_image, text)
    text = FRAME.sub(_frame, text)
    text = ANCHOR.sub(lambda found: f"[{found[2].strip()}]({found[1]})", text)
    text = STRONG.sub(lambda found: f"**{found[2].strip()}**", text)
    text = EMPHASIS.sub(lambda found: f"*{found[2].strip()}*", text)
    text = MONO.sub(lambda found: f"`{unescape(found[2])}`" if found[2] else "", text)
    text = TITLE.sub(lambda found: f"{'#' * int(found[1])} {_one_line(found[2])}", text)
    text = ITEM.sub(lambda found: f"- {found[1]}", text)
    text = SUMMARY.sub(lambda found: f"**{_one_line(found[1])}**\n", text)
    text = BREAK.sub(_break, text)
    return WRAPPER.sub("", text)


def _lines_only(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _break(found: re.Match[str]) -> str:
    """A break inside a line goes on in the next one; in a table's row it is a space."""
    start = found.string.rfind("\n", 0, found.start()) + 1
    row = found.string[start : found.start()].lstrip().startswith("|")
    at_end = found.string[found.end() : found.end() + 1] in ("", "\n")
    return " " if row else ("" if at_end else "\\\n")


def _digits(found: re.Match[str]) -> str:
    signs = DIGITS[found[1].lower()]
    return "".join(signs[int(s)] if s in "0123456789" else s for s in found[2])


def values(attributes: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in VALUE.findall(attributes)}


def _image(found: re.Match[str]) -> str:
    given = values(found[1])
    return f"![{_one_line(given.get('alt', given.get('title', '')))}]({given.get('src', '')})"


def _frame(found: re.Match[str]) -> str:
    given = values(found[2] + found[0])
    source = given.get("src", "")
    if not source:
        return _lines_only(found)
    source = source.replace("youtube.com/embed/", "youtube.com/watch?v=")
    source = f"https:{source}" if source.startswith("//") else source
    return f"[{given.get('title', source)}]({source})"


def _table(found: re.Match[str]) -> str:
    rows = [[_cell(cell) for cell in CELL.findall(row)] for row in ROW.findall(found[0])]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join(["", lines[0], "|" + " --- |" * width, *lines[1:], ""])


def _cell(html: str) -> str:
    return _one_line(re.sub(r"</?(?:p|div|span|br)\b[^>]*>", " ", html)).replace("|", "\\|")


def _terms(text: str) -> str:
    """Terms with a meaning (`term` and `:   meaning` below) as paragraphs: **term**: meaning."""
    lines = text.split("\n")
    code = Code()
    for number, line in enumerate(lines):
        if code(line) or not re.match(r" {0,3}:[ \t]+\S", line) or not number:
            continue
        term = lines[number - 1].strip()
        if term and not term.startswith(("-", ">", "|", "#", ":")):
            bold = term if term.startswith("**") else f"**{term}**"
            lines[number - 1], lines[number] = f"{bold}: {line.strip()[1:].strip()}", ""
            _join_up(lines, number)
    return "\n".join(lines)


def _join_up(lines: list[str], empty: int) -> None:
    """Move the rest of a meaning up to its first line."""
    number = empty + 1
    while (
        number < len(lines) and lines[number].strip() and not lines[number].startswith(("-", "#"))
    ):
        if number + 1 < len(lines) and re.match(r" {0,3}:[ \t]+\S", lines[number + 1]):
            break
        lines[empty - 1] += " " + lines[number].strip()
        lines[number] = ""
        number += 1
