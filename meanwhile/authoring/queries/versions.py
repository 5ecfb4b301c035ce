"""What a lesson was, version by version, and how it differs from what it is now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import gettext as say

from meanwhile.authoring.documents import Document, Part, from_plain
from meanwhile.authoring.models import LessonVersion
from meanwhile.authoring.queries.lessons import LessonWork
from meanwhile.courses.activity import KINDS

WORDS = re.compile(r"\s+|[^\s]+")
MOST = 50


@dataclass(frozen=True)
class Piece:
    """Some words that are the same, went or came: `sign` is "", "-" or "+"."""

    sign: str
    words: str


@dataclass
class Difference:
    """One block (or the words above them): what became of it since."""

    label: str
    what: str
    pieces: list[Piece] = field(default_factory=list)


def versions_of(work: LessonWork) -> list[LessonVersion]:
    """The newest first. One query."""
    if work.copy is None:
        return []
    rows = LessonVersion.objects.filter(copy=work.copy).select_related("by")
    return list(rows.defer("document")[:MOST])


def version_of(work: LessonWork, pk: str) -> LessonVersion | None:
    if work.copy is None or not pk.isdecimal():
        return None
    return LessonVersion.objects.filter(copy=work.copy, pk=int(pk)).select_related("by").first()


def document_at(version: LessonVersion) -> Document:
    return from_plain(version.document)


def differences(old: Document, new: Document) -> list[Difference]:
    """What changed from one to the other, in the order of the newer one."""
    found = list(_front(old, new))
    before = {part.uid: part for part in old.parts}
    for part in new.parts:
        was = before.pop(part.uid, None)
        if was is None:
            found.append(Difference(_label(part), say("came"), [Piece("+", part.words)]))
        elif (was.kind, was.words) != (part.kind, part.words):
            found.append(Difference(_label(part), say("changed"), pieces(was.words, part.words)))
    found += [
        Difference(_label(part), say("went"), [Piece("-", part.words)]) for part in before.values()
    ]
    orders = [[p.uid for p in each.parts] for each in (old, new)]
    both = set(orders[0]) & set(orders[1])
    if [u for u in orders[0] if u in both] != [u for u in orders[1] if u in both]:
        found.append(Difference(say("The order of the blocks"), say("changed")))
    return found


def _front(old: Document, new: Document) -> Iterator[Difference]:
    names = {
        "title": say("Title"),
        "summary": say("What a learner can do at the end"),
        "minutes": say("Minutes"),
        "draft": say("Hidden from learners"),
        "objectives": say("What it works towards"),
    }
    for name, label in names.items():
        one, two = getattr(old, name), getattr(new, name)
        if one != two:
            shown = [Piece("-", _words(one)), Piece("+", _words(two))]
            yield Difference(label, say("changed"), [each for each in shown if each.words])


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return str(value or "")


def _label(part: Part) -> str:
    first = next((line for line in part.words.split("\n") if line.strip(" #")), "")
    return f"{KINDS[part.kind].label}: {first.strip(' #')[:60]}" if first else str(
        KINDS[part.kind].label
    )  # fmt: skip


def pieces(old: str, new: str) -> list[Piece]:
    """Word by word: what stayed, what went, what came."""
    one, two = WORDS.findall(old), WORDS.findall(new)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("", _short("".join(one[i1:i2]))))
            continue
        if i2 > i1:
            found.append(Piece("-", "".join(one[i1:i2])))
        if j2 > j1:
            found.append(Piece("+", "".join(two[j1:j2])))
    return found


def _short(words: str) -> str:
    """Of a long run that stayed, its beginning and its end."""
    return words if len(words) <= 240 else f"{words[:110]} … {words[-110:]}"
