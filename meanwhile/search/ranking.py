"""The order of what was found, the same for both databases: BM25, then what the best have in common.

Two steps over some hundred candidates, in plain Python:

1. BM25 over title and text together, the title's words counted twice (Robertson, Zaragoza and
   Taylor, Simple BM25 extension to multiple weighted fields, CIKM 2004).
2. Pseudo-relevance feedback after Rocchio (Relevance feedback in information retrieval, 1971): the
   best passages, as vectors of their own words, are added up to what the question is about; each
   candidate's nearness to that (the cosine) is mixed in. So a passage that says it in other words
   comes up, from nothing but the course's own text.

How the figures were chosen and what was tried instead: docs/decisions/0011-search.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import log, sqrt
from operator import mul

SATURATION = 2.0
"""k1 of BM25: how much a word's second and third time still count."""
LENGTH = 0.75
"""b of BM25: how much a long passage has to say a word more often."""
TITLE = 2
BEST = 20
"""How many of the best say what the question is about."""
SHARPNESS = 2
"""How much more the very best of them say: their score to this power."""
MIX = 0.6
"""How much of the final score is nearness to the best, the rest is BM25."""

Vector = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """A word of the question: the stems it may stand as, and how rare they are together."""

    stems: frozenset[str]
    rarity: float


@dataclass(frozen=True)
class Candidate:
    key: int
    counts: Mapping[str, int]
    """How often each stem stands in it, the title's counted twice."""
    rarities: Mapping[str, float]
    """How rare each stem is where it is from."""
    worth: float = 1.0
    """What its score counts: a question asks for what is looked for, and does not say it."""


def counts_of(title_stems: str, text_stems: str) -> Counter[str]:
    counts = Counter(text_stems.split())
    for stem in title_stems.split():
        counts[stem] += TITLE
    return counts


def bm25(asked: Sequence[Asked], candidate: Candidate, usual_length: float) -> float:
    """How well a passage answers. `usual_length`: of a passage, in stems."""
    length = sum(candidate.counts.values())
    slack = SATURATION * (1 - LENGTH + LENGTH * length / usual_length)
    score = 0.0
    for word in asked:
        times = sum(candidate.counts.get(stem, 0) for stem in word.stems)
        score += word.rarity * times * (SATURATION + 1) / (times + slack)
    return score


def vector(candidate: Candidate) -> Vector:
    """Its stems, each (1 + ln times) × rarity, of length 1."""
    rare = candidate.rarities.get
    found = {
        stem: rare(stem, 0.0) * (1 + log(times) if times > 1 else 1)
        for stem, times in candidate.counts.items()
    }
    values = found.values()
    length = sqrt(sum(map(mul, values, values))) or 1.0
    return {stem: value / length for stem, value in found.items()}


def in_order(
    asked: Sequence[Asked], candidates: Sequence[Candidate], usual_length: float
) -> list[int]:
    """Keys of the candidates, the best first."""
    scores = {each.key: bm25(asked, each, usual_length) for each in candidates}
    top = max(scores.values(), default=0.0)
    if not top:
        return [each.key for each in candidates]
    base = {key: score / top for key, score in scores.items()}
    vectors = {each.key: vector(each) for each in candidates}
    middle: Vector = {}
    for key in sorted(base, key=lambda key: (-base[key], key))[:BEST]:
        share = base[key] ** SHARPNESS
        for stem, value in vectors[key].items():
            middle[stem] = middle.get(stem, 0.0) + share * value
    near = {
        key: sum(map(mul, found.values(), map(middle.get, found, repeat(0.0))))
        for key, found in vectors.items()
    }
    nearest = max(near.values()) or 1.0
    final = {
        each.key: each.worth * ((1 - MIX) * base[each.key] + MIX * near[each.key] / nearest)
        for each in candidates
    }
    return sorted(final, key=lambda key: (-final[key], key))
