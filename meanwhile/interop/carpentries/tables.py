"""Grid tables: drawn with `+---+`. Plain ones become tables; others stay as they are drawn."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as say

from meanwhile.interop.carpentries.nodes import Code

EDGE = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")

Say = Callable[[int, str], None]


def without_grids(lines: list[str], remark: Say) -> list[str]:
    """The lines with grid tables turned."""
    made: list[str] = []
    at, code = 0, Code()
    while at < len(lines):
        end = at
        while (
            not code.mark
            and end < len(lines)
            and (EDGE.fullmatch(lines[end]) or ROW.fullmatch(lines[end]))
        ):
            end += 1
        if end - at >= 3 and EDGE.fullmatch(lines[at]):
            made += _table(lines[at:end], at, remark)
            at = end
            continue
        code(lines[at])
        made.append(lines[at])
        at += 1
    return made


def _table(lines: list[str], at: int, remark: Say) -> list[str]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines
        if ROW.fullmatch(line)
    ]
    plain = (
        all(EDGE.fullmatch(line) for line in lines[::2]) and len({len(row) for row in rows}) == 1
    )
    if not plain:
        remark(at, say("This table has cells of several lines; it is shown as it was drawn."))
        return ["", "````text", *lines, "````", ""]
    head, *rest = [f"| {' | '.join(row)} |" for row in rows]
    return ["", head, "|" + " --- |" * len(rows[0]), *rest, ""]
