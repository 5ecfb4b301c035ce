"""The house as a tree of files, for the tests that look at all of it."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "meanwhile"
ROOMS = sorted(p.name for p in HOUSE.iterdir() if (p / "__init__.py").exists())


def modules() -> Iterator[Path]:
    """Every module of the house that runs in the product: not tests, not migrations."""
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).parts
        if "tests" not in parts and "migrations" not in parts and path.name != "testing.py":
            yield path


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def node() -> str:
    """The Node.js of this house, else the machine's."""
    own = ROOT / ".venv" / "bin" / "node"
    found = str(own) if own.exists() else shutil.which("node")
    assert found, "html-validate and esbuild need Node; `make test` brings it"
    return found
