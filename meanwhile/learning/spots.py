"""Where a note belongs, and where that is after the text around it changed. Pure: no database.

A spot is kept the way the W3C Web Annotation Data Model selects: by the part it stands in
(fragment), by its words with what stands before and after (text quote), by its place in the text
(text position), and for a picture or a film by its file and second (media fragment). What was
marked is never changed afterwards; where it is found is worked out anew when a block changes:

1. A picture or a film is where its file is shown.
2. The same words: of several places the one whose surroundings fit best, then the nearest. Few
   words (under `SHORT` signs) need half of their surroundings too, for "light" is everywhere.
3. Words that changed: the stretch that the old text and the new one share around them, if at least
   `ALIKE` of its signs are the same. Then it says that the words changed.
4. Else it is gone, and says so, with the words as they were.

Text is what a browser shows: the parts of a block between single spaces, every run of white space
as one. Offsets count signs (code points).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

THERE, CHANGED, GONE = "there", "changed", "gone"
AROUND = 40
"""Signs kept before and after the marked words."""
SHORT = 24
"""Fewer signs than this are the same words only in the same surroundings."""
ALIKE = 0.6
"""The share of signs that changed words must have in common with the old ones."""
LONGEST_QUOTE = 4000
VOID = {"img", "br", "hr"}


@dataclass
class Part:
    """A paragraph, list, table, figure … at the top level of a block. `name` is "p3"."""

    name: str
    text: str
    pictures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """What was marked, as it was then. `whole`: all of the part. `quote` is empty for a film."""

    part: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    at: int = 0
    whole: bool = True
    media: str = ""
    second: float | None = None


@dataclass(frozen=True)
class Found:
    """Where it is now: from `start` to `end` in the text that begins with `part`."""

    state: str
    part: str = ""
    start: int = 0
    end: int = 0


NOWHERE = Found(GONE)


def tidy(text: str) -> str:
    """White space as a browser shows it."""
    return _spaced(text).strip()


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class _Reader(HTMLParser):
    """The parts of a block's safe HTML."""

    def __init__(self, uid: str) -> None:
        super().__init__(convert_charrefs=True)
        self.uid, self.depth = uid, 0
        self.parts: list[Part] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.depth == 0:
            self.words = []
            name = (given.get("id") or "").removeprefix(f"{self.uid}-")
            self.parts.append(Part(name or f"p{len(self.parts) + 1}", ""))
        if tag == "img" and given.get("src"):
            self.parts[-1].pictures.append(str(given["src"]))
        if tag not in VOID:
            self.depth += 1
        elif self.depth == 0:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.depth:
            self.depth -= 1
            if self.depth == 0:
                self._close()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _close(self) -> None:
        self.parts[-1].text = tidy("".join(self.words))


def parts_of(html: str, uid: str) -> list[Part]:
    """The parts of a block's body, in order."""
    reader = _Reader(uid)
    reader.feed(html)
    reader.close()
    return reader.parts


def print_of(html: str, media: str) -> str:
    """Tells whether a block still shows what it showed. 16 signs."""
    return hashlib.sha256(f"{html}\0{media}".encode()).hexdigest()[:16]


def spot_at(
    parts: Sequence[Part],
    name: str,
    quote: str = "",
    before: str = "",
    after: str = "",
    film: str = "",
    second: float | None = None,
) -> Spot:
    """The spot somebody marked: words of a part, all of it (no quote), or a second of a film.

    Its surroundings are taken from the text itself where the words are found in it.
    """
    if second is not None:
        return Spot(media=film, second=second)
    part = next((each for each in parts if each.name == name), None)
    if not quote.strip():
        text = part.text[:LONGEST_QUOTE] if part else ""
        picture = part.pictures[0] if part and part.pictures else ""
        whole = Spot(name, text, media=picture)
        around = _surroundings(parts, Found(THERE, name, 0, len(part.text))) if part else {}
        return replace(whole, **around)
    spot = Spot(
        name,
        tidy(quote)[:LONGEST_QUOTE],
        _spaced(before)[-AROUND:],
        _spaced(after)[:AROUND],
        _offsets(parts).get(name, 0),
        whole=False,
    )
    found = _same_words(parts, spot)
    return replace(spot, **_surroundings(parts, found)) if found else spot


