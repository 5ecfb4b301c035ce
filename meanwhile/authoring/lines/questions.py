"""The lines of each kind of question.

choice, choices   * [x] right :: reply       * [ ] wrong :: reply
numeric           = 1.5 ± 0.05 m             & cm = 0.01         ~ 3 :: reply
short             = refraction               ~ reflection :: reply
ordering          1. first                   ~ what is said when it is not yet right
matching          * left -> right            * -> matches nothing
reveal            = the answer to open
all of them       ? a hint                   ! why it is so
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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

HINT, WHY = "?", "!"
ARROW = re.compile(r"\s*(?:->|→)\s*")
NUMBER = r"[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
MEASURED = re.compile(
    rf"(?P<answer>{NUMBER})(?:\s*(?:±|\+-|\+/-)\s*(?P<tolerance>{NUMBER}))?(?:\s+(?P<unit>\S.*))?"
)
Reader = Callable[[list[Part], "Draft"], None]
Writer = Callable[[Mapping[str, Any]], Iterator[str]]


@dataclass
class Draft:
    """The data of a question while its parts are read."""

    data: dict[str, Any]
    lines: dict[str, int]
    problems: list[Problem]
    before: list[list[str]]
    ids: list[list[str]]

    def bad(self, line: int, says: str) -> None:
        self.problems.append(Problem(says, line))


@dataclass(frozen=True)
class Grammar:
    """One kind's lines: the marks it knows, how its keys are read from parts and written."""

    marks: re.Pattern[str]
    shown: frozenset[str]
    reads: Reader
    writes: Writer
    listed: str = ""
    named: str = ""

    def read(self, words: str, held: Mapping[str, Any]) -> Typed:
        body, parts = parts_of(words, self.marks)
        draft = Draft({}, {}, [], [list(pair) for pair in held.get("ids", [])], [])
        self.reads([each for each in parts if each.mark not in (HINT, WHY)], draft)
        _help(parts, draft)
        data = draft.data | dict(held.get("data", {}))
        kept = {"data": dict(held.get("data", {}))} | ({"ids": draft.ids} if draft.ids else {})
        return Typed(data, body, draft.problems, kept, draft.lines)

    def write(self, data: Mapping[str, Any], body: str) -> Lines:
        parts = [*self.writes(data)]
        parts += [part(HINT, hint) for hint in data.get("hints", [])]
        parts += [part(WHY, data["why"])] if data.get("why") else []
        held: dict[str, Any] = {"data": others(data, {*self.shown, "hints", "why"})}
        if self.listed:
            held["ids"] = [[each["id"], each[self.named]] for each in data.get(self.listed, [])]
        return Lines(joined(body, parts), held)


def _help(parts: list[Part], draft: Draft) -> None:
    hints = [each for each in parts if each.mark == HINT]
    whys = [each for each in parts if each.mark == WHY]
    if hints:
        draft.data["hints"] = [each.words for each in hints]
        draft.lines["hints"] = hints[0].line
    if whys:
        draft.data["why"] = "\n\n".join(each.words for each in whys)


def _marks(*marks: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join((*marks, '[?]', '!'))})(?: |$)")


# --- choice, choices ------------------------------------------------------------------------


def _read_options(parts: list[Part], draft: Draft) -> None:
    pairs = [replied(each.words) for each in parts]
    uids = kept_ids(draft.before, [text for text, _reply in pairs])
    options = []
    for at, (each, uid, (text, reply)) in enumerate(zip(parts, uids, pairs, strict=True)):
        option: dict[str, Any] = {"id": uid, "text": text}
        option |= {"right": True} if "x" in each.mark.lower() else {}
        options.append(option | ({"feedback": reply} if reply else {}))
        draft.lines[f"options.{at}"] = each.line
        draft.ids.append([uid, text])
    draft.data["options"] = options


def _write_options(data: Mapping[str, Any]) -> Iterator[str]:
    for option in data.get("options", []):
        mark = "* [x]" if option.get("right") else "* [ ]"
        yield part(mark, with_reply(option["text"], option.get("feedback", "")))


# --- numeric --------------------------------------------------------------------------------


