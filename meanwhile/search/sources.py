"""Where passages come from. A room that has something to find has a file `passages.py`:

    class Notes(Source):
        name = "note"
        ...

    register(Notes())

A source says what there is (`scopes`, `items`), who may see it (`where`, `may`) and where it opens
(`places`). Its rule is a filter over `Passage`, made of the room's own rules, so that search never
shows what a page would not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q

from meanwhile.people.who import Who

if TYPE_CHECKING:
    from meanwhile.media.models import Blob
    from meanwhile.search.models import Passage


@dataclass(frozen=True)
class Cut:
    """A piece of text before it is a passage. `title`: the words it stands under. `spots`: where in
    the text each place that can be opened begins, `[(0, "p3"), (212, "p4")]`."""

    text: str
    title: str = ""
    kind: str = "text"
    spots: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Item:
    """Something that is indexed as a whole: a block, a note. `print` changes when its words do;
    only then `cuts` is called. `row` is the key of the row the source's rule asks about."""

    key: str
    row: int
    print: str
    language: str
    cuts: Callable[[], Iterable[Cut]]


@dataclass(frozen=True)
class Place:
    """Where a passage opens. `trail`: what it is in, from the outside in."""

    url: str
    title: str
    trail: tuple[str, ...] = ()
    icon: str = "text"
    note: str = ""


@dataclass(frozen=True)
class Spot:
    """A passage, and the spot in it that was found: "p4", "t12.5", "page3", or nothing."""

    passage: "Passage"
    anchor: str


class Source:
    """One kind of thing that can be found."""

    name: ClassVar[str]

    def scopes(self) -> Iterable[str]:
        """Every scope there is to index: a course, somebody's notebook. A scope is what is seen as
        a whole or not at all, as far as words go: spelling and suggestions come from it."""
        raise NotImplementedError

    def items(self, scope: str) -> Iterable[Item]:
        """What there is to find in a scope now. Nothing where it is gone or not for learners yet."""
        raise NotImplementedError

    def papers(self) -> Iterable[tuple[str, "Blob"]]:
        """Files of words that nobody has read yet (papers.py), with their scope. One query."""
        return ()

    def where(self, who: Who) -> Iterable[str]:
        """The scopes whose words this person may be told. At most one query."""
        raise NotImplementedError

    def may(self, who: Who) -> Q:
        """Which passages of this source they may see. This decides; `where` only says where to look."""
        raise NotImplementedError

    def places(self, who: Who, spots: Sequence[Spot]) -> Mapping[int, Place]:
        """Where each passage opens for this person, by its key; those that open nowhere are not
        shown. A constant number of queries."""
        raise NotImplementedError


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    SOURCES[source.name] = source


@dataclass
class Cutter:
    """Joins small parts and cuts large ones, so that a passage is a few sentences."""

    title: str = ""
    kind: str = "text"
    enough: int = 420
    most: int = 1400
    _text: str = ""
    _spots: list[tuple[int, str]] = field(default_factory=list)
    _made: list[Cut] = field(default_factory=list)

    def add(self, words: str, anchor: str = "") -> None:
        words = " ".join(words.split())
        while words:
            if len(self._text) + len(words) > self.most:
                self._flush()
            piece = self._piece(words)
            words = words[len(piece) :].lstrip()
            start = len(self._text) + 1 if self._text else 0
            self._text = f"{self._text} {piece}" if self._text else piece
            if anchor:
                self._spots.append((start, anchor))
            if len(self._text) >= self.enough:
                self._flush()

    def cuts(self) -> list[Cut]:
        self._flush()
        return self._made

    def _piece(self, words: str) -> str:
        """As much as there is room for, up to the end of a word."""
        if len(words) <= self.most:
            return words
        gap = words.rfind(" ", 0, self.most)
        return words[: gap if gap > self.most // 2 else self.most]

    def _flush(self) -> None:
        if self._text:
            self._made.append(Cut(self._text, self.title, self.kind, tuple(self._spots)))
        self._text, self._spots = "", []
