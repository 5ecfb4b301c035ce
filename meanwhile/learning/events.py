"""What the room says happened. That somebody chose a way for themselves is theirs alone, and no
event."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WayStartSet(Event):
    """A teacher set in which way groups or persons of a class begin where a block has several. Who
    they are and which way it is, is not said here: the log outlives the setting.
    """

    offering: int
    groups: int
    people: int
