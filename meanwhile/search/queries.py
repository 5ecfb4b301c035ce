"""What a search finds for somebody, and what may follow what they type."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from meanwhile.core.rules import visible
from meanwhile.people.who import Who
from meanwhile.search.engines import Term, engine
from meanwhile.search.lexicon import KEPT, Words, completions, nearest, rarity
from meanwhile.search.models import Lexicon, Paper, Passage
from meanwhile.search.ranking import Asked, Candidate, counts_of, in_order
from meanwhile.search.snippets import Segment, Snippet, snippet_of
from meanwhile.search.sources import SOURCES, Place, Spot
from meanwhile.search.words import Token, fold, is_gapless, stem, tokens

LONGEST_QUESTION = 500
MOST_WORDS = 40
MOST_CANDIDATES = 100
A_PAGE = 10
MOST_SUGGESTIONS = 7
SHORTEST_START = 2
MOST_BEGUN = 8
WORTH = {"question": 0.7}
AROUND = 1200
"""Passages that the stems asked of the database may stand in, together: the rare ones first. With more
of them it takes longer and finds no better (bench/search.py)."""


@dataclass(frozen=True)
class Result:
    """A passage that was found, and where it opens."""

    place: Place
    title: list[Segment]
    snippet: Snippet
    kind: str
    language: str


@dataclass
class Found:
    """What a search found. `instead`: words that stand nowhere, and what was looked for instead."""

    typed: str
    results: list[Result] = field(default_factory=list)
    page: Page | None = None
    instead: list[tuple[str, str]] = field(default_factory=list)
    nothing_to_search: bool = False

    @property
    def count(self) -> int:
        return self.page.paginator.count if self.page else 0


@dataclass
class Lexica:
    """The words this person may be told of, in the languages they are in."""

    scopes: list[str]
    languages: list[str]
    words: list[Words]
    by_scope: dict[tuple[str, str], Words]

    @property
    def passages(self) -> int:
        return sum(words.passages for words in self.words)

    @property
    def usual_length(self) -> float:
        return max(1.0, sum(words.length for words in self.words) / max(1, self.passages))

    def standing(self, stems: Iterable[str]) -> int:
        """In how many passages one of these stems stands, at most."""
        return sum(words.stems.get(each, 0) for words in self.words for each in stems)

    def knows(self, folded: str) -> set[str]:
        """The stems of a word as it is written here, accents or not."""
        return {words.words[folded][1] for words in self.words if folded in words.words}


def lexica_of(who: Who) -> Lexica:
    """Two queries, a third for words that are not in memory, and one for each source."""
    asked = [(name, scope) for name, source in SOURCES.items() for scope in source.where(who)]
    scopes = sorted({scope for _name, scope in asked})
    rows = Lexicon.objects.filter(scope__in=scopes).order_by("pk").defer("words")
    held = [row for row in rows if (row.source, row.scope) in set(asked)] if scopes else []
    kept = {row.pk: KEPT.get(row.pk, row.version) for row in held}
    missing = [pk for pk, words in kept.items() if words is None]
    for row in Lexicon.objects.filter(pk__in=missing) if missing else ():
        words = kept[row.pk] = Words.unpacked(bytes(row.words))
        KEPT.put(row.pk, row.version, words)
    by_scope = {
        (row.source, row.scope): known for row in held if (known := kept[row.pk]) is not None
    }
    languages = sorted({language for row in held for language in row.languages})
    return Lexica(scopes, languages, list(by_scope.values()), by_scope)


# --- what was asked -------------------------------------------------------------------------


@dataclass(frozen=True)
class Meant:
    """The question as the index understands it."""

    asked: list[Asked]
    instead: list[tuple[str, str]]


def meant_by(typed: str, lexica: Lexica) -> Meant:
    """Each word as the stems it may stand as; one that stands nowhere as the word it begins, else
    as the word that was probably meant."""
    asked, instead = [], []
    for token in _words(typed, lexica):
        stems = _stems(token, lexica)
        standing = lexica.standing(stems)
        if not standing:
            stems = _begun(token, lexica)
        if not stems and (other := nearest(token.folded, lexica.words)):
            instead.append((typed[token.start : token.end], other))
            stems = lexica.knows(fold(other))
        standing = lexica.standing(stems)
        if standing:
            asked.append(Asked(frozenset(stems), rarity(lexica.passages, standing)))
    return Meant(asked, instead)


def _words(typed: str, lexica: Lexica) -> list[Token]:
    """The words that say something in each of the languages; all of them where none does."""
    typed = typed[:LONGEST_QUESTION]
    every = list(tokens(typed, ""))[:MOST_WORDS]
    quiet: set[int] = set()
    for language in lexica.languages:
        quiet |= {token.start for token in tokens(typed, language) if not token.stem}
    return [token for token in every if token.start not in quiet] or every


def _stems(token: Token, lexica: Lexica) -> set[str]:
    if is_gapless(token.shown):
        return {token.folded}
    return {stem(token.shown, language) for language in lexica.languages} | lexica.knows(
        token.folded
    )


def _begun(token: Token, lexica: Lexica) -> set[str]:
    """The stems of the most frequent words that begin so: it is not finished, or one sign of a
    writing without gaps."""
    if len(token.folded) <= SHORTEST_START and not is_gapless(token.shown):
        return set()
    begun = completions(token.folded, lexica.words, MOST_BEGUN)
    return set().union(*(lexica.knows(fold(word)) for word in begun))


# --- what is found --------------------------------------------------------------------------


def search(who: Who, typed: str, page: str = "1") -> Found:
    """The passages this person may see that answer what they typed, the best first, each block once.

    A constant number of queries: the scopes, their words, the candidates, the rows that the rules
    let them see, and the places these open at.
    """
    typed = typed.strip()[:LONGEST_QUESTION]
    lexica = lexica_of(who)
    if not lexica.passages:
        return Found(typed, nothing_to_search=True)
    meant = meant_by(typed, lexica)
    found = Found(typed, instead=meant.instead)
    if not meant.asked:
        return found
    rows = _candidates(who, meant.asked, lexica)
    ordered = _in_order(rows, meant.asked, lexica)
    stems = frozenset().union(*(word.stems for word in meant.asked))
    found.page = Paginator(ordered, A_PAGE).get_page(page)
    found.results = list(_results(who, found.page, stems))
    return found


def _candidates(who: Who, asked: Sequence[Asked], lexica: Lexica) -> list[Passage]:
    keys = engine().candidates(_terms(asked, lexica), lexica.scopes, MOST_CANDIDATES)
    return list(visible(who, Passage).filter(pk__in=keys))


def _terms(asked: Sequence[Asked], lexica: Lexica) -> list[Term]:
    """The rarest stems first, and no more than are needed: a word that stands in most passages
    orders what is found (ranking.py) and need not find it."""
    terms: dict[str, Term] = {}
    standing = 0
    for word in sorted(asked, key=lambda word: -word.rarity):
        if terms and standing > AROUND:
            break
        known = [each for each in sorted(word.stems - set(terms)) if lexica.standing([each])]
        terms |= {each: Term(each, word.rarity) for each in known}
        standing += lexica.standing(known)
    return list(terms.values())


def _in_order(rows: Sequence[Passage], asked: Sequence[Asked], lexica: Lexica) -> list[Passage]:
    """The best passage of each item, the best item first."""
    candidates = []
    for row in rows:
        counts = counts_of(row.title_stems, row.text_stems)
        words = lexica.by_scope.get((row.source, row.scope)) or Words()
        worth = WORTH.get(row.kind, 1.0)
        candidates.append(Candidate(row.pk, counts, words.rarities, worth))
    by_key = {row.pk: row for row in rows}
    best: dict[tuple[str, str, str], Passage] = {}
    for key in in_order(asked, candidates, lexica.usual_length):
        row = by_key[key]
        best.setdefault((row.source, row.scope, row.key), row)
    return list(best.values())


def _results(who: Who, rows: Iterable[Passage], stems: frozenset[str]) -> Iterator[Result]:
    spots = [(Spot(row, made.anchor), made) for row in rows for made in [snippet_of(row, stems)]]
    places: dict[int, Place] = {}
    for name, source in SOURCES.items():
        mine = [spot for spot, _snippet in spots if spot.passage.source == name]
        if mine:
            places |= source.places(who, mine)
    for spot, snippet in spots:
        place = places.get(spot.passage.pk)
        if place is not None:
            title = snippet.marked(place.title)
            yield Result(place, title, snippet, spot.passage.kind, spot.passage.language)


# --- typing help ----------------------------------------------------------------------------


def suggestions(who: Who, typed: str) -> list[str]:
    """What the question may become: its last word finished, as words stand in what this person may
    see. Nothing for less than two letters."""
    typed = typed.lstrip()[:LONGEST_QUESTION]
    last = next(iter(list(tokens(typed, ""))[-1:]), None)
    if last is None or last.end != len(typed):
        return []
    if len(last.folded) < SHORTEST_START and not is_gapless(last.shown):
        return []
    before = typed[: last.start]
    words = completions(last.folded, lexica_of(who).words, MOST_SUGGESTIONS)
    return [before + word for word in words if fold(word) != last.folded]


# --- papers ---------------------------------------------------------------------------------


def pages_of_papers(names: Sequence[str]) -> dict[str, list[str]]:
    """The pages of those that have been read, by the name of their contents. One query."""
    return dict(Paper.objects.filter(sha256__in=names).values_list("sha256", "pages"))


def papers_read() -> QuerySet[Paper, Any]:
    """The names of all that have been read, for a subquery."""
    return Paper.objects.values("sha256")
