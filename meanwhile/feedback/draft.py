"""What stands in the fields of the marking page, read and tidied. Plain functions over values.

A draft is kept as its fields by name, as texts: `note`, `next`, `points`, `level.<line>` (the
number of the level) and `comments` (JSON: a list). What a field cannot hold is left out, so that a
draft is never refused while somebody types; whether it can be released is asked when it is.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from meanwhile.core.typed import typed

LONGEST_NOTE = 20_000
LONGEST_COMMENT = 2_000
MOST_COMMENTS = 200
MOST_LINES = 60
UID = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
LINE = re.compile(r"level\.([\w-]{1,80})\Z")


@dataclass(frozen=True)
class Comment:
    """One comment and what it is about: `start` and `end` are signs of the text handed in; `file` is
    the uid of a file with `page`, `x` and `y` (in thousandths of it) or `second`. None of them: the
    work as a whole. `line` is the rubric line it belongs to."""

    uid: str
    words: str
    start: int | None = None
    end: int | None = None
    file: str = ""
    page: int | None = None
    x: int | None = None
    y: int | None = None
    second: int | None = None
    line: str = ""

    @property
    def in_text(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def clock(self) -> str:
        """'1:05', of a second."""
        return f"{(self.second or 0) // 60}:{(self.second or 0) % 60:02}"


@dataclass(frozen=True)
class Draft:
    """What a marker wrote."""

    note: str = ""
    next: str = ""
    points: str = ""
    levels: tuple[tuple[str, int], ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing that a learner could read."""
        return not (self.note.strip() or self.next.strip() or self.levels or self.comments
                    or self.points.strip())  # fmt: skip

    def level(self, line: str) -> int | None:
        return dict(self.levels).get(line)

    @property
    def points_given(self) -> float | None:
        return number(self.points)


def number(said: str) -> float | None:
    """'7', '7.5' or '7,5'. None for what is no number of points."""
    match = re.fullmatch(r"\s*(\d{1,4})([.,]\d{1,2})?\s*", said)
    return float(said.strip().replace(",", ".")) if match else None


def tidy(words: dict[str, Any]) -> dict[str, str]:
    """The fields that are kept, with what they cannot hold left out."""
    kept = {name: text(words.get(name), LONGEST_NOTE) for name in ("note", "next")}
    kept["points"] = text(words.get("points"), 12)
    for name in sorted(words)[:1000]:
        chosen = words[name][:1] if isinstance(words[name], list) else [words[name]]
        if LINE.match(name) and chosen and str(chosen[0]).isdecimal() and len(kept) < MOST_LINES:
            kept[name] = str(min(99, int(str(chosen[0])[:2])))
    comments = comments_of(words.get("comments"))
    kept["comments"] = dumped(comments) if comments else ""
    return {name: value for name, value in kept.items() if value}


def read(words: dict[str, Any]) -> Draft:
    kept = tidy(words)
    levels = [(m[1], int(value)) for name, value in kept.items() if (m := LINE.match(name))]
    return Draft(
        kept.get("note", ""),
        kept.get("next", ""),
        kept.get("points", ""),
        tuple(levels),
        tuple(comments_of(kept.get("comments"))),
    )


def text(value: Any, most: int) -> str:
    return typed(value).replace("\r\n", "\n")[:most] if isinstance(value, str) else ""


def comments_of(value: Any) -> list[Comment]:
    """Lists of comments, one or (where two versions were put together) several below each other;
    of two with one uid the first stands."""
    found: dict[str, Comment] = {}
    for part in str(value or "").split("\n\n"):
        for each in _listed(part):
            comment = _comment(each)
            if comment and len(found) < MOST_COMMENTS:
                found.setdefault(comment.uid, comment)
    whole = len(found) + 1
    return sorted(
        found.values(), key=lambda c: (c.start if c.start is not None else 10**9, c.second or whole)
    )


