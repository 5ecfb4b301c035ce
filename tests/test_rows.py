"""Rows are reached through the rules: pages, exports, feeds and mail never say `.objects`."""

import ast
from pathlib import Path

import pytest

from tests.house import HOUSE, modules, tree_of

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# where rows are written, read for a page, or the rules themselves are
MAY = {"models", "rules", "actions", "queries", "reactions", "who", "progress"}


def may_reach_rows(path: Path) -> bool:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return parts[0] == "core" or bool(MAY & set(parts[1:]))


def managers_used(source: ast.Module) -> list[int]:
    """Lines that reach for rows; `Model.objects.none()` reaches for none."""
    empty = {
        id(node.value)
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    return [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in empty
    ]


@pytest.mark.parametrize(
    "path", [p for p in modules() if not may_reach_rows(p)], ids=lambda p: str(p.relative_to(HOUSE))
)
def test_a_page_reaches_rows_through_the_rules_only(path: Path):
    lines = managers_used(tree_of(path))
    assert not lines, (
        f"{path.relative_to(HOUSE)}:{lines[0]} says `.objects`. Use visible(), get() or can() of "
        "meanwhile.core.rules, or a function of the room's queries.py or actions.py."
    )


def test_the_guard_sees_a_planted_fault():
    assert managers_used(ast.parse("rows = Person.objects.all()")) == [1]
    assert not managers_used(ast.parse("rows = visible(who, Person)"))


WRITES = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if p.stem in {"views", "queries", "rules", "forms"}],
    ids=lambda p: str(p.relative_to(HOUSE)),
)
def test_views_and_queries_do_not_write(path: Path):
    found = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and "form" not in ast.unparse(node.func.value).lower()
    ]
    assert not found, f"{path.relative_to(HOUSE)}:{found} writes; a write lives in actions.py"
