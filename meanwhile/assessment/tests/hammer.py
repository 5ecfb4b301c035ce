"""Hands in the same work again and again from many threads at once, and says what came of it.

    python -m meanwhile.assessment.tests.hammer OPS TRIES

on a database of its own (DATABASE_URL); test_once.py runs it.
"""

import json
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

THREADS = 16


def prepare(ops: int) -> tuple:
    """A learner, an offering and as many tasks as there are hand-ins."""
    from meanwhile.courses.models import Block, Lesson, Offering
    from meanwhile.people.who import Who
    from meanwhile.testing import make_cast, make_task

    cast = make_cast()
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    tasks = [make_task(lesson, f"task-{n}").pk for n in range(ops)]
    offering = Offering.objects.select_related("course", "cohort").get(pk=cast.offering.pk)
    blocks = Block.objects.select_related("lesson__unit").in_bulk(tasks)
    return Who(cast.amina), offering, [blocks[pk] for pk in tasks]


def hammer(ops: int, tries: int) -> dict:
    """Every hand-in `tries` times over, from sixteen threads; then once more with another body."""
    from django.db import connection

    from meanwhile.assessment import actions
    from meanwhile.assessment.models import Submission
    from meanwhile.core.models import EventRow
    from meanwhile.core.receipts import DifferentDeed, do_once

    who, offering, tasks = prepare(ops)
    actor = str(who.pk)

    def send(op: int) -> tuple[int, str]:
        def deed() -> dict:
            made = actions.hand_in(who, offering, tasks[op], {"text": f"Work {op}"}, None)
            return {"submission": made.pk, "code": made.code}

        kept = do_once(actor, f"op-{op}", "assessment.hand_in", f"print-{op}", deed)
        # PostgreSQL keeps the keys of a result in an order of its own
        return op, f"{sorted(kept.result.items())} {kept.received_at.isoformat()}"

    def other(op: int) -> bool:
        try:
            do_once(actor, f"op-{op}", "assessment.hand_in", "another body", dict)
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
        "hand_ins": Submission.objects.count(),
        "standing": Submission.objects.standing().count(),
        "said": EventRow.objects.filter(name="courses.TaskHandedIn").count(),
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