def _listed(part: str) -> Iterable[Any]:
    try:
        found = json.loads(part) if part.strip() else []
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _comment(value: Any) -> Comment | None:
    if not isinstance(value, dict) or not UID.match(str(value.get("uid", ""))):
        return None
    words = text(value.get("words"), LONGEST_COMMENT)
    if not words.strip():
        return None
    made = Comment(str(value["uid"]), words, line=text(value.get("line"), 80))
    start, end = _count(value.get("start")), _count(value.get("end"))
    if start is not None and end is not None and start < end:
        return replace(made, start=start, end=end)
    file = str(value.get("file") or "")
    if not UID.match(file):
        return made
    places = {name: _count(value.get(name)) for name in ("page", "x", "y", "second")}
    return replace(made, file=file, **places)  # type: ignore[arg-type]


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= 10**7 else None


def dumped(comments: Iterable[Comment]) -> str:
    """As the page's field holds them."""
    facts = [{k: v for k, v in asdict(each).items() if v not in (None, "")} for each in comments]
    return json.dumps(facts, ensure_ascii=False)


# --- the work with its comments ---------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """Some signs of the text, from `start`: marked where a comment is about them; `pins` are the
    numbers of the comments that end here."""

    words: str
    start: int
    marked: bool
    pins: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in pieces, and the comments (with their numbers) that end in it."""

    pieces: tuple[Piece, ...]
    notes: tuple[tuple[int, Comment], ...]


def paragraphs(work: str, comments: Iterable[Comment]) -> list[Paragraph]:
    """The text in paragraphs, with each comment at its place. Empty lines fall away; offsets stay
    those of the whole text."""
    placed = [(n, c) for n, c in enumerate(comments, 1) if c.in_text and c.start < len(work)]  # type: ignore[operator]
    found = []
    for match in re.finditer(r"[^\n]*[^\s][^\n]*", work):
        first, last = match.span()
        pieces = _pieces(work, first, last, placed)
        ends = [(n, c) for n, c in placed if first < min(c.end or 0, len(work)) <= last]
        found.append(Paragraph(tuple(pieces), tuple(ends)))
    return _with_homeless(found, placed)


def _with_homeless(found: list[Paragraph], placed: list[tuple[int, Comment]]) -> list[Paragraph]:
    """A comment whose words end on an empty line stands at the paragraph before it."""
    at_home = {n for paragraph in found for n, _comment in paragraph.notes}
    for n, comment in placed:
        if n in at_home or not found:
            continue
        before = [i for i, p in enumerate(found) if p.pieces[0].start < (comment.end or 0)] or [0]
        paragraph = found[before[-1]]
        last = replace(paragraph.pieces[-1], pins=(*paragraph.pieces[-1].pins, n))
        found[before[-1]] = Paragraph(
            (*paragraph.pieces[:-1], last), (*paragraph.notes, (n, comment))
        )
    return found


def _pieces(work: str, first: int, last: int, placed: list[tuple[int, Comment]]) -> list[Piece]:
    edges = {first, last}
    for _n, comment in placed:
        edges |= {at for at in (comment.start or 0, comment.end or 0) if first < at < last}
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        marked = any((c.start or 0) <= start and end <= (c.end or 0) for _n, c in placed)
        pins = tuple(n for n, c in placed if min(c.end or 0, len(work)) == end)
        pieces.append(Piece(work[start:end], start, marked, pins))
    return pieces


@dataclass(frozen=True)
class Sentence:
    """Words that can be chosen without a mouse."""

    start: int
    end: int
    words: str


def sentences(work: str) -> list[Sentence]:
    """The text in sentences, for who pins a comment by choosing from a list."""
    found = [
        Sentence(match.start(), match.end(), match[0].strip())
        for match in re.finditer(r"[^\n.!?…]+[.!?…]*", work)
        if match[0].strip()
    ]
    return [
        Sentence(
            s.start + len(work[s.start : s.end]) - len(work[s.start : s.end].lstrip()),
            s.end,
            s.words,
        )
        for s in found
    ][:500]
