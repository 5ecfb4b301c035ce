"""The docs say what the code does."""

import inspect
import re

import pytest

from meanwhile.core.rules import RULES
from meanwhile.operations.pages import PAGES
from tests.house import HOUSE, ROOMS, ROOT


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_fresh(name: str):
    stored = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert stored == PAGES[name](), (
        f"docs/{name} no longer says what the code does (a new kind, rule or event, or other keys):"
        " run `make docs` and commit what it writes"
    )


@pytest.mark.parametrize(
    ("model", "verb"), sorted(RULES, key=str), ids=lambda each: getattr(each, "__name__", each)
)
def test_a_rule_says_in_words_who_may(model, verb):
    """docs/permissions.md is made of it, and whoever decides on a rule reads no Python."""
    said = inspect.getdoc(RULES[model, verb]) or ""
    assert re.match(r"[A-Z][^`|]+\w\.", said), f"who may {verb} a {model.__name__}? say it in words"


def test_the_map_names_every_room():
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    missing = [room for room in ROOMS if f"`{room}/`" not in text]
    assert not missing, f"docs/map.md does not name {missing}"


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"], ids=str)
def test_every_path_named_in_the_docs_exists(page):
    """A link or a file name in back-ticks that points into the tree must be there."""
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:|media/|lesson:)([^)#\s]+)", text)
    for link in links:
        assert (page.parent / link).exists(), f"{page.name} links to {link}"
    for named in re.findall(r"`((?:meanwhile|docs|tests|demo|bench|scripts)/[\w/.-]+)`", text):
        if "<" not in named and "*" not in named:
            assert (ROOT / named.rstrip("/")).exists(), f"{page.name} names {named}"


def test_no_room_is_a_stub():
    for room in ROOMS:
        assert (HOUSE / room / "README.md").read_text(encoding="utf-8").count("\n") >= 4
