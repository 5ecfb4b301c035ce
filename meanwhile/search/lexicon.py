"""The words of a scope in memory: how rare each is, what may follow, what was meant."""

import json
import math
import threading
import zlib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from meanwhile.search.words import is_gapless, tokens

MOST_KEPT = 200
"""How many scopes' words a process keeps in memory."""


@dataclass
class Words:
    """What `Lexicon.words` holds. `stems`: in how many passages a stem stands. `words`: by the folded
    word, how it is written, its stem, and in how many passages it stands."""

    passages: int = 0
    length: int = 0
    stems: dict[str, int] = field(default_factory=dict)
    words: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    _sorted: list[str] | None = None
    _rarities: dict[str, float] | None = None

    @classmethod
    def unpacked(cls, packed: bytes) -> "Words":
        if not packed:
            return cls()
        held = json.loads(zlib.decompress(packed))
        words = {folded: tuple(entry) for folded, entry in held["words"].items()}
        return cls(held["passages"], held["length"], held["stems"], words)

    def packed(self) -> bytes:
        held = {
            "passages": self.passages,
            "length": self.length,
            "stems": self.stems,
            "words": self.words,
        }
        return zlib.compress(json.dumps(held, ensure_ascii=False).encode(), 1)

    def count(self, title: str, text: str, language: str, by: int) -> None:
        """Take a passage in (by 1) or out (by -1)."""
        found = [*tokens(title, language), *tokens(text, language)]
        self.passages += by
        self.length += by * sum(bool(token.stem) for token in found)
        for stem in {token.stem for token in found if token.stem}:
            self._move_stem(stem, by)
        for folded, (shown, stem) in {t.folded: (t.shown, t.stem) for t in found if t.stem}.items():
            self._move_word(folded, shown, stem, by)
        self._sorted = self._rarities = None

    def _move_stem(self, stem: str, by: int) -> None:
        count = self.stems.get(stem, 0) + by
        if count > 0:
            self.stems[stem] = count
        else:
            self.stems.pop(stem, None)

    def _move_word(self, folded: str, shown: str, stem: str, by: int) -> None:
        kept_shown, kept_stem, count = self.words.get(folded, (shown, stem, 0))
        if count + by > 0:
            self.words[folded] = (kept_shown, kept_stem, count + by)
        else:
            self.words.pop(folded, None)

    @property
    def rarities(self) -> dict[str, float]:
        """How rare each stem is; worked out once, since a search asks for thousands."""
        if self._rarities is None:
            self._rarities = {
                stem: rarity(self.passages, count) for stem, count in self.stems.items()
            }
        return self._rarities

    def beginning(self, start: str) -> Iterable[tuple[str, int]]:
        """Words that begin so, folded, with their counts."""
        if self._sorted is None:
            self._sorted = sorted(self.words)
        for at in range(bisect_left(self._sorted, start), len(self._sorted)):
            word = self._sorted[at]
            if not word.startswith(start):
                return
            yield word, self.words[word][2]


def rarity(passages: int, with_it: int) -> float:
    """The inverse document frequency of BM25, never negative: ln(1 + (N - n + ½) / (n + ½)).

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009),
    section 3.1, with the usual 1 added so that a word in most passages still counts a little.
    """
    return math.log(1 + (passages - with_it + 0.5) / (with_it + 0.5))


class _Kept:
    """The words of the scopes asked for last, each with the version it was read at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, int], Words] = OrderedDict()

    def get(self, lexicon: int, version: int) -> Words | None:
        with self._lock:
            found = self._kept.get((lexicon, version))
            if found is not None:
                self._kept.move_to_end((lexicon, version))
            return found

    def put(self, lexicon: int, version: int, words: Words) -> None:
        with self._lock:
            self._kept[lexicon, version] = words
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


KEPT = _Kept()


def completions(start: str, lexica: Iterable[Words], most: int) -> list[str]:
    """How words that begin so are written, the most frequent first."""
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for words in lexica:
        for folded, count in words.beginning(start):
            counts[folded] = counts.get(folded, 0) + count
            shown.setdefault(folded, words.words[folded][0])
    best = sorted(counts, key=lambda word: (-counts[word], word))
    return [shown[word] for word in best[:most]]


SHORTEST_TO_MEND = 4


def nearest(typed: str, lexica: Iterable[Words]) -> str:
    """The word that was probably meant by one that stands nowhere, as it is written; or nothing.

    One slip (a letter wrong, missing, too many, or two swapped) in a word of four letters or more,
    two in one of eight or more; of equally near ones the one with the same first letter, then the
    most frequent.
    """
    if len(typed) < SHORTEST_TO_MEND or is_gapless(typed) or any(c.isdigit() for c in typed):
        return ""
    slips = 1 if len(typed) < 8 else 2
    best: tuple[int, bool, int] | None = None
    meant = ""
    for words in lexica:
        for folded, (shown, _stem, count) in words.words.items():
            if not _may_be_near(typed, folded, slips):
                continue
            apart = slips_between(typed, folded, slips)
            rank = (apart, folded[0] != typed[0], -count)
            if apart <= slips and (best is None or rank < best):
                best, meant = rank, shown
    return meant


def _may_be_near(typed: str, word: str, slips: int) -> bool:
    """A quick look before the slow one: nobody gets both ends of a word wrong."""
    return abs(len(word) - len(typed)) <= slips and (
        word[:2] == typed[:2] or word[-2:] == typed[-2:]
    )


def slips_between(one: str, other: str, most: int) -> int:
    """How many slips lie between two words; `most` + 1 where there are more.

    Optimal string alignment: Damerau, A technique for computer detection and correction of
    spelling errors, CACM 7 (1964): letters changed, put in, left out, neighbours swapped.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, sign in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
