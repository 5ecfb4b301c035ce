"""The pages of docs/ that are written from the code, so that they are never out of date."""

import dataclasses
import inspect

from meanwhile.core.events import LISTENERS, Event, event_classes, listener_name
from meanwhile.core.rules import RULES
from meanwhile.courses.schema import kinds_page, schema_page
from meanwhile.insights.catalogue import catalogue_page
from meanwhile.people.models import STAFF, Role
from meanwhile.people.who import Who

WRITTEN = "<!-- Written by `make docs` from the code; a test keeps it fresh. -->\n"


def sentences(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return paragraphs(thing)[0]


def paragraphs(thing: object) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(each.split()) for each in (inspect.getdoc(thing) or "").split("\n\n")]


def events_page() -> str:
    """docs/events.md: what happens, with which facts, and what follows."""
    lines = ["# What happens, and what follows", "", WRITTEN]
    lines += [
        "What a deed itself does is in one transaction with its event. What follows comes after it, "
        "and is tried again until it is done.",
        "",
    ]
    for name, event in sorted(event_classes().items()):
        lines += [f"## {name}", ""]
        for paragraph in paragraphs(event):
            lines += [paragraph, ""]
        lines += [f"Facts: {facts_of(event)}.", ""]
        followers = sorted(listener_name(each) for each in LISTENERS.get(event, []))
        lines += [
            "Followed by: "
            + (", ".join(f"`{each}`" for each in followers) or "nothing more")
            + ".",
            "",
        ]
    return "\n".join(lines)


def facts_of(event: type[Event]) -> str:
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(event))


def permissions_page() -> str:
    """docs/permissions.md: the law on one page, each rule in the words of its docstring."""
    lines = ["# Who may", "", WRITTEN]
    lines += ["What no rule names, nobody may. A rule is a filter: it lists, fetches and asks.", ""]
    lines += [f"Staff: {', '.join(str(role.label) for role in Role if role in STAFF)}.", ""]
    lines += [paragraphs(Who)[1], ""]
    rooms: dict[str, list[str]] = {}
    for (model, verb), rule in RULES.items():
        row = f"| {model.__name__} | {verb} | {sentences(rule)} |"
        rooms.setdefault(rule.__module__.split(".")[1], []).append(row)
    for room, rows in sorted(rooms.items()):
        lines += [f"## {room}", "", f"In code: `meanwhile/{room}/rules.py`.", ""]
        lines += ["| what | may | who |", "|---|---|---|", *sorted(rows), ""]
    return "\n".join(lines)


PAGES = {
    "course-check.md": lambda: catalogue_page(WRITTEN),
    "course-files.schema.json": schema_page,
    "events.md": events_page,
    "kinds.md": lambda: kinds_page(WRITTEN),
    "permissions.md": permissions_page,
}
