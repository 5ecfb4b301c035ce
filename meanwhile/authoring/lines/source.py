"""A block as it stands between its colons in a file."""

from collections.abc import Mapping
from typing import Any

from meanwhile.authoring.lines.grammar import Problem
from meanwhile.courses.files.blocks import join, split
from meanwhile.courses.files.colons import colons_for
from meanwhile.courses.source import BlockSource


def write_source(kind: str, data: Mapping[str, Any], body: str) -> str:
    fence = join([BlockSource(kind, "x", dict(data), body)])
    return "\n".join(fence.split("\n")[1:-1])


def read_source(kind: str, words: str) -> tuple[dict[str, Any], str, list[Problem]]:
    """The YAML and the Markdown, and what is wrong, by the line of these words."""
    colons = colons_for(words)
    blocks, wrong = split(f"{colons} {kind} {{#x}}\n{words}\n{colons}", "", 0)
    problems = [Problem(remark.says, max(remark.line, 0)) for remark in wrong]
    if len(blocks) != 1:
        return {}, "", problems
    return blocks[0].data, blocks[0].body, problems


def text_problems(words: str) -> list[Problem]:
    """What is wrong with a text as part of a lesson: code or a callout that is never closed."""
    if ":::" not in words and "```" not in words and "~~~" not in words and "<!--" not in words:
        return []
    return [Problem(remark.says, remark.line) for remark in split(words, "", 1)[1]]
