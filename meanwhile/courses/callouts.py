"""Callouts in Markdown: `::: note Title` … `:::`, one inside the other.

A line of colons alone closes the innermost one that began with as many; where none did, the
innermost.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

CALLOUTS = ("note", "tip", "warning", "key", "example", "question", "aside")
OPENS = re.compile(rf"(:{{3,}})[ \t]*({'|'.join(CALLOUTS)})(?:[ \t]+(.*?))?[ \t]*$")
_ANY_OPEN = re.compile(r"(:{3,})[ \t]*\w")
_CLOSES = re.compile(r"(:{3,})[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")


def callouts(md: MarkdownIt) -> None:
    """The plugin: adds `callout_open` (its name in `info`, its title inline after it) and
    `callout_close`."""
    may_end = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "callout", _rule, {"alt": may_end})


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    opens = OPENS.match(_line(state, start))
    if not opens:
        return False
    if silent:
        return True
    last, closed = _last_line(state, start, end, len(opens[1]))
    _tokens(state, start, last, opens)
    state.line = last + closed
    return True


def _last_line(state: StateBlock, start: int, end: int, colons: int) -> tuple[int, bool]:
    """The line that closes it, and whether there is one."""
    inside, fence = [colons], ""
    for number in range(start + 1, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number, False
        if fence:
            if line.startswith(fence) and not line.strip(fence[0] + " "):
                fence = ""
        elif found := _FENCE.match(line):
            fence = found[1]
        elif found := _ANY_OPEN.match(line):
            inside.append(len(found[1]))
        elif found := _CLOSES.match(line):
            _close(inside, len(found[1]))
            if not inside:
                return number, True
    return end, False


def _close(inside: list[int], colons: int) -> None:
    if colons in inside:
        while inside.pop() != colons:
            pass
    else:
        inside.pop()


def _tokens(state: StateBlock, start: int, last: int, opens: re.Match[str]) -> None:
    opening = state.push("callout_open", "div", 1)
    opening.info, opening.map, opening.block = opens[2], [start, last], True
    title = state.push("callout_title_open", "p", 1)
    title.info, title.meta = opens[2], {"titled": bool(opens[3])}
    words = state.push("inline", "", 0)
    words.content, words.map, words.children = opens[3] or "", [start, start + 1], []
    state.push("callout_title_close", "p", -1)
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "callout", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, limit
    state.push("callout_close", "div", -1).block = True