def figure(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def figures(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _read_number(parts: list[Part], draft: Draft) -> None:
    near: list[dict[str, Any]] = []
    units: dict[str, float] = {}
    for each in parts:
        text, reply = replied(each.words)
        if each.mark == "=":
            _read_answer(each, draft)
        elif each.mark == "&":
            name, _, factor = each.words.partition("=")
            if re.fullmatch(NUMBER, factor.strip()):
                units[name.strip()] = figure(factor.strip())
            else:
                draft.bad(each.line, say("Another unit is written like “& cm = 0.01”."))
        elif re.fullmatch(NUMBER, text.strip()):
            draft.lines[f"near.{len(near)}"] = each.line
            near.append({"value": figure(text.strip()), "feedback": reply})
        else:
            draft.bad(each.line, say("A near answer is written like “~ 3 :: what you say to it”."))
    draft.data |= ({"units": units} if units else {}) | ({"near": near} if near else {})
    if "answer" not in draft.data and not draft.problems:
        draft.bad(0, say("Write the right answer in a line of its own, like “= 40 ± 1 cm”."))


def _read_answer(each: Part, draft: Draft) -> None:
    found = MEASURED.fullmatch(each.words.strip())
    if not found or "answer" in draft.data:
        draft.bad(each.line, say("There is one right answer, written like “= 40 ± 1 cm”."))
        return
    draft.data["answer"] = figure(found["answer"])
    draft.lines["answer"] = each.line
    if found["tolerance"]:
        draft.data["tolerance"] = figure(found["tolerance"])
    if found["unit"]:
        draft.data["unit"] = found["unit"]


def _write_answer(data: Mapping[str, Any]) -> Iterator[str]:
    within = f" ± {figures(data['tolerance'])}" if "tolerance" in data else ""
    unit = f" {data['unit']}" if data.get("unit") else ""
    if "answer" in data:
        yield part("=", f"{figures(data['answer'])}{within}{unit}")


def _write_number(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _write_answer(data)
    for name, factor in data.get("units", {}).items():
        yield part("&", f"{name} = {figures(factor)}")
    for near in data.get("near", []):
        yield part("~", with_reply(figures(near["value"]), near["feedback"]))


# --- short ----------------------------------------------------------------------------------


def _read_words(parts: list[Part], draft: Draft) -> None:
    answers = [each for each in parts if each.mark == "="]
    near = []
    for at, each in enumerate(each for each in parts if each.mark == "~"):
        text, reply = replied(each.words)
        near.append({"text": text, "feedback": reply})
        draft.lines[f"near.{at}"] = each.line
    draft.data["answers"] = [each.words for each in answers]
    draft.lines |= {f"answers.{at}": each.line for at, each in enumerate(answers)}
    draft.data |= {"near": near} if near else {}


def _write_words(data: Mapping[str, Any]) -> Iterator[str]:
    for answer in data.get("answers", []):
        yield part("=", answer)
    for near in data.get("near", []):
        yield part("~", with_reply(near["text"], near["feedback"]))


# --- ordering -------------------------------------------------------------------------------


def _read_items(parts: list[Part], draft: Draft) -> None:
    items = [each for each in parts if each.mark != "~"]
    replies = [each.words for each in parts if each.mark == "~"]
    uids = kept_ids(draft.before, [each.words for each in items])
    draft.data["items"] = [
        {"id": uid, "text": each.words} for uid, each in zip(uids, items, strict=True)
    ]
    draft.ids += [[uid, each.words] for uid, each in zip(uids, items, strict=True)]
    draft.lines |= {f"items.{at}": each.line for at, each in enumerate(items)}
    draft.data |= {"feedback": "\n\n".join(replies)} if replies else {}


def _write_items(data: Mapping[str, Any]) -> Iterator[str]:
    for number, item in enumerate(data.get("items", []), 1):
        yield part(f"{number}.", item["text"])
    if data.get("feedback"):
        yield part("~", data["feedback"])


# --- matching -------------------------------------------------------------------------------


def _read_pairs(parts: list[Part], draft: Draft) -> None:
    sides, extra = [], []
    for each in parts:
        left, *right = ARROW.split(each.words, maxsplit=1)
        if not right:
            draft.bad(each.line, say("A pair is written with an arrow: “* a mirror -> light”."))
        elif left.strip():
            sides.append((left.strip(), right[0], each.line))
        else:
            extra.append(right[0])
    uids = kept_ids(draft.before, [left for left, _right, _line in sides])
    draft.data["pairs"] = []
    for at, (uid, (left, right_, line)) in enumerate(zip(uids, sides, strict=True)):
        draft.data["pairs"].append({"id": uid, "left": left, "right": right_})
        draft.ids.append([uid, left])
        draft.lines[f"pairs.{at}"] = line
    draft.data |= {"extra": extra} if extra else {}


def _write_pairs(data: Mapping[str, Any]) -> Iterator[str]:
    for pair in data.get("pairs", []):
        yield part("*", f"{pair['left']} -> {pair['right']}")
    for text in data.get("extra", []):
        yield part("*", f"-> {text}")


# --- reveal ---------------------------------------------------------------------------------


def _read_reveal(parts: list[Part], draft: Draft) -> None:
    draft.data["answer"] = "\n\n".join(each.words for each in parts)
    if parts:
        draft.lines["answer"] = parts[0].line


def _write_reveal(data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("answer"):
        yield part("=", data["answer"])


# --- slider ---------------------------------------------------------------------------------

SCALE = re.compile(rf"({NUMBER})\s*(?:\.\.|…)\s*({NUMBER})(?:\s*/\s*({NUMBER}))?")
ENDS = {"<": ("low", "below"), ">": ("high", "above")}


def _read_scale(parts: list[Part], draft: Draft) -> None:
    for each in parts:
        if each.mark == "=":
            _read_answer(each, draft)
        elif each.mark == "&":
            _read_steps(each, draft)
        else:
            words, said = ENDS[each.mark], replied(each.words)
            draft.data |= {name: text for name, text in zip(words, said, strict=True) if text}
    if not {"answer", "min"} <= draft.data.keys() and not draft.problems:
        says = say("Write the scale and the right place on it: “& 0 .. 90 / 5” and “= 50 ± 5 °”.")
        draft.bad(0, says)


def _read_steps(each: Part, draft: Draft) -> None:
    found = SCALE.fullmatch(each.words.strip())
    if not found:
        draft.bad(each.line, say("A scale is written like “& 0 .. 90 / 5”: from, to, step."))
        return
    draft.data |= {"min": figure(found[1]), "max": figure(found[2])}
    draft.data |= {"step": figure(found[3])} if found[3] else {}
    draft.lines |= dict.fromkeys(("min", "max", "step"), each.line)


def _write_scale(data: Mapping[str, Any]) -> Iterator[str]:
    if "min" in data and "max" in data:
        step = f" / {figures(data['step'])}" if "step" in data else ""
        yield part("&", f"{figures(data['min'])} .. {figures(data['max'])}{step}")
    yield from _write_answer(data)
    for mark, (end, reply) in ENDS.items():
        if data.get(end) or data.get(reply):
            yield part(mark, with_reply(data.get(end, ""), data.get(reply, "")))


_OPTIONS = Grammar(
    _marks(r"[*-] \[[ xX]?\]"), frozenset({"options"}), _read_options, _write_options,
    "options", "text",
)  # fmt: skip
GRAMMARS: dict[str, Grammar] = {
    "choice": _OPTIONS,
    "choices": _OPTIONS,
    "numeric": Grammar(
        _marks("=", "&", "~"),
        frozenset({"answer", "tolerance", "unit", "units", "near"}),
        _read_number,
        _write_number,
    ),
    "short": Grammar(_marks("=", "~"), frozenset({"answers", "near"}), _read_words, _write_words),
    "ordering": Grammar(
        _marks(r"\d+[.)]", "~"), frozenset({"items", "feedback"}), _read_items, _write_items,
        "items", "text",
    ),
    "matching": Grammar(
        _marks("[*-]"), frozenset({"pairs", "extra"}), _read_pairs, _write_pairs, "pairs", "left"
    ),
    "reveal": Grammar(_marks("="), frozenset({"answer"}), _read_reveal, _write_reveal),
    "slider": Grammar(
        _marks("=", "&", "<", ">"),
        frozenset(
            {"min", "max", "step", "answer", "tolerance", "unit", "low", "high", "below", "above"}
        ),
        _read_scale,
        _write_scale,
    ),
}  # fmt: skip
