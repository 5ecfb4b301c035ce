"""The counting itself, in the database: both axes per unit, over what is in the course now."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, FilteredRelation, Q

from meanwhile.courses.models import Block, Offering
from meanwhile.learning.models import BlockState, Participation
from meanwhile.learning.progress import STUCK_AFTER, Figures, standing

PUBLISHED = Q(
    block__removed_at=None,
    block__lesson__removed_at=None,
    block__lesson__draft=False,
    block__lesson__unit__removed_at=None,
    block__instead_of=None,
)
"""As `Block.objects.counted()`, from a row that refers to a block."""
ANSWERED = Q(block__answers=True, tries__gt=0)
COUNTED = ("done", "answered", "right", "finished", "stuck_on_id", "shaky_in_id")
"""The columns of a participation that `count_over` sets."""


def wholes(course: int) -> dict[int, Figures]:
    """What there is to do in each unit of a course, in order. One query."""
    rows = Block.objects.counted().filter(lesson__course=course)
    counted = rows.values("lesson__unit", "lesson__unit__position").annotate(
        total=Count("pk"), questions=Count("pk", filter=Q(answers=True))
    )
    return {
        row["lesson__unit"]: Figures(total=row["total"], questions=row["questions"])
        for row in counted.order_by("lesson__unit__position", "lesson__unit")
    }


def units_of(course: int, participation: int) -> dict[int, Figures]:
    """Figures of one participation for each unit of a course, in order. One query."""
    mine = FilteredRelation("states", condition=Q(states__participation=participation))
    rows = Block.objects.counted().filter(lesson__course=course).annotate(mine=mine)
    tried = Q(answers=True, mine__tries__gt=0)
    counted = rows.values("lesson__unit", "lesson__unit__position").annotate(
        total=Count("pk"),
        done=Count("pk", filter=Q(mine__done_at__isnull=False)),
        questions=Count("pk", filter=Q(answers=True)),
        answered=Count("pk", filter=tried),
        right_now=Count("pk", filter=tried & Q(mine__right=True)),
    )
    return {
        row["lesson__unit"]: Figures(
            row["total"], row["done"], row["questions"], row["answered"], row["right_now"]
        )
        for row in counted.order_by("lesson__unit__position", "lesson__unit")
    }


def cells(of: Q, by: str, units: dict[int, Figures]) -> dict[int, dict[int, Figures]]:
    """Figures by `by` ("participation" or "participation__person") and unit. One query.

    `of` chooses the states; a row or a unit without any state is absent.
    """
    rows = BlockState.objects.filter(of & PUBLISHED).values(by, "block__lesson__unit")
    counted = rows.annotate(
        done=Count("pk", filter=Q(done_at__isnull=False)),
        answered=Count("pk", filter=ANSWERED),
        right_now=Count("pk", filter=ANSWERED & Q(right=True)),
    )
    found: dict[int, dict[int, Figures]] = {}
    for row in counted.order_by():
        unit = row["block__lesson__unit"]
        if unit in units:
            found.setdefault(row[by], {})[unit] = _within(units[unit], row)
    return found


def _within(whole: Figures, row: dict[str, Any]) -> Figures:
    """The counts of a row, kept inside the whole: a lesson may be published between two queries."""
    done, answered = min(row["done"], whole.total), min(row["answered"], whole.questions)
    right = min(row["right_now"], answered)
    return Figures(whole.total, done, whole.questions, answered, right)


def stuck(participations: list[int]) -> dict[int, int]:
    """The question each is stuck on, of several the latest. One query."""
    rows = BlockState.objects.filter(PUBLISHED & ANSWERED, participation__in=participations)
    stuck = rows.filter(right=False, wrong_run__gte=STUCK_AFTER).order_by("answered_at", "block")
    return dict(stuck.values_list("participation", "block"))


def count_over(course: int, edition: int, rows: list[Participation]) -> None:
    """Set on these participations what is counted over the course as it is now, which is this
    edition or a later one. Nothing is stored. Two queries for one row, three for more."""
    if len(rows) == 1:
        theirs = {rows[0].pk: units_of(course, rows[0].pk)}
        units = theirs[rows[0].pk]
    else:
        units = wholes(course)
        theirs = cells(Q(participation__in=rows), "participation", units)
    stuck_on = stuck([row.pk for row in rows])
    for row in rows:
        found = standing((units | theirs.get(row.pk, {})).items())
        row.done, row.answered, row.right = found.done, found.answered, found.right
        row.finished, row.counted_in = found.finished, edition
        row.stuck_on_id, row.shaky_in_id = stuck_on.get(row.pk), found.shaky_in


def as_of_now(rows: Iterable[Participation], offerings: Iterable[Offering]) -> list[Participation]:
    """These participations in these offerings (each with its course), with the counts over the
    course as it is now. Nothing is stored. No query; three for an offering whose course was
    changed a moment ago and is not counted afresh for everybody yet."""
    rows = list(rows)
    for offering in offerings:
        course = offering.course
        stale = [r for r in rows if r.offering_id == offering.pk and r.counted_in != course.edition]
        if stale:
            count_over(course.pk, course.edition, stale)
    return rows
