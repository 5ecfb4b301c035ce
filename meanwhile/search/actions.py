"""Writing the index: a scope is brought up to date, or all of them are."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.search.lexicon import Words
from meanwhile.search.models import Lexicon, Paper, Passage
from meanwhile.search.papers import pages_of
from meanwhile.search.sources import SOURCES, Item
from meanwhile.search.words import stems

TITLE_LENGTH = 500
AT_ONCE = 200


def index_scope(source: str, scope: str) -> int:
    """Bring the passages of a scope up to date: only items whose print changed are cut anew.
    The number of items that were.

    Cutting and counting takes seconds for a large course, in which nobody else could write to an
    SQLite: so it is done before the transaction, and again where somebody else changed the same
    scope in between.
    """
    while True:
        change = _worked_out(source, scope)
        with writing():
            lexicon, _made = Lexicon.objects.get_or_create(source=source, scope=scope)
            lexicon = Lexicon.objects.select_for_update().get(pk=lexicon.pk)
            if lexicon.version != change.version:
                continue
            if change.keys:
                _write(lexicon, change)
            if change.empty:
                lexicon.delete()
            return len(change.keys)


@dataclass(frozen=True)
class _Change:
    """What is to be written. `version`: of the lexicon it was worked out from, 0 for none."""

    version: int
    keys: list[str]
    rows: list[Passage]
    words: Words
    empty: bool


def _worked_out(source: str, scope: str) -> _Change:
    lexicon = Lexicon.objects.filter(source=source, scope=scope).first()
    words = Words.unpacked(bytes(lexicon.words)) if lexicon else Words()
    known = _prints(source, scope)
    items = list(SOURCES[source].items(scope))
    changed = [item for item in items if known.get(item.key) != item.print]
    gone = set(known) - {item.key for item in items}
    keys = sorted(gone | {item.key for item in changed})
    for some in batched(keys, AT_ONCE):
        _count(words, Passage.objects.filter(source=source, scope=scope, key__in=some), -1)
    rows = [row for item in changed for row in _rows(source, scope, item)]
    _count(words, rows, 1)
    return _Change(lexicon.version if lexicon else 0, keys, rows, words, not items)


def _prints(source: str, scope: str) -> dict[str, str]:
    rows = Passage.objects.filter(source=source, scope=scope)
    return dict(rows.order_by("key").values_list("key", "print").distinct())


def _write(lexicon: Lexicon, change: _Change) -> None:
    mine = Passage.objects.filter(source=lexicon.source, scope=lexicon.scope)
    for keys in batched(change.keys, AT_ONCE):
        mine.filter(key__in=keys).delete()
    Passage.objects.bulk_create(change.rows, batch_size=AT_ONCE)
    lexicon.words = change.words.packed()
    lexicon.version = secrets.randbits(62)
    lexicon.languages = sorted(mine.order_by().values_list("language", flat=True).distinct())
    lexicon.save()


def _count(words: Words, rows: Iterable[Passage], by: int) -> None:
    for row in rows:
        if row.text or row.title:
            words.count(row.title, row.text, row.language, by)


def batched(keys: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (keys[at : at + most] for at in range(0, len(keys), most))


def _rows(source: str, scope: str, item: Item) -> list[Passage]:
    """An item without words is kept as one empty passage, so that it is not cut again and again."""
    cuts = list(item.cuts())
    return [
        Passage(
            source=source,
            scope=scope,
            key=item.key,
            row=item.row,
            place=place,
            print=item.print,
            kind=cut.kind if cut else "none",
            language=item.language,
            title=cut.title[:TITLE_LENGTH] if cut else "",
            text=cut.text if cut else "",
            spots=[list(spot) for spot in cut.spots] if cut else [],
            title_stems=" ".join(stems(cut.title[:TITLE_LENGTH], item.language)) if cut else "",
            text_stems=" ".join(stems(cut.text, item.language)) if cut else "",
        )
        for place, cut in enumerate(cuts or [None])
    ]


def index_everything(anew: bool = False) -> dict[str, int]:
    """Bring every scope of every source up to date, and forget those that are gone. `anew`: from
    nothing. How many items changed, by scope."""
    wanted = {name: list(source.scopes()) for name, source in SOURCES.items()}
    known: dict[str, set[str]] = defaultdict(set)
    for source, scope in Lexicon.objects.values_list("source", "scope"):
        known[source].add(scope)
    for source, scope in Passage.objects.order_by().values_list("source", "scope").distinct():
        known[source].add(scope)
    for source, held in known.items():
        for scope in held - (set() if anew else set(wanted.get(source, ()))):
            forget_scope(source, scope)
    changed = {}
    for source, scopes in wanted.items():
        for scope in scopes:
            changed[scope] = index_scope(source, scope)
    return changed


def freshen() -> int:
    """What a reaction may have missed, as a chore: how many parts had changed."""
    return sum(index_everything().values())


def read_papers(most: int = 30) -> int:
    """Read the papers that nobody has read yet, outside any transaction, and index what they are
    in. The number that were read: no more than `most` at a time."""
    found = [
        (name, scope, blob) for name, source in SOURCES.items() for scope, blob in source.papers()
    ][:most]
    for _name, _scope, blob in found:
        pages, problem = pages_of(blob)
        facts = {"pages": pages, "problem": problem, "read_at": clock.now()}
        Paper.objects.get_or_create(sha256=blob.sha256, defaults=facts)
    for name, scope in {(name, scope) for name, scope, _blob in found}:
        index_scope(name, scope)
    return len(found)


def forget_scope(source: str, scope: str) -> None:
    with writing():
        Passage.objects.filter(source=source, scope=scope).delete()
        Lexicon.objects.filter(source=source, scope=scope).delete()
