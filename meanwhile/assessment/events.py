"""What the room says happened."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskDatesChanged(Event):
    """When a task is due in an offering was set, moved or taken away, for some or all of it."""

    offering: int
    block: int


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Event):
    """A learner asked for more time. `given`: at once, by the school's own rule."""

    extension: int
    block: int
    given: bool


@dataclass(frozen=True, kw_only=True)
class ExtensionAnswered(Event):
    """A request for more time was answered."""

    extension: int
    block: int
    given: bool


@dataclass(frozen=True, kw_only=True)
class ExtensionPolicyChanged(Event):
    """A school changed what it gives without a question."""

    days: int
    times: int
