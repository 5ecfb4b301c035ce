"""Boxes of the Jekyll layout: a block quote with its class in braces on the line below."""

import re

from meanwhile.interop.carpentries.nodes import Box, Code, Node, add_line

TAG = re.compile(r"\s*\{:\s*([^}]*?)\s*\}\s*")
CLASS = re.compile(r"\.([\w-]+)")
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")
QUOTED = re.compile(r" {0,3}> ?")


def read_quotes(lines: list[str], first: int) -> list[Node]:
    """The page as text and boxes. A quote without a class stays a quote."""
    children: list[Node] = []
    at, code = 0, Code()
    while at < len(lines):
        if not code(lines[at]) and QUOTED.match(lines[at]):
            at = _quote(lines, at, first, children)
            continue
        add_line(children, lines[at], first + at)
        at += 1
    return children


def _quote(lines: list[str], start: int, first: int, children: list[Node]) -> int:
    end = start
    while end < len(lines) and QUOTED.match(lines[end]):
        end += 1
    tag_at = end + 1 if end + 1 < len(lines) and not lines[end].strip() else end
    tag = TAG.fullmatch(lines[tag_at]) if tag_at < len(lines) else None
    kind = CLASS.search(tag[1]) if tag else None
    if kind is None:
        for number in range(start, end):
            add_line(children, lines[number], first + number)
        return end
    inner = [QUOTED.sub("", line, count=1) for line in lines[start:end]]
    children.append(Box(kind[1].lower(), first + start, read_quotes(inner, first + start)))
    return tag_at + 1


def with_languages(lines: list[str]) -> list[str]:
    """`{: .language-python}` below a code fence goes to its first line; the count of lines stays."""
    made, code, opened = list(lines), Code(), -1
    for number, line in enumerate(lines):
        bare = re.sub(r"^[ \t>]*", "", line)
        inside = bool(code.mark)
        if code(bare):
            opened = number if not inside else opened
            continue
        found = TAG.fullmatch(bare)
        above = lines[number - 1] if number else ""
        # in the same quote: below a quote, braces are those of the quote
        closed = bool(FENCE.fullmatch(above)) and above.count(">") == line.count(">")
        if found and closed and opened >= 0 and (name := CLASS.search(found[1])):
            language = name[1].removeprefix("language-")
            if FENCE.fullmatch(made[opened]):
                made[opened] = made[opened].rstrip() + language
            made[number] = line[: len(line) - len(bare)].rstrip()
    return made
