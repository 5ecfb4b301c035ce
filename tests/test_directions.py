"""Imports go down only (pyproject.toml, `[tool.importlinter]`)."""

import ast
from pathlib import Path

import pytest
from importlinter import cli

from tests.house import HOUSE, ROOMS, ROOT, modules, tree_of


def test_imports_go_down_only():
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_an_import_upward_is_caught(tmp_path: Path):
    """The planted fault: `core` above `people`."""
    config = tmp_path / "upside-down.ini"
    config.write_text(
        "[importlinter]\nroot_package = meanwhile\n"
        "[importlinter:contract:1]\nname = upside down\ntype = layers\ncontainers = meanwhile\n"
        "layers =\n    core\n    people\n"
    )
    assert cli.lint_imports(config_filename=str(config), no_cache=True) == 1


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "core"])
def test_a_room_stands_in_the_contract(room: str):
    import tomllib

    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = " ".join(contract["contracts"][0]["layers"]).replace("|", " ").split()
    assert room in layers, f"{room} has no place in the layers of pyproject.toml"


KINDS_MAY = ("meanwhile.core", "meanwhile.courses", "meanwhile.activities", "meanwhile.media")


@pytest.mark.parametrize(
    "path", sorted((HOUSE / "activities").glob("*/*.py")), ids=lambda p: str(p.relative_to(HOUSE))
)
def test_a_kind_imports_nothing_above_courses_and_holds_no_table(path: Path):
    if "tests" in path.parts or "migrations" in path.parts:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("meanwhile."):
            assert node.module.startswith(KINDS_MAY), f"{path.name} imports {node.module}"
            assert not node.module.endswith(".models"), f"{path.name} reaches for a table"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_the_rooms_vocabulary(room: str):
    """Every room's README says its nouns, deeds and events; no room has a utils.py."""
    assert (HOUSE / room / "README.md").exists(), f"{room} has no README.md"
    for path in modules():
        assert path.stem not in {"utils", "helpers", "common", "misc"}, path
