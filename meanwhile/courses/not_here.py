"""Remarks of the course check that an author does not want somewhere: `not_here` in a course's files.

The checks live above this room and say their names here, so that a name nobody knows is an error
in the file that holds it.
"""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.courses.source import BlockSource, NotHere, Remark

CHECKS: set[str] = set()
"""The names of all checks there are."""


def as_rows(items: Iterable[NotHere]) -> list[dict[str, str]]:
    """As they are kept in a JSON column."""
    return [{"check": i.check, "block": i.block, "because": i.because} for i in items]


def from_rows(rows: Iterable[dict[str, Any]]) -> list[NotHere]:
    return [NotHere(row["check"], row["because"], row.get("block", "")) for row in rows]


def still_there(items: Iterable[NotHere], blocks: Iterable[BlockSource]) -> list[NotHere]:
    """Without those of blocks that have gone, and each once."""
    uids = {block.uid for block in blocks}
    return list(dict.fromkeys(item for item in items if not item.block or item.block in uids))


def problems(
    items: list[NotHere], lines: dict[str, int], path: str, blocks: set[str]
) -> Iterator[Remark]:
    """Names that no check has, blocks that are not there, the same said twice."""
    seen: set[tuple[str, str]] = set()
    for n, item in enumerate(items):
        line = lines.get(f"not_here.{n}.check", lines.get("not_here", 1))
        if item.check not in CHECKS:
            yield Remark(path, line, _unknown(item.check))
        if item.block and item.block not in blocks:
            says = say("There is no block “%(id)s” here.") % {"id": item.block}
            yield Remark(path, lines.get(f"not_here.{n}.block", line), says)
        if (item.check, item.block) in seen:
            yield Remark(path, line, say("“%(name)s” is in the list twice.") % {"name": item.check})
        seen.add((item.check, item.block))


def _unknown(name: str) -> str:
    words = say("There is no check “%(name)s”.") % {"name": name}
    found = difflib.get_close_matches(name, sorted(CHECKS), 1)
    return words + (say(" Did you mean “%(close)s”?") % {"close": found[0]} if found else "")
