"""The lines of a task.

Write 250 to 350 words that tell a ten-year-old how a rainbow is made.

= Explain a rainbow
! You have understood what you can explain.
% By the lines below, and with a note.
? Ask Ms Okafor. She answers within one school day.
@ text, photos, 300 words, 10 points
* I say what happens when light goes into the drop.
  - Not yet: It only says that there is a bow :: Say where the light goes first.
  - Clear: It names the bend
& 20 :: Draw the path of two colours
~ A short one :: It says *why*, not only *what*.
  The Sun is behind you.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.authoring.lines.grammar import (
    Lines,
    Part,
    Problem,
    Typed,
    joined,
    kept_ids,
    others,
    part,
    parts_of,
    replied,
    with_reply,
)

TEXTS = {"=": "title", "!": "why", "%": "how_marked", "?": "help"}
HOW, CRITERION, STEP, EXEMPLAR = "@", "*", "&", "~"
MARKS = re.compile(r"[=!%?@*&~](?: |$)")
SHOWN = {*TEXTS.values(), "hand_in", "words", "points", "criteria", "steps", "exemplars"}
COUNTED = re.compile(r"(\d+(?:[.,]\d+)?)\s+(words?|points?)")
STEP_LINE = re.compile(r"(\d+)(?:\s*min)?\s*::\s*(.*)", re.DOTALL)
LEVEL = re.compile(r"- ([^:\n]+?)(?:: (.*))?")
FILE = "file: "


class Tasks:
    """How a task is typed, with the face of a question's `Grammar`."""

    def read(self, words: str, held: Mapping[str, Any]) -> Typed:
        body, parts = parts_of(words, MARKS)
        typed = Typed({}, body)
        _read_texts(parts, typed)
        _read_ways([each for each in parts if each.mark == HOW], typed)
        ids = _read_criteria([each for each in parts if each.mark == CRITERION], typed, held)
        _read_steps([each for each in parts if each.mark == STEP], typed)
        _read_exemplars([each for each in parts if each.mark == EXEMPLAR], typed)
        other = dict(held.get("data", {}))
        typed.data |= other
        typed.held = {"data": other} | ({"ids": ids} if ids else {})
        return typed

    def write(self, data: Mapping[str, Any], body: str) -> Lines:
        parts = [part(mark, data[name]) for mark, name in TEXTS.items() if data.get(name)]
        parts += _written_ways(data)
        parts += [part(CRITERION, _criterion(each)) for each in data.get("criteria", [])]
        parts += [
            part(STEP, f"{each['minutes']} :: {each['text']}") for each in data.get("steps", [])
        ]
        parts += [part(EXEMPLAR, _exemplar(each)) for each in data.get("exemplars", [])]
        held: dict[str, Any] = {"data": others(data, SHOWN)}
        if data.get("criteria"):
            held["ids"] = [[each["id"], each["text"]] for each in data["criteria"]]
        return Lines(joined(body, parts), held)


def _read_texts(parts: list[Part], typed: Typed) -> None:
    for mark, name in TEXTS.items():
        found = [each for each in parts if each.mark == mark]
        if found:
            typed.data[name] = "\n\n".join(each.words for each in found)
            typed.lines[name] = found[0].line
    if "title" not in typed.data:
        typed.data["title"] = ""
        typed.problems.append(
            Problem(say("A task needs a title, in a line like “= Explain a rainbow”."), 0)
        )


def _read_ways(parts: list[Part], typed: Typed) -> None:
    for each in parts:
        typed.lines["hand_in"] = each.line
        ways = typed.data.setdefault("hand_in", [])
        for word in filter(None, (word.strip() for word in each.words.split(","))):
            counted = COUNTED.fullmatch(word)
            if counted is None:
                ways.append(word)
            elif counted[2].startswith("word") and counted[1].isdecimal():
                typed.data["words"] = int(counted[1])
            else:
                typed.data["points"] = float(counted[1].replace(",", "."))
    if typed.data.get("hand_in") == []:
        del typed.data["hand_in"]
    known = ("text", "files", "photos", "audio", "video", "link")
    for word in typed.data.get("hand_in", []):
        if word not in known:
            says = say("“%(word)s” is no way to hand in. There are: %(ways)s.")
            named = {"word": word, "ways": ", ".join(known)}
            typed.problems.append(Problem(says % named, typed.lines["hand_in"]))


def _written_ways(data: Mapping[str, Any]) -> Iterator[str]:
    words = list(data.get("hand_in", []))
    words += [f"{data['words']} words"] if data.get("words") else []
    words += [f"{data['points']:g} points"] if data.get("points") else []
    if words:
        yield part(HOW, ", ".join(words))


def _read_criteria(parts: list[Part], typed: Typed, held: Mapping[str, Any]) -> list[list[str]]:
    read = [_levels(each.words) for each in parts]
    before = [list(pair) for pair in held.get("ids", [])]
    uids = kept_ids(before, [text for text, _levels in read])
    criteria = []
    for at, (each, uid, (text, levels)) in enumerate(zip(parts, uids, read, strict=True)):
        criteria.append({"id": uid, "text": text} | ({"levels": levels} if levels else {}))
        typed.lines[f"criteria.{at}"] = each.line
    if criteria:
        typed.data["criteria"] = criteria
    return [[uid, text] for uid, (text, _levels) in zip(uids, read, strict=True)]


def _levels(words: str) -> tuple[str, list[dict[str, str]]]:
    """A criterion and its levels, which are the lines that begin with a hyphen."""
    text: list[str] = []
    levels: list[dict[str, str]] = []
    for line in words.split("\n"):
        said, next_ = replied(line)
        found = LEVEL.fullmatch(said)
        if found is None:
            text.append(line)
            continue
        level = {"name": found[1], "text": found[2] or "", "next": next_}
        levels.append({name: value for name, value in level.items() if value})
    return "\n".join(text).rstrip(), levels


def _criterion(each: Mapping[str, Any]) -> str:
    lines = [each["text"]]
    for level in each.get("levels", []):
        said = f"- {level['name']}" + (f": {level['text']}" if level.get("text") else "")
        lines.append(with_reply(said, level.get("next", "")))
    return "\n".join(lines)


def _read_steps(parts: list[Part], typed: Typed) -> None:
    steps: list[dict[str, Any]] = []
    for each in parts:
        found = STEP_LINE.fullmatch(each.words)
        if found is None:
            says = say("A step is written with its minutes first: “& 20 :: Draw two rays”.")
            typed.problems.append(Problem(says, each.line))
            continue
        typed.lines[f"steps.{len(steps)}"] = each.line
        steps.append({"text": found[2], "minutes": int(found[1])})
    if steps:
        typed.data["steps"] = steps


def _read_exemplars(parts: list[Part], typed: Typed) -> None:
    exemplars: list[dict[str, str]] = []
    for at, each in enumerate(parts):
        head, _, rest = each.words.partition("\n")
        title, good = replied(head)
        is_file = rest.startswith(FILE) and "\n" not in rest
        keys = {"title": title, "good": good, "file" if is_file else "text": rest}
        if is_file:
            keys["file"] = rest.removeprefix(FILE).strip()
        exemplars.append({name: value for name, value in keys.items() if value})
        typed.lines[f"exemplars.{at}"] = each.line
    if exemplars:
        typed.data["exemplars"] = exemplars


def _exemplar(each: Mapping[str, Any]) -> str:
    head = with_reply(each.get("title", ""), each.get("good", ""))
    return (
        f"{head}\n{FILE}{each['file']}" if each.get("file") else f"{head}\n{each.get('text', '')}"
    )
