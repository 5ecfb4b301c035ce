"""What is kept on a participation, worked out afresh."""

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.actions import hold_course
from meanwhile.learning.models import Participation
from meanwhile.learning.queries.counts import COUNTED, count_over

AT_ONCE = 200
KEPT = (*COUNTED, "finished_at", "counted_in")


def recount(
    course: int, edition: int, joined: list[Participation], also: tuple[str, ...] = ()
) -> None:
    """Set and store the counts of these participations in a course.

    The caller holds the course in this edition and has locked the rows. Counting is a constant
    number of queries, and each row whose counts moved is one update. `also` names columns that the
    caller has set and that are stored along, so that one deed is one update.
    """
    before = {row.pk: _kept(row) for row in joined}
    count_over(course, edition, joined)
    now = clock.now()
    for row in joined:
        if row.finished and row.finished_at is None:
            row.finished_at = now
    moved = [row for row in joined if also or _kept(row) != before[row.pk]]
    for row in moved:  # not bulk_update: a CASE over seven columns costs four times as much
        row.save(update_fields=[*KEPT, *also])
    same = before.keys() - {row.pk for row in moved}
    if same:
        Participation.objects.filter(pk__in=same).update(counted_in=edition)


def _kept(row: Participation) -> tuple[object, ...]:
    return (*(getattr(row, name) for name in COUNTED), row.finished_at)


def recount_course(course: int) -> int:
    """Set the counts of everybody in a course that were made for another edition of it. How many.

    A transaction for each two hundred people, so that nobody waits for all of them. Stopped half
    way, it is simply done again. Nobody is passed over: whoever joins holds the course first, so
    they are there before it changes, or count over what it has become.
    """
    total = 0
    while counted := _recount_some(course):
        total += counted
    return total


def _recount_some(course: int) -> int:
    with writing():
        edition = hold_course(course)
        stale = Participation.objects.filter(offering__course=course).exclude(counted_in=edition)
        batch = list(stale.order_by("pk").select_for_update(of=("self",))[:AT_ONCE])
        if batch:
            recount(course, edition, batch)
    return len(batch)
