"""What a learner waits for, what came, and one answer with all that was said about it."""

from dataclasses import dataclass
from typing import Any

from meanwhile.core import clock
from meanwhile.core.rules import get, visible
from meanwhile.feedback.models import Feedback, Promise, Reply
from meanwhile.feedback.queries.marking import Sheet, files_of
from meanwhile.feedback.words import title_of
from meanwhile.people.who import Who

MOST = 50


@dataclass(frozen=True)
class Out:
    """Somebody will answer by then. `why`: the last sentence with which it was moved."""

    title: str
    course: str
    promise: Promise
    why: str

    @property
    def passed(self) -> bool:
        return self.promise.promised_at < clock.now()


@dataclass(frozen=True)
class Back:
    """It came back. `to_do`: nobody has said yet what will be done with it."""

    title: str
    course: str
    feedback: Feedback

    @property
    def to_do(self) -> bool:
        return self.feedback.decided_at is None


def still_out(who: Who) -> list[Out]:
    """By promised time: two queries."""
    rows: Any = (
        visible(who, Promise)
        .filter(kept_at=None, ended_at=None)
        .select_related("block", "offering__course")
        .prefetch_related("moves")
        .order_by("promised_at", "pk")[:MOST]
    )
    return [Out(title_of(r.block), r.offering.course.title, r, _last_words(r)) for r in rows]


def _last_words(row: Promise) -> str:
    moves = list(row.moves.all())
    return moves[-1].words if moves else ""


def came_back(who: Who, most: int = MOST) -> list[Back]:
    """What came, to be decided first, then the newest: one query."""
    rows: Any = (
        visible(who, Feedback)
        .filter(person=who.pk)
        .select_related("block", "offering__course", "marker", "promise")
        .order_by("-released_at")[:MOST]
    )
    found = [Back(title_of(row.block), row.offering.course.title, row) for row in rows]
    return sorted(found, key=lambda each: not each.to_do)[:most]


@dataclass
class Answered(Sheet):
    """Released feedback, as learner, guardian and teachers read it."""

    replies: tuple[Reply, ...] = ()
    is_mine: bool = False
    may_answer: bool = False


def answered(who: Who, code: str) -> Answered:
    """One answer: six queries.

    Raises:
        Http404: not released, or not for them.
    """
    row = get(who, "see", Feedback, promise__code=code)
    feedback = Feedback.objects.select_related(
        "marker", "promise__submission", "promise__block__lesson", "promise__person", "promise__offering",
        "promise__cohort",
    ).get(pk=row.pk)  # fmt: skip
    return Answered(
        feedback.promise,
        feedback,
        False,
        files_of(feedback.promise.submission_id),
        replies=tuple(feedback.replies.select_related("author")),
        is_mine=feedback.person_id == who.pk,
        may_answer=feedback.cohort_id in who.teaches,
    )
