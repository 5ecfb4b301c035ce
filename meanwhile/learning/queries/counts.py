"""The counting itself, in the database: both axes per unit, over what is in the course now."""

from typing import Any

from django.db.models import Count, Q

from meanwhile.courses.models import Block
from meanwhile.learning.models import BlockState
from meanwhile.learning.progress import STUCK_AFTER, Figures

PUBLISHED = Q(
    block__removed_at=None,
    block__lesson__removed_at=None,
    block__lesson__draft=False,
    block__lesson__unit__removed_at=None,
)
"""As `Block.objects.published()`, from a row that refers to a block."""
ANSWERED = Q(block__answers=True, tries__gt=0)


def wholes(course: int) -> dict[int, Figures]:
    """What there is to do in each unit of a course, in order. One query."""
    rows = Block.objects.published().filter(lesson__course=course)
    counted = rows.values("lesson__unit", "lesson__unit__position").annotate(
        total=Count("pk"), questions=Count("pk", filter=Q(answers=True))
    )
    return {
        row["lesson__unit"]: Figures(total=row["total"], questions=row["questions"])
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
