"""What courses say happened."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CourseChanged(Event):
    """A course's contents changed: made, imported, edited, published, a lesson taken out.

    In the same transaction: the course is one edition further. Counts of an older edition are
    not believed any more and are worked out where they are read.
    """

    course: int
    edition: int


@dataclass(frozen=True, kw_only=True)
class OfferingMade(Event):
    """A course was offered to a cohort."""

    offering: int


@dataclass(frozen=True, kw_only=True)
class OfferingChanged(Event):
    """An offering's mode, start, zone or dates changed, or it was closed."""

    offering: int


@dataclass(frozen=True, kw_only=True)
class BlockDone(Event):
    """A learner came to the end of a block for the first time.

    In the same transaction: the moment is kept, the place moves and the counts are worked out
    afresh; in `meanwhile.learning.actions.finish_lesson`, `meanwhile.learning.actions.note_reading`
    and `meanwhile.learning.actions.answer`.
    """

    offering: int
    block: int


@dataclass(frozen=True, kw_only=True)
class BlockAnswered(Event):
    """A learner answered a practice question. `score` is from 0 to 1, `confidence` 0 to 2.

    In the same transaction: the answer is kept for good, the question is done, its draft is
    emptied, the place moves and the counts are worked out afresh; all in
    `meanwhile.learning.actions.answer`.
    """

    offering: int
    block: int
    answer: int
    score: float
    right: bool
    confidence: int | None


@dataclass(frozen=True, kw_only=True)
class TaskHandedIn(Event):
    """A learner handed in their work on a task. The actor is the learner.

    In the same transaction: the version is kept for good with its receipt; in
    `meanwhile.assessment.actions.hand_in`.
    """

    offering: int
    block: int
    submission: int


@dataclass(frozen=True, kw_only=True)
class TaskTakenBack(Event):
    """A learner took a hand-in back: it is theirs alone again. The actor is the learner.

    In the same transaction: the moment is kept; in `meanwhile.assessment.actions.take_back`.
    """

    offering: int
    block: int
    submission: int
