"""What courses say happened."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CourseChanged(Event):
    """A course's contents changed: made, imported, edited, published, a lesson taken out.
    Progress is worked out afresh from what is in the course now."""

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
    """A learner came to the end of a block for the first time."""

    offering: int
    block: int


@dataclass(frozen=True, kw_only=True)
class BlockAnswered(Event):
    """A learner answered a practice question. `score` is from 0 to 1, `confidence` 0 to 2."""

    offering: int
    block: int
    answer: int
    score: float
    right: bool
    confidence: int | None
