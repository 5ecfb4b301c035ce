"""Films, sounds and files: a few fields, travelling as one JSON text."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.authoring.lines.grammar import Problem, Typed

BODY = "body"
_FILM = ("title", "src", "captions", "transcript", "seconds")
FIELDS: dict[str, tuple[str, ...]] = {
    "video": ("title", "src", "link", "captions", "captions_language", "transcript", "poster",
              "seconds", BODY),
    "audio": (*_FILM, BODY),
    "file": ("title", "src", BODY),
}  # fmt: skip
REQUIRED = {"video": ("title",), "audio": ("title", "src"), "file": ("title", "src")}


def write_fields(kind: str, data: Mapping[str, Any], body: str) -> tuple[str, dict[str, Any]]:
    values = {name: str(data.get(name, "")) for name in FIELDS[kind] if name != BODY}
    held = {name: value for name, value in data.items() if name not in FIELDS[kind]}
    words = json.dumps(values | {BODY: body}, ensure_ascii=False, separators=(",", ":"))
    return words, {"data": held}


def values_of(kind: str, words: str) -> dict[str, str]:
    """The fields by name, as typed."""
    try:
        found = json.loads(words)
    except ValueError:
        found = {}
    known = found if isinstance(found, dict) else {}
    return {name: str(known.get(name, "")).replace("\r\n", "\n") for name in FIELDS[kind]}


def read_fields(kind: str, words: str, held: Mapping[str, Any]) -> Typed:
    values = values_of(kind, words)
    body = values.pop(BODY).strip("\n").rstrip()
    data: dict[str, Any] = {n: v for n, v in values.items() if v.strip() or n in REQUIRED[kind]}
    problems = []
    if "seconds" in data:
        try:
            data["seconds"] = int(values["seconds"])
        except ValueError:
            data.pop("seconds")
            problems.append(Problem(say("The length is a whole number of seconds."), 0))
    return Typed(data | dict(held.get("data", {})), body, problems, dict(held))
