"""Sends the same deeds again and again from many threads at once, and says what came of it.

    python -m meanwhile.learning.tests.hammer OPS TRIES

on a database of its own (DATABASE_URL); test_once.py runs it.
"""

import json
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

THREADS = 16


def prepare() -> tuple:
    """A learner, an offering and a question to answer."""
    from meanwhile.courses.models import Block, Offering
    from meanwhile.people.who import Who
    from meanwhile.testing import make_cast

    cast = make_cast()
    offering = Offering.objects.select_related("course", "cohort").get(pk=cast.offering.pk)
    block = Block.objects.select_related("lesson__unit").filter(answers=True).first()
    return Who(cast.amina), offering, block


def hammer(ops: int, tries: int) -> dict:
    """Every op `tries` times over, from sixteen threads; then once more with another body."""
    from django.db import connection
    from django.http import QueryDict

    from meanwhile.core.receipts import DifferentDeed, do_once
    from meanwhile.learning import actions
    from meanwhile.learning.models import Answer, BlockState, Participation

    who, offering, block = prepare()
    actor = str(who.pk)

    def send(op: int) -> tuple[int, str]:
        def deed() -> dict:
            sent = QueryDict(f"choice={'deeper' if op % 3 else 'same'}")
            return {"answer": actions.answer(who, offering, block, sent, None).answer.pk}

        kept = do_once(actor, f"op-{op}", "learning.answer", f"print-{op}", deed)
        return op, f"{kept.result} {kept.received_at.isoformat()}"

    def other(op: int) -> bool:
        try:
            do_once(actor, f"op-{op}", "learning.answer", "another body", dict)
        except DifferentDeed:
            return True
        return False

    with ThreadPoolExecutor(THREADS) as pool:
        receipts = defaultdict(set)
        for op, receipt in pool.map(send, [op for op in range(ops) for _try in range(tries)]):
            receipts[op].add(receipt)
        refused = sum(pool.map(other, range(ops)))
        # each thread once: it waits for the others before it closes its own connection
        together = Barrier(THREADS)
        list(pool.map(lambda _n: (together.wait(30), connection.close()), range(THREADS)))
    return {
        "answers": Answer.objects.count(),
        "tries": BlockState.objects.get(block=block).tries,
        "answered": Participation.objects.get().answered,
        "most_receipts": max(len(found) for found in receipts.values()),
        "refused": refused,
    }


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(hammer(int(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
