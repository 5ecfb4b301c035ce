"""A lesson as it is being written: what the editor holds, kept as JSON in `LessonCopy.document`.

Reading a file gives a document, and a document that nobody changed gives the same file again,
byte for byte. Half-written words are at home here: nothing is refused until it is published.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from meanwhile.authoring import lines
from meanwhile.authoring.lines import Problem
from meanwhile.courses.activity import KINDS
from meanwhile.courses.files.paths import free
from meanwhile.courses.files.writing import lesson_text
from meanwhile.courses.source import BlockSource, LessonSource, NotHere

FRONT = ("title", "summary", "objectives", "minutes", "draft")


@dataclass(frozen=True)
class Part:
    """One block: its stable id, its kind, how it is typed, and what its words do not show."""

    uid: str
    kind: str
    form: str
    words: str
    held: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """Names these very words: a write says which words it was made on."""
        return _token(self.kind, self.form, self.words)

    @property
    def instead_of(self) -> str:
        """The id of the block this is another way of; "" where it is none."""
        return str(self.held.get("data", {}).get("instead_of", ""))

    def read(self) -> lines.Read:
        return lines.read(self.kind, self.form, self.words, self.held)


@dataclass(frozen=True)
class Gone:
    """A block that was taken out, and where it stood: it can be brought back."""

    part: Part
    after: str
    at: str


@dataclass(frozen=True)
class Document:
    title: str
    summary: str = ""
    objectives: tuple[str, ...] = ()
    minutes: int | None = None
    draft: bool = False
    parts: tuple[Part, ...] = ()
    gone: tuple[Gone, ...] = ()
    not_here: tuple[NotHere, ...] = ()

    @property
    def token(self) -> str:
        """Names the words above the blocks."""
        return _token(*(repr(getattr(self, name)) for name in FRONT))

    def part(self, uid: str) -> Part | None:
        return next((each for each in self.parts if each.uid == uid), None)

    def index(self, uid: str) -> int:
        """Where a block stands, from 0; -1 where there is none."""
        return next((at for at, each in enumerate(self.parts) if each.uid == uid), -1)

    def uids(self) -> set[str]:
        return {each.uid for each in self.parts} | {each.part.uid for each in self.gone}

    def with_part(self, part: Part) -> "Document":
        """With other words for a block that is there."""
        return replace(self, parts=tuple(part if p.uid == part.uid else p for p in self.parts))

    def family(self, uid: str) -> tuple[Part, ...]:
        """A block and the other ways to meet it: they stand behind it and go where it goes."""
        return tuple(each for each in self.parts if uid and uid in (each.uid, each.instead_of))

    def main_of(self, uid: str) -> str:
        """The block that one is another way of; itself where it is none."""
        part = self.part(uid)
        return (part.instead_of if part else "") or uid

    def _behind(self, uid: str) -> int:
        """Where a block comes that is to stand behind another: nothing parts that from its ways."""
        family = self.family(self.main_of(uid))
        return self.index(family[-1].uid) + 1 if family else 0

    def with_new(self, part: Part, after: str) -> "Document":
        """With one more block behind another; at the top where there is no such block. Another way
        to meet a block stays with it."""
        if part.instead_of and self.main_of(after) == part.instead_of:
            at = self.index(after) + 1
        else:
            at = self._behind(part.instead_of or after)
        return replace(self, parts=(*self.parts[:at], part, *self.parts[at:]))

    def without(self, uid: str, at: datetime) -> "Document":
        """Without a block and its other ways, which are kept to be brought back."""
        going, kept = self.family(uid), self
        for part in reversed(going):
            place = kept.index(part.uid)
            after = kept.parts[place - 1].uid if place else ""
            kept = replace(
                kept,
                parts=(*kept.parts[:place], *kept.parts[place + 1 :]),
                gone=(
                    *(each for each in kept.gone if each.part.uid != part.uid),
                    Gone(part, after, at.isoformat()),
                ),
            )
        return kept

    def gone_with(self, gone: Gone) -> tuple[Gone, ...]:
        """What went when a block did and comes back with it, in order; or, with another way, the
        block it belongs to, where that is not there any more."""
        uid = gone.part.uid
        if not gone.part.instead_of:
            ways = [g for g in self.gone if g.part.instead_of == uid and g.at == gone.at]
            return (gone, *reversed(ways))
        if self.part(gone.part.instead_of):
            return (gone,)
        main = [g for g in self.gone if g.part.uid == gone.part.instead_of]
        return (*main, gone)

    def brought_back(self, uid: str) -> "Document":
        gone = next(each for each in self.gone if each.part.uid == uid)
        coming = self.gone_with(gone)
        back = replace(self, gone=tuple(each for each in self.gone if each not in coming))
        for each in coming:
            back = back.with_new(each.part, each.after)
        return back

    def moved(self, uid: str, after: str) -> "Document":
        """With a block and its other ways behind another, or first where `after` is empty. Another
        way moves only among those of its block."""
        part = self.part(uid)
        if part is None or uid == after:
            return self
        if part.instead_of and self.main_of(after) != part.instead_of:
            return self
        going = self.family(uid)
        if any(each.uid == after for each in going):
            return self
        moved = replace(self, parts=tuple(each for each in self.parts if each not in going))
        behind = after
        for each in going:
            moved = moved.with_new(each, behind)
            behind = each.uid
        return moved

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return json.loads(json.dumps(asdict(self)))  # a list comes out of the database as a list


def _token(*values: str) -> str:
    return sha256("\0".join(values).encode()).hexdigest()[:16]


def from_plain(value: Mapping[str, Any]) -> Document:
    """From JSON."""
    return Document(
        title=value["title"],
        summary=value["summary"],
        objectives=tuple(value["objectives"]),
        minutes=value["minutes"],
        draft=value["draft"],
        parts=tuple(Part(**each) for each in value["parts"]),
        gone=tuple(Gone(Part(**g["part"]), g["after"], g["at"]) for g in value["gone"]),
        not_here=tuple(NotHere(**each) for each in value.get("not_here", ())),
    )


def document_of(lesson: LessonSource) -> Document:
    """A lesson of the course's files, opened for writing."""
    return Document(
        title=lesson.title,
        summary=lesson.summary,
        objectives=tuple(lesson.objectives),
        minutes=lesson.minutes,
        draft=lesson.draft,
        not_here=tuple(lesson.not_here),
        parts=tuple(
            part_of(block.uid, block.kind, block.data, block.body) for block in lesson.blocks
        ),
    )


