"""What is kept on a participation, worked out afresh."""

from django.db.models import Q

from meanwhile.core import clock
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import standing
from meanwhile.learning.queries.counts import cells, stuck, wholes

AT_ONCE = 500
KEPT = ["done", "answered", "right", "finished_at", "stuck_on", "shaky_in"]


def recount(course: int, joined: list[Participation], also: tuple[str, ...] = ()) -> None:
    """Set the counts of these participations in a course, whose rows the caller has locked.

    Three queries and one update, however many they are: exact, from the rows. `also` names columns
    that the caller has set and that are stored along, so that one deed is one update.
    """
    units = wholes(course)
    keys = [row.pk for row in joined]
    theirs = cells(Q(participation__in=keys), "participation", units)
    stuck_on = stuck(keys)
    now = clock.now()
    for row in joined:
        found = standing((units | theirs.get(row.pk, {})).items())
        row.done, row.answered, row.right = found.done, found.answered, found.right
        row.finished_at = (row.finished_at or now) if found.finished else None
        row.stuck_on_id, row.shaky_in_id = stuck_on.get(row.pk), found.shaky_in
    if len(joined) == 1:  # a CASE over six columns costs more to write than to run
        joined[0].save(update_fields=[*KEPT, *also])
    else:
        Participation.objects.bulk_update(joined, [*KEPT, *also])


def recount_course(course: int) -> int:
    """Set the counts of everybody in a course. The number of participations.

    The rows are locked before they are counted, so that a write at the same moment comes either
    before and is counted, or after and counts over the new course itself.
    """
    rows = Participation.objects.filter(offering__course=course).order_by("pk")
    last = 0
    total = 0
    while batch := list(rows.filter(pk__gt=last).select_for_update(of=("self",))[:AT_ONCE]):
        recount(course, batch)
        last, total = batch[-1].pk, total + len(batch)
    return total
