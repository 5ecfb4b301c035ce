"""Every sentence the product says and can be translated, found without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.house import HOUSE, ROOT, modules, tree_of


class Said(NamedTuple):
    """A sentence as gettext looks it up; `plural` and `context` are empty where there are none."""

    words: str
    plural: str = ""
    context: str = ""


Place = tuple[str, int]

# what each function of django.utils.translation is given first
_GIVEN = {
    "gettext": ("words",),
    "ngettext": ("words", "plural"),
    "pgettext": ("context", "words"),
    "npgettext": ("context", "words", "plural"),
}
GIVEN = _GIVEN | {f"{name}_lazy": given for name, given in _GIVEN.items()}
GIVEN |= {"gettext_noop": ("words",)}


def said_by_the_house() -> dict[Said, Place]:
    """Every sentence with the first place it is said at: file and line."""
    found: dict[Said, Place] = {}
    for path in sources():
        text = path.read_text(encoding="utf-8")
        say = said_in_python(tree_of(path)) if path.suffix == ".py" else said_in_template(text)
        for said, line in say:
            found.setdefault(said, (str(path.relative_to(ROOT)), line))
    return found


def sources() -> Iterator[Path]:
    yield from modules()
    yield from templates()


def templates() -> Iterator[Path]:
    """Pages, their parts and the mails; also those that kinds of activity keep in their folder."""
    for folder in (*HOUSE.rglob("templates"), HOUSE / "activities"):
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".txt"})


def said_in_python(tree: ast.Module) -> Iterator[tuple[Said, int]]:
    """Calls of gettext and its relatives, by whatever name the module imports them."""
    names = {
        alias.asname or alias.name: GIVEN[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in GIVEN
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = dict(zip(names[node.func.id], map(_constant, node.args), strict=False))
            if given["words"]:
                yield Said(**given), node.lineno


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


_CALL = re.compile(
    r"""(?<![A-Za-z])(_|n?p?gettext)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),?)+)"""
)


def said_in_template(text: str) -> Iterator[tuple[Said, int]]:
    """Django writes a template's sentences as calls of gettext, and blots out all the rest."""
    calls = templatize(text)
    for call in _CALL.finditer(calls):
        words = ast.literal_eval(f"({call[2].rstrip(',')},)")
        given = GIVEN["gettext" if call[1] == "_" else call[1]]
        line = calls.count("\n", 0, call.start()) + 1
        yield Said(**dict(zip(given, words, strict=False))), line
