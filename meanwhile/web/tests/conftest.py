"""What the tests of these pages share: somebody's work as rows, and the school's other things."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from meanwhile.core import clock
from meanwhile.courses.models import Block, Offering
from meanwhile.learning.actions.counts import recount_course
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.people.models import Person


@pytest.fixture
def worked(cast) -> Callable[..., Participation]:
    """`worked(person, parts=6, right=False, days=2)`: the first parts of the course are done, the
    questions among them answered right or not, the last act so many days ago."""

    def work(
        person: Person,
        *,
        offering: Offering | None = None,
        parts: int = 3,
        right: bool = True,
        days: float = 0,
        wrong_run: int = 1,
    ) -> Participation:
        offering = offering or cast.offering
        blocks = list(
            Block.objects.published()
            .filter(lesson__course=offering.course)
            .select_related("lesson")
            .order_by("lesson__unit__position", "lesson__position", "position")
        )
        at = clock.now() - timedelta(days=days)
        place = blocks[min(parts, len(blocks) - 1)]
        row = Participation.objects.create(
            person=person, offering=offering, started_at=at, last_active_at=at,
            unit=place.lesson.unit, lesson=place.lesson, block=place,
        )  # fmt: skip
        for block in blocks[:parts]:
            asked = block.answers
            BlockState.objects.create(
                participation=row, block=block, done_at=at, tries=wrong_run if asked else 0,
                right=right if asked else None, score=float(right) if asked else None,
                wrong_run=0 if right else wrong_run, answered_at=at if asked else None,
            )  # fmt: skip
            if asked:
                Answer.objects.create(
                    participation=row, block=block, score=float(right), right=right, at=at,
                    response={"choice": "deeper" if right else "same"}, confidence=2, edition=1,
                )  # fmt: skip
        recount_course(offering.course_id)
        row.refresh_from_db()
        return row

    return work


@pytest.fixture
def text() -> Callable[..., str]:
    """The words of a page, with single spaces."""
    import re
    from html import unescape

    def words(response) -> str:
        plain = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", response.content.decode())
        return " ".join(unescape(plain).split())

    return words
