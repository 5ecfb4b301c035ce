"""What the room says happened."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PromiseMoved(Event):
    """A promise was moved to another time. In the same transaction: those who wait are told, with
    the sentence why; in `meanwhile.feedback.actions.move_promises`."""

    promise: int


@dataclass(frozen=True, kw_only=True)
class FeedbackReleased(Event):
    """Somebody answered a hand-in, and the learner may read it.

    In the same transaction: the promise is kept, the hand-in returned, the learner told and the
    comment bank grown; in `meanwhile.feedback.actions.release`.
    """

    offering: int
    block: int
    submission: int
    feedback: int


@dataclass(frozen=True, kw_only=True)
class FeedbackTakenUp(Event):
    """A learner said what they will do with feedback. The actor is the learner."""

    feedback: int
    uptake: str
