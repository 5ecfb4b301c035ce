"""Whether a challenge is a multiple choice with a marked answer; only where it surely is one."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from meanwhile.interop.carpentries.nodes import Code

ITEM = re.compile(r" {0,3}(?:(\d{1,2})[.)]|\(?([a-hA-H])[.)])[ \t]+(.*)")
ASKS = re.compile(
    r"\b(which|select|choose|pick|what (?:would|will|is|does|do|command|should|value)|true)\b", re.I
)
PREFIX = r"(?:option|answer|choice|number|command)?\s*"
SAYS = [
    re.compile(
        rf"\b(?:answer|solution|option|choice)\s*(?:is|:|=)\s*{PREFIX}\W{{0,3}}(\d{{1,2}}|[a-h])\b(?!\s*(?:and|or|&|,\s*\d)\b)",
        re.I,
    ),
    re.compile(
        r"^\W{0,3}(?:option|answer|choice|command|number)\s+\W{0,3}(\d{1,2}|[a-h])\W{0,3}\s+(?:is|works|would work)\b(?!\s+not)(?=[^.\n]*\b(?:correct|right|answer|solution|works?)\b)",
        re.I,
    ),
    re.compile(r"^\W{0,3}(\d{1,2}|[a-h])\W{0,3}\s+is\s+(?:the\s+)?(?:correct|right)\b", re.I),
]
RIGHT = re.compile(
    r"\W{0,3}(?:yes|correct|right|true|this is (?:the )?(?:correct|right)|is (?:correct|right)|(?:the )?(?:correct|right) answer)\b(?!\s+not)",
    re.I,
)
WRONG = re.compile(
    r"\W{0,3}(?:no\b|not\b|incorrect|wrong|false|this (?:would|will|is not|does|only)|would|is not|does|the )",
    re.I,
)


@dataclass
class Choice:
    """A question with its options; `after` follows the options."""

    body: str
    options: list[str]
    right: set[int]
    feedback: list[str] = field(default_factory=list)
    why: str = ""


@dataclass
class Listing:
    before: str
    items: list[str]
    after: str


def choice_in(body: str, solution: str) -> Choice | None:
    """The multiple choice in a challenge, or None where there is any doubt."""
    found = numbered_list(body)
    if found is None or not 2 <= len(found.items) <= 9 or len(found.after) > 300:
        return None
    if not ASKS.search(found.before[-600:]) or any("?" in item[-2:] for item in found.items):
        return None
    question = "\n\n".join(part for part in (found.before, found.after) if part)
    graded = _graded(solution, len(found.items))
    if graded is not None:
        right, feedback, why = graded
        return Choice(question, found.items, right, feedback, why)
    index = _said(solution, found.items)
    return None if index is None else Choice(question, found.items, {index}, [], solution)


def numbered_list(markdown: str) -> Listing | None:
    """The last list of a text that is numbered 1, 2, 3 … or a, b, c …, outside code."""
    lines = markdown.split("\n")
    starts: list[tuple[int, int]] = []
    code = Code()
    for number, line in enumerate(lines):
        inside = bool(code.mark)
        found = ITEM.match(line)
        code(found[3] if found and not inside else line)
        if found and not inside:
            starts.append((number, _number(found)))
    begin = max((n for n, (_, value) in enumerate(starts) if value == 1), default=None)
    if begin is None:
        return None
    run = starts[begin:]
    if [value for _, value in run] != list(range(1, len(run) + 1)):
        return None
    end = _end(lines, run[-1][0])
    edges = [line for line, _ in run] + [end]
    items = [_item(lines[a:b]) for a, b in pairwise(edges)]
    before, after = "\n".join(lines[: edges[0]]).strip(), "\n".join(lines[end:]).strip()
    return Listing(before, items, after)


def _number(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else ord(found[2].lower()) - ord("a") + 1


def _end(lines: list[str], last: int) -> int:
    """The line after the last item: the first that is not indented after an empty one."""
    empty = False
    for number in range(last + 1, len(lines)):
        line = lines[number]
        if line.strip() and empty and not line.startswith(("  ", "\t")):
            return number
        empty = not line.strip()
    return len(lines)


def _item(lines: list[str]) -> str:
    found = ITEM.match(lines[0])
    first = found[3] if found else lines[0]
    width = len(lines[0]) - len(first)
    rest = [line[min(width, len(line) - len(line.lstrip())) :] for line in lines[1:]]
    return "\n".join([first, *rest]).strip()


def _graded(solution: str, count: int) -> tuple[set[int], list[str], str] | None:
    """A solution that says of each option whether it is right."""
    found = numbered_list(solution)
    if found is None or len(found.items) != count:
        return None
    right = {n for n, item in enumerate(found.items) if RIGHT.match(item)}
    rest = [item for n, item in enumerate(found.items) if n not in right]
    if (
        not right
        or len(right) == count
        or any(RIGHT.search(item[:60]) and not WRONG.match(item) for item in rest)
    ):
        return None
    why = "\n\n".join(part for part in (found.before, found.after) if part)
    return right, found.items, why


def _said(solution: str, items: list[str]) -> int | None:
    """The one option that the solution's first words name."""
    words = re.sub(r"^#+[^\n]*\n", "", solution.strip()).strip()
    first = re.split(r"\n\s*\n", words, maxsplit=1)[0]
    named = {_index(found[1]) for pattern in SAYS if (found := pattern.search(first))}
    if not named:
        named = {n for n, item in enumerate(items) if _begins(words, item)}
    index = named.pop() if len(named) == 1 else None
    return index if index is not None and 0 <= index < len(items) else None


def _index(words: str) -> int:
    return int(words) - 1 if words.isdigit() else ord(words.lower()) - ord("a")


def _begins(words: str, item: str) -> bool:
    """`C gets printed …`, where an option is `C`."""
    return len(item) <= 20 and bool(
        re.match(
            rf"{re.escape(item)}\s+(?:gets|is|will be|would be)\s+(?:printed|correct|right|shown|the)",
            words,
        )
    )
