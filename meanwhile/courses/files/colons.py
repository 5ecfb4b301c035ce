"""How Markdown is divided: fences of colons, id comments, and which lines are which.

One parser for the reader and for the checks. It knows where a code block or a list ends, so that a
`:::` or `##` inside one is never taken for the end of a block.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from meanwhile.courses.callouts import OPENS as CALLOUT
from meanwhile.courses.callouts import callouts

OPENS = re.compile(r"(:{3,})[ \t]*([A-Za-z][\w-]*)?[ \t]*(.*?)[ \t]*")
CLOSES = re.compile(r"(:{3,})[ \t]*")
ID_COMMENT = re.compile(r"<!--[ \t]*id:[ \t]*(.*?)[ \t]*-->[ \t]*")
INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def _line(state: StateBlock, line: int) -> str | None:
    """The words of a line; None where it is indented as code."""
    if state.sCount[line] - state.blkIndent >= 4:
        return None
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _closing(state: StateBlock, start: int, end: int, colons: int) -> int | None:
    """The line that closes a fence of so many colons, or None."""
    for line in range(start + 1, end):
        words = _line(state, line)
        if words and state.sCount[line] < state.blkIndent:
            return None
        if words and (found := CLOSES.fullmatch(words)) and len(found[1]) >= colons:
            return line
    return None


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    words = _line(state, start)
    found = OPENS.fullmatch(words) if words and words.startswith(":::") else None
    if not found or CALLOUT.match(words or ""):
        return False
    if silent:
        return True
    name = found[2] or ""
    closing = _closing(state, start, end, len(found[1])) if name else start
    token = state.push("colons", "", 0)
    token.map = [start, end if closing is None else closing + 1]
    token.info, token.block = name, True
    token.meta = {"rest": found[3], "closed": closing is not None, "stray": not name}
    state.line = token.map[1]
    return True


def _id_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    words = _line(state, start)
    found = ID_COMMENT.fullmatch(words) if words and words.startswith("<!--") else None
    if not found:
        return False
    if not silent:
        token = state.push("id_comment", "", 0)
        token.map, token.content = [start, start + 1], found[1]
        state.line = start + 1
    return True


def _markdown() -> MarkdownIt:
    """As courses/markdown.py reads it, and fences and id comments besides."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.disable(["html_block", "html_inline"])
    footnote_plugin(markdown, inline=False)
    dollarmath_plugin(markdown, allow_labels=False, allow_space=False, allow_digits=False)
    callouts(markdown)
    markdown.block.ruler.before("fence", "colons", _fence, INTERRUPTS)
    markdown.block.ruler.before("fence", "id_comment", _id_comment, INTERRUPTS)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


@cache
def parser() -> MarkdownIt:
    """Markdown as lessons use it, down to links and pictures."""
    return _markdown()


@cache
def divider() -> MarkdownIt:
    """The same, without looking inside paragraphs: quick, for finding where blocks begin."""
    markdown = _markdown()
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


def colons_for(content: str) -> str:
    """Colons enough to hold this: more than any line of colons in it."""
    runs = [len(run) for run in re.findall(r"^[ \t>]*(:{3,})[ \t]*$", content, re.MULTILINE)]
    return ":" * max([3, *(run + 1 for run in runs)])
