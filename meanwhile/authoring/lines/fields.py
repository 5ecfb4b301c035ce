"""Films, sounds and files: a few fields, travelling as one JSON text.

Chapters and the questions a film stops for are lines in a field: a time, a space, what comes there.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.authoring.lines.grammar import Problem, Typed

BODY = "body"
FIELDS: dict[str, tuple[str, ...]] = {
    "video": ("title", "src", "link", "captions", "captions_language", "transcript", "chapters",
              "questions", "poster", "seconds", BODY),
    "audio": ("title", "src", "captions", "transcript", "chapters", "questions", "seconds", BODY),
    "file": ("title", "src", BODY),
}  # fmt: skip
REQUIRED = {"video": ("title",), "audio": ("title", "src"), "file": ("title", "src")}
MOMENTS = {"chapters": "title", "questions": "block"}
"""Fields of lines, and the key of what stands behind the time."""


def write_fields(kind: str, data: Mapping[str, Any], body: str) -> tuple[str, dict[str, Any]]:
    values = {name: _written(name, data) for name in FIELDS[kind] if name != BODY}
    held = {name: value for name, value in data.items() if name not in FIELDS[kind]}
    words = json.dumps(values | {BODY: body}, ensure_ascii=False, separators=(",", ":"))
    return words, {"data": held}


def _written(name: str, data: Mapping[str, Any]) -> str:
    value = data.get(name, "")
    if name not in MOMENTS:
        return str(value)
    return "\n".join(f"{each['at']} {each[MOMENTS[name]]}" for each in value)


def values_of(kind: str, words: str) -> dict[str, str]:
    """The fields by name, as typed."""
    try:
        found = json.loads(words)
    except ValueError:
        found = {}
    known = found if isinstance(found, dict) else {}
    return {name: str(known.get(name, "")).replace("\r\n", "\n") for name in FIELDS[kind]}


def with_values(kind: str, words: str, values: Mapping[str, str]) -> str:
    """The same fields with other values in some of them."""
    all_of_them = {**values_of(kind, words), **values}
    return json.dumps(all_of_them, ensure_ascii=False, separators=(",", ":"))


def read_fields(kind: str, words: str, held: Mapping[str, Any]) -> Typed:
    values = values_of(kind, words)
    body = values.pop(BODY).strip("\n").rstrip()
    data: dict[str, Any] = {n: v for n, v in values.items() if v.strip() or n in REQUIRED[kind]}
    problems = []
    for name in MOMENTS.keys() & data.keys():
        data[name] = _moments(data[name], MOMENTS[name])
    if "seconds" in data:
        try:
            data["seconds"] = int(values["seconds"])
        except ValueError:
            data.pop("seconds")
            problems.append(Problem(say("The length is a whole number of seconds."), 0))
    return Typed(data | dict(held.get("data", {})), body, problems, dict(held))


def _moments(words: str, key: str) -> list[dict[str, str]]:
    """A time and what comes then, of each line that holds something; the kind says what is amiss."""
    found = []
    for line in words.split("\n"):
        at, _, rest = line.strip().partition(" ")
        if at:
            found.append({"at": at, key: rest.strip()})
    return found
