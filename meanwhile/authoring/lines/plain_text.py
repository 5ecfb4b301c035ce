"""Questions from plain text: several at once, in our own lines or in GIFT.

Our own: questions with an empty line and three hyphens, or two empty lines, between them; the marks
say which kind each is. GIFT is what several other systems write: `Where? {=here ~there#No.}`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as say

from meanwhile.authoring.lines.grammar import joined, part, visible, with_reply

BETWEEN = re.compile(r"\n(?:[ \t]*\n){2,}|\n[ \t]*-{3,}[ \t]*\n")
RIGHT = re.compile(r"^[*-] \[[xX]\]", re.MULTILINE)
OPTION = re.compile(r"^[*-] \[[ xX]?\]", re.MULTILINE)
PAIR = re.compile(r"^[*-] .*(?:->|→)", re.MULTILINE)
ITEM = re.compile(r"^\d+[.)] ", re.MULTILINE)
ANSWER = re.compile(r"^= (.*)", re.MULTILINE)
SCALE = re.compile(r"^& .*\.\.", re.MULTILINE)
NUMBER = re.compile(r"[-+−]?[\d.,]+(?:\s*(?:±|\+-|\+/-)\s*[\d.,]+)?(?:\s+\D{1,20})?")
GIFT = re.compile(r"(?<!\\)\{(?P<inside>(?:\\.|[^{}\\])*)\}", re.DOTALL)
SPLIT = re.compile(r"(?<!\\)(?=[=~])")
WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
ESCAPED = re.compile(r"\\([~=#{}:\\])")


@dataclass(frozen=True)
class Question:
    kind: str
    words: str


def questions_of(text: str) -> list[Question]:
    """Every question in a text; what is none becomes a text block."""
    text = visible(text).strip("\n")
    if _is_gift(text):
        return list(_gift(text))
    parts = (each.strip("\n") for each in BETWEEN.split(text))
    return [Question(kind_of(each), each) for each in parts if each.strip()]


def kind_of(words: str) -> str:
    """The kind that the marks of a question say; `text` where there are none."""
    if OPTION.search(words):
        return "choice" if len(RIGHT.findall(words)) <= 1 else "choices"
    if SCALE.search(words):
        return "slider"
    if PAIR.search(words):
        return "matching"
    if answer := ANSWER.search(words):
        if NUMBER.fullmatch(answer[1].strip()):
            return "numeric"
        return "short" if len(answer[1].split()) <= 4 else "reveal"
    return "ordering" if len(ITEM.findall(words)) > 1 else "text"


# --- GIFT -----------------------------------------------------------------------------------


def _is_gift(text: str) -> bool:
    found = GIFT.search(text)
    return bool(found and re.match(r"\s*(?:[=~#]|T|F|TRUE|FALSE|$)", found["inside"]))


def _gift(text: str) -> Iterator[Question]:
    lines = [line for line in text.split("\n") if not line.startswith(("//", "$CATEGORY"))]
    for each in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        if each.strip():
            yield _one(each.strip())


def _one(text: str) -> Question:
    text = re.sub(r"^::(?:\\.|[^:])*::\s*", "", text)  # its name
    text = re.sub(r"^\[(?:html|markdown|plain|moodle)\]\s*", "", text)
    found = GIFT.search(text)
    if not found:
        return Question("text", _plain(text))
    after = text[found.end() :].strip()
    gap = " ____ " if after else ""
    body = _plain(f"{text[: found.start()].rstrip()}{gap}{after}")
    inside = found["inside"].strip()
    if not inside:  # an essay: to be written, and compared
        return Question("reveal", body)
    if inside.startswith("#"):
        return Question("numeric", joined(body, list(_numbers(inside[1:]))))
    if truth := re.match(r"(TRUE|T|FALSE|F)\b", inside):
        return Question("choice", joined(body, _truth(truth[1][0] == "T", inside[truth.end() :])))
    return _answers(body, inside)


def _answers(body: str, inside: str) -> Question:
    inside, _, why = inside.partition("####")
    parts = [each.strip() for each in SPLIT.split(inside) if each.strip()]
    more = [part("!", _plain(why.strip()))] if why.strip() else []
    if all(each.startswith("=") and "->" in each for each in parts):
        pairs = [part("*", _plain(each[1:].strip())) for each in parts]
        return Question("matching", joined(body, pairs + more))
    if all(each.startswith("=") for each in parts):
        answers = [part("=", _with_reply(each)[0]) for each in parts]
        return Question("short", joined(body, answers + more))
    rights = [_is_right(each) for each in parts]
    kind = "choice" if sum(rights) <= 1 else "choices"
    options = [
        part("* [x]" if right else "* [ ]", with_reply(*_with_reply(each)))
        for each, right in zip(parts, rights, strict=True)
    ]
    return Question(kind, joined(body, options + more))


def _is_right(answer: str) -> bool:
    weight = WEIGHT.search(answer)
    return answer.startswith("=") or bool(weight and float(weight[1]) > 0)


def _with_reply(answer: str) -> tuple[str, str]:
    """An answer without its sign and weight, and what is said to it."""
    text, _, reply = re.sub(r"(?<!\\)#", "\0", WEIGHT.sub("", answer[1:]), count=1).partition("\0")
    return _plain(text.strip()), _plain(reply.strip())


def _truth(true: bool, replies: str) -> list[str]:
    said = [each.strip() for each in re.split(r"(?<!\\)#", replies) if each.strip()]
    wrong, right = [*said, "", ""][:2]
    words = {True: say("True"), False: say("False")}
    return [
        part("* [x]", with_reply(words[true], right)),
        part("* [ ]", with_reply(words[not true], wrong)),
    ]


def _numbers(inside: str) -> Iterator[str]:
    first = re.split(r"(?<!\\)[#=~]", inside.strip().removeprefix("="))[0].strip()
    low, dots, high = first.partition("..")
    if dots:
        middle, half = (float(low) + float(high)) / 2, abs(float(high) - float(low)) / 2
        yield part("=", f"{middle:g} ± {half:g}")
        return
    answer, _, within = first.partition(":")
    yield part("=", f"{answer.strip()} ± {within.strip()}" if within.strip() else answer.strip())


def _plain(text: str) -> str:
    return ESCAPED.sub(r"\1", text)
