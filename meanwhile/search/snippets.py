"""The words around what was found, with it marked, and the spot they stand at."""

from collections.abc import Sequence
from dataclasses import dataclass

from meanwhile.search.models import Passage
from meanwhile.search.words import Token, tokens

LONGEST = 260
"""How many signs of a passage are shown."""


@dataclass(frozen=True)
class Segment:
    """Some words, and whether they were asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Snippet:
    """A piece of a passage. `anchor`: the last spot that begins before what was found."""

    segments: list[Segment]
    anchor: str
    stems: frozenset[str]
    language: str
    cut_before: bool = False
    cut_after: bool = False

    def marked(self, words: str) -> list[Segment]:
        """Other words of the same result, such as its title, marked the same way."""
        return marked(words, [*tokens(words, self.language)], self.stems)


def snippet_of(passage: Passage, stems: frozenset[str]) -> Snippet:
    """The stretch of a passage in which most of the words stand that were asked for."""
    text = passage.text
    found = [token for token in tokens(text, passage.language) if token.stem in stems]
    start, end = window(text, found)
    inside = [
        Token(token.start - start, token.end - start, token.shown, token.folded, token.stem)
        for token in found
        if start <= token.start and token.end <= end
    ]
    first = next((token.start for token in found if start <= token.start < end), start)
    return Snippet(
        marked(text[start:end], inside, stems),
        anchor_at(passage.spots, first),
        stems,
        passage.language,
        cut_before=start > 0,
        cut_after=end < len(text),
    )


def window(text: str, found: Sequence[Token]) -> tuple[int, int]:
    """From where to where to show: begins a little before the first of them, at a word's edge."""
    if len(text) <= LONGEST:
        return 0, len(text)
    best, most = 0, -1
    for at, token in enumerate(found):
        kinds = {each.stem for each in found[at:] if each.end <= token.start + LONGEST * 3 // 4}
        if len(kinds) > most:
            best, most = token.start, len(kinds)
    start = 0
    if best > LONGEST // 5:
        edge = text.find(" ", best - LONGEST // 5, best)
        start = edge + 1 if edge >= 0 else best
    if start + LONGEST >= len(text):
        return start, len(text)
    edge = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
    return start, edge if edge > 0 else start + LONGEST


def marked(text: str, found: Sequence[Token], stems: frozenset[str]) -> list[Segment]:
    """The text in pieces, those that were asked for marked. Neighbours that touch are one."""
    pieces: list[Segment] = []
    at = 0
    for token in found:
        if token.stem not in stems or token.end <= at:
            continue
        start = max(token.start, at)
        if start > at:
            pieces.append(Segment(text[at:start]))
        if pieces and pieces[-1].marked and start == at:
            pieces[-1] = Segment(pieces[-1].text + text[start : token.end], True)
        else:
            pieces.append(Segment(text[start : token.end], True))
        at = token.end
    if at < len(text):
        pieces.append(Segment(text[at:]))
    return pieces


def anchor_at(spots: Sequence[Sequence[object]], offset: int) -> str:
    """The last spot that begins at or before an offset."""
    anchor = ""
    for start, name in spots:
        if anchor and isinstance(start, int) and start > offset:
            break
        anchor = str(name)
    return anchor
