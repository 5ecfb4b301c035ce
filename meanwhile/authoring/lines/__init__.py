"""A block as a teacher types it, and back: 1:1 with its YAML and Markdown.

A question is its wording and then lines, each with a mark at its beginning (`lines/grammar.py`).
Films, sounds and files are a few fields. What the lines do not show (an option's id, objectives,
minutes) is *held* beside them and comes back untouched. A block that its lines cannot say exactly
is written as its source, as it stands in the course's files: so nothing is ever lost.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from meanwhile.authoring.lines import questions
from meanwhile.authoring.lines.fields import FIELDS, read_fields, write_fields
from meanwhile.authoring.lines.grammar import Problem, Typed, visible
from meanwhile.authoring.lines.source import read_source, text_problems, write_source
from meanwhile.authoring.lines.tasks import Tasks
from meanwhile.courses.activity import KINDS, data_of
from meanwhile.courses.files.shapes import plain
from meanwhile.courses.variants import KEYS as VARIANT_KEYS

GRAMMARS: dict[str, questions.Grammar | Tasks] = {**questions.GRAMMARS, "task": Tasks()}
"""How each kind is typed in lines."""
TEXT, LINES, FIELD, SOURCE = "text", "lines", "fields", "source"


@dataclass
class Read:
    """A block as it was understood. With problems, `data` may be empty."""

    data: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    problems: list[Problem] = field(default_factory=list)
    held: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """How a block is typed: its form, its words, and what they do not show."""

    form: str
    words: str
    held: dict[str, Any]


def forms_of(kind: str) -> tuple[str, ...]:
    """The ways a kind can be written, the handiest first."""
    if kind == TEXT:
        return (TEXT,)
    if kind in GRAMMARS:
        return (LINES, SOURCE)
    return (FIELD, SOURCE) if kind in FIELDS else (SOURCE,)


def write(kind: str, data: Mapping[str, Any], body: str) -> Written:
    """How a block is typed, in the first form that gives the same block back."""
    for form in forms_of(kind):
        written = write_as(form, kind, data, body)
        if form == SOURCE or _same(read(kind, form, written.words, written.held), data, body):
            return written
    raise AssertionError("every kind has a source")


def write_as(form: str, kind: str, data: Mapping[str, Any], body: str) -> Written:
    if form == TEXT:
        return Written(TEXT, body, {"data": dict(data)} if data else {})
    if form == LINES:
        typed = GRAMMARS[kind].write(data, body)
        return Written(LINES, typed.words, typed.held)
    if form == FIELD:
        return Written(FIELD, *write_fields(kind, data, body))
    aside = {key: data[key] for key in VARIANT_KEYS if key in data}
    rest = {key: value for key, value in data.items() if key not in aside}
    return Written(SOURCE, write_source(kind, rest, body), {"data": aside} if aside else {})


def _same(read: Read, data: Mapping[str, Any], body: str) -> bool:
    return not read.problems and read.data == data and read.body == body


def read(kind: str, form: str, words: str, held: Mapping[str, Any]) -> Read:
    """What the words say. Never raises: what cannot be understood is said in `problems`."""
    if form == TEXT:
        body = words.strip("\n").rstrip()
        return Read(dict(held.get("data", {})), body, text_problems(body), dict(held))
    if form == SOURCE:
        return _read_source(kind, words, held)
    reader: Callable[[str, Mapping[str, Any]], Typed]
    reader = GRAMMARS[kind].read if form == LINES else _fields_of(kind)
    typed = reader(words, held)
    return _checked(kind, typed)


def _read_source(kind: str, words: str, held: Mapping[str, Any]) -> Read:
    """What stands in the file, and, of another way of a block, which way of which: that stays
    beside the words, so that it is not lost while they cannot be read."""
    data, body, problems = read_source(kind, words)
    aside = dict(held.get("data", {}))
    if not aside or problems:
        return Read(data, body, problems, dict(held))
    return Read(plain(data_of(kind, data | aside)), body, problems, dict(held))


def _fields_of(kind: str) -> Callable[[str, Mapping[str, Any]], Typed]:
    return lambda words, held: read_fields(kind, words, held)


def _checked(kind: str, typed: Typed) -> Read:
    found = Read(body=typed.body, problems=list(typed.problems), held=typed.held)
    try:
        data = data_of(kind, typed.data)
    except ValidationError as error:
        found.problems += [Problem(each["msg"], 0) for each in error.errors()[:1]]
        return found
    found.data = plain(data)
    if not found.problems:
        found.problems += [
            Problem(problem.says, typed.line_of(problem.key))
            for problem in KINDS[kind].check(data, typed.body)
        ]
    return found


def tidy_words(kind: str, form: str, words: str) -> str:
    """One spelling of the same words, so that two of them can be compared."""
    words = visible(words)
    if form != FIELD:
        return words
    try:
        values = json.loads(words)
    except ValueError:
        values = {}
    known = values if isinstance(values, dict) else {}
    return json.dumps(
        {name: visible(str(known.get(name, ""))) for name in FIELDS[kind]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


__all__ = ["Problem", "Read", "Written", "forms_of", "read", "tidy_words", "write", "write_as"]