def part_of(uid: str, kind: str, data: Mapping[str, Any], body: str) -> Part:
    written = lines.write(kind, data, body)
    return Part(uid, kind, written.form, written.words, written.held)


def new_part(kind: str, taken: Iterable[str], words: str = "") -> Part:
    """An empty block of a kind, in the form that is handiest, with an id of its own."""
    form = lines.forms_of(kind)[0]
    if form == lines.SOURCE and not words:
        data, body = KINDS[kind].sample()
        words = lines.write_as(form, kind, data, body).words
    return Part(free(kind, taken), kind, form, lines.tidy_words(kind, form, words))


@dataclass
class Lesson:
    """A document as a lesson of the course's files, and what stands in the way, by block."""

    source: LessonSource
    problems: dict[str, list[Problem]] = field(default_factory=dict)


def lesson_of(uid: str, document: Document, path: str = "") -> Lesson:
    """The document as a file holds it. Text without words is left out."""
    blocks, problems = [], {}
    for part in document.parts:
        found = part.read()
        if found.problems:
            problems[part.uid] = found.problems
        if found.body or part.kind != lines.TEXT:
            blocks.append(BlockSource(part.kind, part.uid, found.data, found.body))
    source = LessonSource(
        uid=uid,
        title=document.title,
        summary=document.summary,
        objectives=list(document.objectives),
        minutes=document.minutes,
        draft=document.draft,
        not_here=list(document.not_here),
        blocks=blocks,
        path=path,
    )
    return Lesson(source, problems)


def file_of(uid: str, document: Document) -> str:
    """The lesson's file. Of a document with problems it is no more than a fingerprint."""
    made = lesson_of(uid, document)
    text = lesson_text(made.source)
    if not made.problems:
        return text
    unread = [part.words for part in document.parts if part.uid in made.problems]
    return "\n".join([text, *unread])
