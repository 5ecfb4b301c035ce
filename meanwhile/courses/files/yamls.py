"""YAML as the course format uses it: the core schema, and nothing that surprises.

`no`, `2026-10-16` and `1_000` are text. Anchors, aliases and tags are refused, so that no file can
grow while it is read. Every value remembers its line. What is written is block style, the same
bytes for the same values.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as say

from meanwhile.courses.files.listing import has_unseen

DEEPEST = 10
MOST_SIGNS = 200_000
NULL = re.compile(r"|~|null|Null|NULL")
TRUE, FALSE = re.compile(r"true|True|TRUE"), re.compile(r"false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


class BadYaml(ValueError):
    """What is wrong, with the line in the file."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(says)
        self.line, self.says = line, says


@dataclass
class Read:
    """Values, with the line and the words of each by its place: `options.1.text`."""

    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_yaml(text: str, first_line: int = 1) -> Read:
    """One mapping. `first_line` is where the text begins in its file.

    Raises:
        BadYaml: it is not YAML, or not the part of YAML that courses use.
    """
    read = Read(lines={"": first_line})
    if len(text) > MOST_SIGNS:
        raise BadYaml(first_line, say("This is longer than 200,000 signs."))
    try:
        events = yaml.parse(f"{text}\n", Loader=yaml.SafeLoader)
        read.value = _Composer(events, read, first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise BadYaml(line, _yaml_problem(error)) from None
    except yaml.YAMLError:
        raise BadYaml(first_line, say("This holds a sign that YAML does not allow.")) from None
    return read


def _yaml_problem(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return say("A text with “: ” in it needs quotation marks around it.")
    if "found character '\\t'" in problem:
        return say("A line begins with a tab. Use spaces.")
    return say("This is not YAML (%(problem)s).") % {"problem": problem or error.context or "?"}


class _Composer:
    """Builds values from the parser's events; stops at the first one that is not ours."""

    def __init__(self, events: Iterator[yaml.Event], read: Read, first_line: int) -> None:
        self.events, self.read, self.first = events, read, first_line

    def next(self) -> yaml.Event:
        event = next(self.events)
        anchor = getattr(event, "anchor", None)
        if anchor or isinstance(event, yaml.AliasEvent):
            raise self.bad(event, say("“&” and “*” are not used here; write it out, or quote it."))
        if getattr(event, "tag", None):
            raise self.bad(event, say("“!” is not used here; put the text in quotation marks."))
        return event

    def line(self, event: yaml.Event) -> int:
        return self.first + (int(event.start_mark.line) if event.start_mark else 0)

    def bad(self, event: yaml.Event, says: str) -> BadYaml:
        return BadYaml(self.line(event), says)

    def document(self) -> Any:
        self.next()  # the stream
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            return {}
        if getattr(start, "version", None) or getattr(start, "tags", None):
            raise self.bad(start, say("Lines with “%” are not used here."))
        value = self.value(self.next(), "", 0)
        self.next()  # the document's end
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.bad(after, say("There is a second document here; there may be one."))
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadYaml(self.first, say("Lines of “key: value” were expected here."))
        return value

    def value(self, event: yaml.Event, at: str, depth: int) -> Any:
        if depth > DEEPEST:
            raise self.bad(event, say("This is nested too deep."))
        self.read.lines.setdefault(at, self.line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(at, depth)
        return self.mapping(at, depth)

    def scalar(self, event: yaml.ScalarEvent, at: str) -> Any:
        if has_unseen(event.value):
            raise self.bad(
                event, say("This holds a control sign that cannot be seen. Take it out.")
            )
        if event.style is not None:
            return event.value
        self.read.words[at] = event.value
        return resolve(event.value)

    def sequence(self, at: str, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            place = f"{at}.{len(values)}" if at else str(len(values))
            values.append(self.value(event, place, depth + 1))
        return values

    def mapping(self, at: str, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or has_unseen(event.value):
                raise self.bad(event, say("A key is a word before a “:”."))
            key = event.value
            if key in values:
                raise self.bad(event, say("The key “%(key)s” is here twice.") % {"key": key})
            place = f"{at}.{key}" if at else key
            self.read.lines[place] = self.line(event)
            values[key] = self.value(self.next(), place, depth + 1)
        return values


def resolve(words: str) -> Any:
    """What a plain scalar stands for."""
    if NULL.fullmatch(words):
        return None
    if TRUE.fullmatch(words):
        return True
    if FALSE.fullmatch(words):
        return False
    if INTEGER.fullmatch(words):
        return int(words)
    if NUMBER.fullmatch(words) and math.isfinite(number := float(words)):
        return number
    return words


# ── Writing ────────────────────────────────────────────────────────────────────────────────

PLAIN = re.compile(r"[^\W_][^\n]*|[(“‘«…–/$\\.][^\n]*")
NOT_PLAIN = re.compile(r": |:$| #|[\ufeff\u2028\u2029\x85]|^\s|\s$")
NEVER_PLAIN = re.compile(r"[\t\ufeff\u2028\u2029\x85\ufffe\uffff\ud800-\udfff]|^(?:---|\.\.\.)")
LITERAL = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ufffe\uffff\ud800-\udfff]*")


def write_yaml(value: dict[str, Any]) -> str:
    """A mapping in block style, its keys in the order given; ends with a line end, if not empty."""
    return "".join(f"{line}\n" for line in _mapping(value, ""))


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        name = key if _may_be_plain(key) else _quoted(key)
        if isinstance(item, dict) and item:
            yield f"{indent}{name}:"
            yield from _mapping(item, indent + "  ")
        elif isinstance(item, list) and item:
            yield f"{indent}{name}:"
            yield from _sequence(item, indent)
        else:
            first, *rest = _scalar(item, indent)
            yield f"{indent}{name}: {first}"
            yield from rest


def _sequence(values: list[Any], indent: str) -> Iterator[str]:
    for item in values:
        if isinstance(item, dict) and item:
            first, *rest = _mapping(item, indent + "  ")
            yield f"{indent}- {first.removeprefix(indent + '  ')}"
            yield from rest
        else:
            first, *rest = _scalar(item, indent)
            yield f"{indent}- {first}"
            yield from rest


def _scalar(value: Any, indent: str) -> list[str]:
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | float):
        return [_number(value)]
    if isinstance(value, dict | list):
        return ["{}" if isinstance(value, dict) else "[]"]
    if _may_be_plain(value):
        return [value]
    return _literal(value, indent) if "\n" in value and _may_be_literal(value) else [_quoted(value)]


def _number(value: float) -> str:
    """2.0 is written 2, so that 2 and 2.0 come out alike."""
    if float(value).is_integer() and abs(value) < 10**15:
        return str(int(value))
    return repr(float(value))


def _may_be_plain(text: str) -> bool:
    return (
        bool(PLAIN.fullmatch(text))
        and not NOT_PLAIN.search(text)
        and not NEVER_PLAIN.search(text)
        and isinstance(resolve(text), str)
    )


def _may_be_literal(text: str) -> bool:
    """Whether a block scalar gives the same text back."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(LITERAL.fullmatch(text))
        and bool(lines[-1].strip())
        and bool(lines[0].strip())
        and not lines[0][0].isspace()
        and all(not line or line.strip() for line in lines)
    )


def _literal(text: str, indent: str) -> list[str]:
    head = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [head, *(f"{indent}  {line}" if line else "" for line in lines)]


ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _quoted(text: str) -> str:
    plain = all(_shows(sign) for sign in text)
    if plain and ("\\" in text or '"' in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(ESCAPES.get(sign) or _escaped(sign) for sign in text) + '"'


def _shows(sign: str) -> bool:
    return (
        sign >= " "
        and not "\x7f" <= sign <= "\x9f"
        and sign not in "\ufeff\u2028\u2029\ufffe\uffff"
    )


def _escaped(sign: str) -> str:
    return sign if _shows(sign) else f"\\u{ord(sign):04x}"