def find(parts: Sequence[Part], spot: Spot, film: str = "") -> Found:
    """Where the spot is in these parts. `film`: the file of the film or sound shown, if any."""
    if spot.second is not None:
        return Found(THERE if film == spot.media else CHANGED) if film else NOWHERE
    if spot.media:
        shown = next((each for each in parts if spot.media in each.pictures), None)
        return Found(THERE, shown.name, 0, len(shown.text)) if shown else NOWHERE
    if not spot.quote:
        known = any(each.name == spot.part for each in parts)
        return Found(THERE, spot.part) if known else NOWHERE
    if spot.whole and (same := _same_part(parts, spot)):
        return same
    return _same_words(parts, spot) or _changed_words(parts, spot) or NOWHERE


def _text(parts: Sequence[Part]) -> str:
    return " ".join(each.text for each in parts)


def _offsets(parts: Sequence[Part]) -> dict[str, int]:
    """Where each part begins in the text of the block."""
    found, at = {}, 0
    for each in parts:
        found[each.name] = at
        at += len(each.text) + 1
    return found


def _found(state: str, parts: Sequence[Part], start: int, end: int) -> Found:
    """From offsets in the block to offsets in a part."""
    inside = [(name, at) for name, at in _offsets(parts).items() if at <= start]
    name, at = inside[-1]
    return Found(state, name, start - at, end - at)


def _surroundings(parts: Sequence[Part], found: Found) -> dict[str, Any]:
    text, at = _text(parts), _offsets(parts)[found.part]
    start, end = at + found.start, at + found.end
    return {
        "part": found.part,
        "before": text[max(0, start - AROUND) : start],
        "after": text[end : end + AROUND],
        "at": start,
    }


def _same_part(parts: Sequence[Part], spot: Spot) -> Found | None:
    """The whole part as it was; of several alike the nearest."""
    offsets = _offsets(parts)
    same = [each for each in parts if each.text[:LONGEST_QUOTE] == spot.quote]
    if not same:
        return None
    nearest = min(same, key=lambda each: abs(offsets[each.name] - spot.at))
    return Found(THERE, nearest.name, 0, len(nearest.text))


def _same_words(parts: Sequence[Part], spot: Spot) -> Found | None:
    text, quote = _text(parts), spot.quote
    places = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]
    if not places:
        return None
    start = max(places, key=lambda at: (_fit(text, at, spot), -abs(at - spot.at)))
    around = len(spot.before) + len(spot.after)
    if len(quote) < SHORT and _fit(text, start, spot) * 2 < around:
        return None
    return _found(THERE, parts, start, start + len(quote))


def _fit(text: str, at: int, spot: Spot) -> int:
    """How many signs before and after are those that stood there."""
    ahead = text[max(0, at - AROUND) : at]
    behind = text[at + len(spot.quote) : at + len(spot.quote) + AROUND]
    return _shared(reversed(ahead), reversed(spot.before)) + _shared(behind, spot.after)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _changed_words(parts: Sequence[Part], spot: Spot) -> Found | None:
    """The stretch that old and new text share, word by word, from the first marked word that is
    still there to the last one."""
    text = _text(parts)
    old, new = _words(f"{spot.before}\0{spot.quote}\0{spot.after}"), _words(text)
    marked = _marked(spot)
    blocks = SequenceMatcher(None, [w for w, *_ in old], [w for w, *_ in new], False)
    kept = [
        new[there + step]
        for here, there, size in blocks.get_matching_blocks()
        for step in range(size)
        if marked[0] <= old[here + step][1] < marked[1]
    ]
    if not kept:
        return None
    start, end = _stretched(spot.quote, kept, text)
    alike = SequenceMatcher(None, spot.quote, text[start:end], False).ratio()
    return _found(CHANGED, parts, start, end) if alike >= ALIKE else None


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(each[0], each.start(), each.end()) for each in re.finditer(r"\w+|[^\w\s\0]", text)]


def _marked(spot: Spot) -> tuple[int, int]:
    """From where to where the quote stands between its surroundings."""
    start = len(spot.before) + 1
    return start, start + len(spot.quote)


def _stretched(quote: str, kept: list[tuple[str, int, int]], text: str) -> tuple[int, int]:
    """From the first kept word to the last; a first or last word that was replaced is taken in
    where that makes the stretch more like the old words."""
    start, end = kept[0][1], kept[-1][2]
    ratio = SequenceMatcher(None, quote, text[start:end], False).ratio
    best, place = ratio(), (start, end)
    earlier = text.rfind(" ", 0, max(0, start - 1)) + 1
    later = text.find(" ", end + 1)
    later = len(text) if later < 0 else later
    for one, other in ((earlier, end), (start, later), (earlier, later)):
        like = SequenceMatcher(None, quote, text[one:other], False).ratio()
        if like > best:
            best, place = like, (one, other)
    return place


def plain(text: str) -> str:
    """What a search compares: small letters without accents, single spaces."""
    signs = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
