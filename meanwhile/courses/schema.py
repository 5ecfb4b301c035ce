"""The course format as a JSON Schema, made from the types that read it."""

import inspect
import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from meanwhile.courses.activity import KINDS
from meanwhile.courses.files.shapes import CourseShape, LessonShape, UnitShape

FRONTS: dict[str, type[BaseModel]] = {
    "course": CourseShape,
    "unit": UnitShape,
    "lesson": LessonShape,
}


def schema() -> dict[str, Any]:
    """One schema: `#/properties/course`, `unit` and `lesson` are the keys at the top of the files,
    `blocks` the YAML of a fence by its kind."""
    kinds = {name: kind.Data for name, kind in KINDS.items() if name != "text"}
    models = [*FRONTS.values(), *kinds.values()]
    places, made = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/$defs/{model}"
    )
    refs = {model: places[model, "validation"] for model in models}
    properties: dict[str, Any] = {name: refs[model] for name, model in FRONTS.items()}
    blocks = {name: refs[model] for name, model in kinds.items()}
    properties["blocks"] = {
        "type": "object",
        "description": "The YAML of a fenced block, by its kind.",
        "additionalProperties": False,
        "properties": blocks,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A course as files",
        "description": "The keys of course.md, unit.md, a lesson and its blocks: course-files.md.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": made.get("$defs", {}),
    }


def kinds_page(written: str) -> str:
    """docs/kinds.md: every kind of block and its own keys, in the words of its docstring."""
    lines = ["# Kinds of block", "", written]
    lines += [
        "Each is a folder in `meanwhile/activities/`. How a block is written, and the keys that every",
        "kind may carry: [course-files.md](course-files.md).",
        "",
        "| kind | on pages | its own keys |",
        "|---|---|---|",
    ]
    for name, kind in KINDS.items():
        keys = " ".join((inspect.getdoc(type(kind)) or "").split())
        lines.append(f"| {name} | {kind.label} | {keys} |")
    return "\n".join(lines) + "\n"


def schema_page() -> str:
    """The schema as it stands in docs/course-files.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
