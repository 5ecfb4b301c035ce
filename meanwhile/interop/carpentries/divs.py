"""Boxes of the Workbench: fenced divs. How many colons there are says nothing; they nest as
brackets do."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as say

from meanwhile.interop.carpentries.nodes import Box, Code, Node, add_line

OPENS = re.compile(r"\s{0,3}:{3,}[ \t]*([A-Za-z{][^:]*?)[ \t]*:*[ \t]*")
CLOSES = re.compile(r"\s{0,3}:{3,}[ \t]*")
CLASS = re.compile(r"\.?([A-Za-z][\w-]*)")

Say = Callable[[int, str], None]


def read_divs(lines: list[str], first: int, remark: Say) -> list[Node]:
    """The page as text and boxes; unbalanced colons are remarked and mended."""
    top = Box("page", first)
    stack, code = [top], Code()
    for number, line in enumerate(lines, first):
        if code(line):
            add_line(stack[-1].children, line, number)
        elif found := OPENS.fullmatch(line):
            box = Box(_kind(found[1]), number)
            stack[-1].children.append(box)
            stack.append(box)
        elif CLOSES.fullmatch(line):
            if len(stack) > 1:
                stack.pop()
            else:
                remark(number, say("These colons close nothing; they were left out."))
        else:
            add_line(stack[-1].children, line, number)
    for box in stack[1:]:
        words = say("“%(kind)s” is never closed; it was taken to go on to the end.")
        remark(box.line, words % {"kind": box.kind})
    return top.children


def _kind(words: str) -> str:
    """`challenge`, or of `{.challenge #id}` the first class."""
    found = re.search(r"\.([A-Za-z][\w-]*)", words) if "{" in words else CLASS.match(words)
    return found[1].lower() if found else "callout"
