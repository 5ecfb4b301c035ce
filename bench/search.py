"""How well search finds, and how fast.

    .venv/bin/python -m bench.search                     SQLite, in a file of its own
    DATABASE_URL=postgres://… .venv/bin/python -m bench.search

Quality: nDCG@10 on the Cranfield collection (1,400 abstracts, queries with graded judgements), which
lies beside the project in `../shared/data/cranfield` or where the first argument says. Each abstract
becomes a passage of the product's own index, each query is put to the product's own `search()`.

    DCG@10 = sum over ranks i = 1 … 10 of gain(i) / log2(i + 1);  nDCG = DCG / DCG of the best order

Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20
(2002). The gain is the grade (4 for judgement 1 … 1 for judgement 4); beside it the steeper
2^grade - 1 of Burges et al., Learning to rank using gradient descent, ICML 2005.

Speed: a course of 20,000 passages, searched by a learner through the real rules.

Ends with 1 where nDCG@10 is below 0.40 or the median query takes more than 30 ms.
"""

import gzip
import math
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CRANFIELD = ROOT.parent / "shared" / "data" / "cranfield"
LEAST_NDCG = 0.40
MOST_MS = 30.0
PASSAGES = 20_000
AT = 10
FIELDS = re.MULTILINE | re.DOTALL

Grades = dict[int, dict[int, int]]


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CRANFIELD
    if not (folder / "queries.txt").exists():
        print("The Cranfield collection is not there: say where it is.")
        return 1
    with tempfile.TemporaryDirectory(prefix="meanwhile-bench-") as data:
        connection = prepare(Path(data))
        try:
            faults = [*quality(folder), *speed(folder)]
        finally:
            connection.creation.destroy_test_db(":memory:", verbosity=0)
    for fault in faults:
        print(f"does not hold: {fault}")
    return 1 if faults else 0


def prepare(data: Path) -> Any:
    """Django with a database that is made for this and thrown away."""
    os.environ |= {"MEANWHILE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "meanwhile.settings"}
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(data / "bench.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    return connection


# --- quality --------------------------------------------------------------------------------


def quality(folder: Path) -> Iterator[str]:
    from django.db import connection
    from django.db.models import Q

    from meanwhile.people.who import Who
    from meanwhile.search.actions import forget_scope, index_scope
    from meanwhile.search.queries import search
    from meanwhile.search.sources import SOURCES, Cut, Item, Place, Source

    documents = read_documents(folder)

    class Abstracts(Source):
        name = "abstract"

        def scopes(self) -> list[str]:
            return ["cranfield"]

        def items(self, scope: str) -> Iterator[Item]:
            for number, (title, text) in documents.items():
                yield Item(str(number), number, "1", "en", partial(list, [Cut(text, title)]))

        def where(self, who: Who) -> list[str]:
            return ["cranfield"]

        def may(self, who: Who) -> Q:
            return Q()

        def places(self, who: Who, spots: Sequence[Any]) -> dict[int, Place]:
            return {spot.passage.pk: Place("", str(spot.passage.row)) for spot in spots}

    SOURCES["abstract"] = Abstracts()
    started = time.perf_counter()
    index_scope("abstract", "cranfield")
    print(f"{connection.vendor}: {len(documents)} abstracts indexed in {_s(started):.1f} s")
    nobody = Who(None)  # type: ignore[arg-type]
    queries, judged = read_queries(folder), read_judgements(folder)
    orders = {}
    for number, query in queries.items():
        found = search(nobody, query)
        orders[number] = [int(each.place.title) for each in found.results]
    plain = mean_ndcg(orders, judged, lambda grade: grade)
    steep = mean_ndcg(orders, judged, lambda grade: 2**grade - 1)
    print(f"nDCG@10 {plain:.4f} (gain 2^grade - 1: {steep:.4f}), {len(queries)} queries")
    forget_scope("abstract", "cranfield")
    del SOURCES["abstract"]
    if plain < LEAST_NDCG:
        yield f"nDCG@10 is {plain:.4f}, not {LEAST_NDCG}"


def mean_ndcg(orders: dict[int, list[int]], judged: Grades, gain: Callable[[int], float]) -> float:
    return statistics.mean(ndcg(order, judged[number], gain) for number, order in orders.items())


def ndcg(order: Sequence[int], grades: dict[int, int], gain: Callable[[int], float]) -> float:
    """nDCG@10 of an order of documents. `grades`: of those that are relevant, more is better."""
    best = dcg([gain(grade) for grade in sorted(grades.values(), reverse=True)])
    return dcg([gain(grades[each]) if each in grades else 0.0 for each in order]) / best


def dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:AT], 1))


