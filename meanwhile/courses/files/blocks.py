"""A lesson's Markdown and its blocks: taken apart and put together again."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as say
from markdown_it.token import Token

from meanwhile.courses.activity import KINDS, data_of
from meanwhile.courses.callouts import CALLOUTS
from meanwhile.courses.files.colons import colons_for, divider
from meanwhile.courses.files.paths import free, is_uid, slug
from meanwhile.courses.files.shapes import plain, shaped
from meanwhile.courses.files.yamls import BadYaml, read_yaml, write_yaml
from meanwhile.courses.source import BlockSource, Remark
from meanwhile.courses.variants import KEYS as VARIANT_KEYS

HEADER = re.compile(r"(?:\{#([^}]*)\})?")
HEADING = re.compile(r"(?:##[ \t]+(.+?)[ \t#]*$)|(?:([^\n]+)\n-+[ \t]*$)", re.MULTILINE)
MARKS = re.compile(r"[*_`~]|!?\[([^\]]*)\]\([^)]*\)")
RULE = "---"


@dataclass
class _Reading:
    """One lesson while it is taken apart. `first` is the line of the file it begins on."""

    path: str
    lines: list[str]
    first: int
    blocks: list[BlockSource] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    uid: str = ""
    uid_line: int = 0
    data: dict[str, str] = field(default_factory=dict)  # what an id comment says besides

    def bad(self, line: int, says: str) -> None:
        self.wrong.append(Remark(self.path, self.first + line, says))


def split(markdown: str, path: str, first: int = 1) -> tuple[list[BlockSource], list[Remark]]:
    """The blocks of a lesson, and what is wrong with them."""
    reading = _Reading(path, markdown.split("\n"), first)
    at = 0
    for token in divider().parse(markdown):
        start, end = token.map or (0, 0)
        _check(reading, token, start, end)
        if token.level:
            continue
        if token.type in ("id_comment", "colons"):
            _text(reading, at, start)
            _mark(reading, token, start, end)
            at = end
        elif token.type == "heading_open" and token.tag == "h2":
            _text(reading, at, start)
            at = start
    _text(reading, at, len(reading.lines))
    _no_pending(reading)
    _name(reading)
    return reading.blocks, reading.wrong


def _check(reading: _Reading, token: Token, start: int, end: int) -> None:
    """What may not be: fences without an end, blocks inside something else."""
    if token.type == "colons":
        if token.meta["stray"]:
            reading.bad(start, say("These colons close nothing. Take them out."))
        elif not token.meta["closed"]:
            reading.bad(
                start, say("“::: %(name)s” is never closed with “:::”.") % {"name": token.info}
            )
        elif token.level:
            reading.bad(
                start, say("A block stands by itself, not inside a callout, list or quote.")
            )
    elif token.type == "callout_open" and not token.level and _is_open(reading, end):
        reading.bad(start, say("“::: %(name)s” is never closed with “:::”.") % {"name": token.info})
    elif token.type == "id_comment" and token.level:
        reading.bad(start, say("An id comment stands between blocks, not inside something."))
    elif token.type == "fence" and not token.level:
        last = reading.lines[end - 1].strip()
        if end - 1 <= start or set(last) != {token.markup[0]} or len(last) < len(token.markup):
            reading.bad(start, say("This code is never closed with “%(m)s”.") % {"m": token.markup})


def _is_open(reading: _Reading, end: int) -> bool:
    """Whether the line after a callout is not the one that closes it."""
    return end >= len(reading.lines) or not reading.lines[end].strip().startswith(":::")


def _text(reading: _Reading, start: int, end: int) -> None:
    """A text block from these lines, unless they are all empty."""
    while start < end and not reading.lines[start].strip():
        start += 1
    body = "\n".join(reading.lines[start:end]).rstrip()
    if body:
        line = reading.first + start
        lines = {"body": line}
        if reading.data:
            lines |= dict.fromkeys(reading.data, reading.first + reading.uid_line)
        reading.blocks.append(BlockSource("text", reading.uid, reading.data, body, line, lines))
        reading.uid, reading.data = "", {}


def _mark(reading: _Reading, token: Token, start: int, end: int) -> None:
    _no_pending(reading)
    if token.type == "id_comment":
        uid, *more = token.content.split(";")
        reading.uid, reading.uid_line = uid.strip(), start
        _check_uid(reading, reading.uid, start)
        reading.data = _said_besides(reading, more, start)
    elif token.meta["closed"] and not token.meta["stray"]:
        _activity(reading, token, start, end)


def _no_pending(reading: _Reading) -> None:
    if reading.uid:
        says = say(
            "There is no text under this id. A fenced block has its id in its first line: {#id}."
        )
        reading.bad(reading.uid_line, says)
        reading.uid, reading.data = "", {}


def _said_besides(reading: _Reading, more: list[str], line: int) -> dict[str, str]:
    """What an id comment says after the id: that the text is another way of a block."""
    found: dict[str, str] = {}
    for each in more:
        key, _colon, value = (part.strip() for part in each.partition(":"))
        if key not in VARIANT_KEYS:
            says = say("“%(word)s” cannot stand in an id comment; there may be %(known)s.")
            reading.bad(line, says % {"word": key, "known": ", ".join(VARIANT_KEYS)})
        elif not value or key in found:
            reading.bad(line, say("After “%(key)s:” comes one value, once.") % {"key": key})
        else:
            found[key] = value
    return {key: found[key] for key in VARIANT_KEYS if key in found}


def _check_uid(reading: _Reading, uid: str, line: int) -> None:
    if not is_uid(uid):
        says = say(
            "“%(id)s” is not an id: lower-case letters, digits and single hyphens, at most 60."
        )
        reading.bad(line, says % {"id": uid})


def _activity(reading: _Reading, token: Token, start: int, end: int) -> None:
    header = HEADER.fullmatch(token.meta["rest"])
    if token.info in CALLOUTS:
        reading.bad(
            start, say("After “%(name)s” comes a space and a title.") % {"name": token.info}
        )
        return
    if token.info not in KINDS or token.info == "text":
        reading.bad(start, _unknown_kind(token.info))
        return
    if header is None:
        reading.bad(start, say("After the kind there may be an id and nothing else: {#id}."))
        return
    uid = header[1] or ""
    if uid or header[0]:
        _check_uid(reading, uid, start)
    block = BlockSource(token.info, uid, {}, "", reading.first + start)
    _fill(reading, block, reading.lines[start + 1 : end - 1], start + 1)
    reading.blocks.append(block)


def _unknown_kind(name: str) -> str:
    known = [*(kind for kind in KINDS if kind != "text"), *CALLOUTS]
    close = difflib.get_close_matches(name, known, 1)
    if close:
        return say("There is no kind “%(name)s”; did you mean “%(close)s”?") % {
            "name": name,
            "close": close[0],
        }
    words = say("There is no kind “%(name)s”; there are %(known)s.")
    return words % {"name": name, "known": ", ".join(known)}


def _fill(reading: _Reading, block: BlockSource, lines: list[str], start: int) -> None:
    """The YAML and the Markdown of a fence."""
    rule = next((n for n, line in enumerate(lines) if line.rstrip() == RULE), None)
    if rule is None:
        rule = len(lines) if _begins_with_key(block.kind, lines) else -1
    yaml, body = lines[: max(rule, 0)], lines[rule + 1 :]
    block.body = "\n".join(body).strip("\n").rstrip()
    try:
        read = read_yaml("\n".join(yaml), reading.first + start)
    except BadYaml as error:
        reading.wrong.append(Remark(reading.path, error.line, error.says))
        return
    block.lines = read.lines | {"": block.line, "body": reading.first + start + max(rule, 0) + 1}
    data = shaped(KINDS[block.kind].Data, read, reading.path)
    if isinstance(data, list):
        reading.wrong += data
        return
    block.data = plain(data)
    reading.wrong += _problems(reading, block)


def _begins_with_key(kind: str, lines: list[str]) -> bool:
    """Whether a fence without a `---` holds keys alone, and no Markdown."""
    first = next((line for line in lines if line.strip()), "")
    key, colon, rest = first.partition(":")
    return bool(colon) and rest[:1] in ("", " ") and key in KINDS[kind].Data.model_fields


def _problems(reading: _Reading, block: BlockSource) -> Iterator[Remark]:
    data = data_of(block.kind, block.data)
    if data.minutes is not None and not 1 <= data.minutes <= 100_000:
        yield Remark(reading.path, block.lines["minutes"], say("“minutes” must be 1 or more."))
    for problem in KINDS[block.kind].check(data, block.body):
        yield Remark(reading.path, line_at(block, problem.key), problem.says)


def line_at(block: BlockSource, key: str) -> int:
    """The line of a key, or of what it is in: `options.1.text`."""
    while key and key not in block.lines:
        key = key.rpartition(".")[0]
    return block.lines.get(key, block.line)


def heading_of(body: str) -> str:
    """The second-level heading a text begins with, without its marks."""
    found = HEADING.match(body)
    return MARKS.sub(r"\1", (found[1] or found[2])).strip() if found else ""


def _name(reading: _Reading) -> None:
    """Give ids to blocks that have none; say where two have the same."""
    taken: dict[str, int] = {}
    for block in reading.blocks:
        if block.uid and block.uid in taken:
            says = say("The id “%(id)s” is used in line %(line)d already.")
            reading.wrong.append(
                Remark(reading.path, block.line, says % {"id": block.uid, "line": taken[block.uid]})
            )
        if block.uid:
            taken.setdefault(block.uid, block.line)
    for block in reading.blocks:
        if not block.uid:
            wanted = (
                slug(heading_of(block.body), block.kind) if block.kind == "text" else block.kind
            )
            block.uid = free(wanted, taken)
            taken[block.uid] = block.line


def join(blocks: list[BlockSource]) -> str:
    """The Markdown of a lesson: an empty line between blocks, every id written."""
    return "\n\n".join(_written(block) for block in blocks)


def _written(block: BlockSource) -> str:
    if block.kind == "text":
        more = "".join(f"; {key}: {block.data[key]}" for key in VARIANT_KEYS if key in block.data)
        return f"<!-- id: {block.uid}{more} -->\n\n{block.body}"
    content = _content(block.kind, block.data, block.body)
    colons = colons_for(content)
    return f"{colons} {block.kind} {{#{block.uid}}}\n{content}{colons}"


def _content(kind: str, data: dict[str, Any], body: str) -> str:
    yaml = write_yaml(data)
    lines = body.split("\n")
    needs_rule = bool(body) and (
        bool(yaml) or any(each.rstrip() == RULE for each in lines) or _begins_with_key(kind, lines)
    )
    return f"{yaml}{RULE + chr(10) if needs_rule else ''}{body}{chr(10) if body else ''}"
