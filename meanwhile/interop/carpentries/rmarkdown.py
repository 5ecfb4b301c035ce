"""R Markdown: what the page shows of a chunk without running it."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as say

CHUNK = re.compile(r"([ \t>]*)(`{3,}|~{3,})\s*\{\s*(\w+)\s*,?\s*([^}]*)\}\s*")
INLINE = re.compile(r"`r\s+([^`]+)`")
HIDDEN = re.compile(r"(?:include|echo)\s*=\s*(?:FALSE|F)\b", re.IGNORECASE)
INCLUDED = re.compile(r"""include_graphics\(\s*(?:path\s*=\s*)?["']([^"']+)["']""")
ALT = re.compile(r"""fig\.(?:alt|cap)\s*=\s*("([^"]*)"|'([^']*)')""")
OPTION = re.compile(r"#\|\s*([\w.-]+)\s*:\s*(.*)")

Say = Callable[[int, str], None]


def plain(lines: list[str], remark: Say) -> list[str]:
    """Chunks as code fences; hidden ones left out. The number of lines stays."""
    made: list[str] = []
    run: list[int] = []
    at = 0
    while at < len(lines):
        found = CHUNK.fullmatch(lines[at])
        if not found:
            made.append(_inline(lines[at], at, remark))
            at += 1
            continue
        end = at + 1
        while end < len(lines) and not re.fullmatch(rf"[ \t>]*{found[2]}[`~]*\s*", lines[end]):
            end += 1
        made += _chunk(found, lines[at + 1 : end], at, remark, run)[: end - at + 1]
        at = end + 1
    if run:
        words = say(
            "%(n)d pieces of R code print something when the lesson is built; that is not here."
        )
        remark(run[0], words % {"n": len(run)})
    return made[: len(lines)]


def _chunk(
    found: re.Match[str], code: list[str], at: int, remark: Say, run: list[int]
) -> list[str]:
    indent, fence, language, options = found[1], found[2], found[3].lower(), found[4]
    options += "".join(f", {m[1]}={m[2]}" for line in code if (m := OPTION.search(line)))
    nothing = [indent.rstrip()] * (len(code) + 2)
    if graphics := INCLUDED.search("\n".join(code)):
        alt = ALT.search(options)
        words = (alt[2] or alt[3] or "") if alt else ""
        return [f"{indent}![{words}]({graphics[1]})", *nothing[1:]]
    if HIDDEN.search(options):
        if "include" not in options.lower():
            remark(
                at, say("What this hidden R code shows is not made here; the code was left out.")
            )
        return nothing
    if not re.search(r"eval\s*=\s*F", options):
        run.append(at)
    return [f"{indent}{fence}{language}", *code, f"{indent}{fence}"]


def _inline(line: str, at: int, remark: Say) -> str:
    if INLINE.search(line):
        remark(at, say("R code inside a sentence is shown as code, not as its value."))
    return INLINE.sub(r"`\1`", line)