def read_documents(folder: Path) -> dict[int, tuple[str, str]]:
    """Number: title and abstract."""
    found = {}
    with gzip.open(folder / "cran.all.1400.gz", "rt") as file:
        for record in re.split(r"^\.I ", file.read(), flags=re.MULTILINE)[1:]:
            number, rest = record.split("\n", 1)
            fields = dict(re.findall(r"^\.([TABW])\s*\n(.*?)(?=^\.[TABW]\s|\Z)", rest, FIELDS))
            found[int(number)] = (fields.get("T", "").strip(), fields.get("W", "").strip())
    return found


def read_queries(folder: Path) -> dict[int, str]:
    records = re.split(r"^\.I ", (folder / "queries.txt").read_text(), flags=re.MULTILINE)[1:]
    parted = (record.split("\n.W\n", 1) for record in records)
    return {int(number): " ".join(words.split()) for number, words in parted}


def read_judgements(folder: Path) -> Grades:
    """Query: document: grade from 1 to 4, 4 the best (the collection writes it the other way)."""
    judged: Grades = defaultdict(dict)
    for line in (folder / "qrel.txt").read_text().splitlines():
        query, document, code = map(int, line.split()[:3])
        if 1 <= code <= 4:
            judged[query][document] = 5 - code
    return judged


# --- speed ----------------------------------------------------------------------------------


def speed(folder: Path) -> Iterator[str]:
    from django.db import connection

    from meanwhile.courses.models import Block
    from meanwhile.courses.passages import scope_of
    from meanwhile.people.who import Who
    from meanwhile.search.actions import index_scope
    from meanwhile.search.queries import search, suggestions
    from meanwhile.testing import make_cast

    cast = make_cast()
    lessons = list(cast.course.lessons.all())
    words = " ".join(text for _title, text in read_documents(folder).values()).split()
    draw = random.Random(1)
    Block.objects.bulk_create(
        (_block(lessons[n % len(lessons)], n, words, draw) for n in range(PASSAGES)),
        batch_size=500,
    )
    started = time.perf_counter()
    index_scope("lesson", scope_of(cast.course.pk))
    print(f"{PASSAGES} passages indexed in {_s(started):.1f} s")
    Block.objects.filter(uid="many-7").update(rendered={"body": "<p>boundary layer, afresh</p>"})
    started = time.perf_counter()
    index_scope("lesson", scope_of(cast.course.pk))
    print(f"one of them changed and indexed in {_s(started):.1f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    queries = list(read_queries(folder).values())
    yield from _timed("a query", lambda words: search(Who(cast.amina), words), queries)
    slips = [query[:3] + query[4:] for query in queries]
    yield from _timed("a query with a slip", lambda words: search(Who(cast.amina), words), slips)
    starts = [query[:12] for query in queries]
    yield from _timed("suggestions", lambda words: suggestions(Who(cast.amina), words), starts)


def _block(lesson: Any, n: int, words: Sequence[str], draw: random.Random) -> Any:
    from meanwhile.courses.models import Block

    at = draw.randrange(len(words) - 70)
    body = f"<p>{' '.join(words[at : at + 70])}</p>"
    return Block(lesson=lesson, uid=f"many-{n}", kind="text", rendered={"body": body}, position=n)


def _timed(name: str, ask: Callable[[str], Any], queries: Sequence[str]) -> Iterator[str]:
    ask(queries[0])
    took, busy = [], []
    for words in queries:
        started, cpu = time.perf_counter(), time.process_time()
        ask(words)
        took.append(_s(started) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    median, slow = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    said = f"{name}: median {median:.1f} ms, 95 % within {slow:.1f} ms"
    print(f"{said}; of this process's own {statistics.median(busy):.1f} ms")
    if median > MOST_MS:
        yield f"{name} takes {median:.1f} ms, not {MOST_MS:.0f}"


def _s(started: float) -> float:
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
