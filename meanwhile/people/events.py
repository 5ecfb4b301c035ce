"""What people say happened. Every one of these is also the audit trail."""

from dataclasses import dataclass

from meanwhile.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonMade(Event):
    """An account was made. `how`: roster, code, link, admin."""

    person: int
    how: str


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody came in. `how`: password, card, passkey."""

    how: str


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person was given a role in a school."""

    person: int
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Event):
    """A role was taken back."""

    person: int
    role: str


@dataclass(frozen=True, kw_only=True)
class Suspended(Event):
    """A person was shut out of a school, and every session of theirs ended."""

    person: int


@dataclass(frozen=True, kw_only=True)
class Reinstated(Event):
    """A suspended person may come in again."""

    person: int


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """A person joined a cohort, or came back to it. `how`: roster, code, link, teacher."""

    person: int
    cohort: int
    role: str
    how: str


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    """A person left a cohort or was taken out of it. Their work stays."""

    person: int
    cohort: int


@dataclass(frozen=True, kw_only=True)
class NoteSent(Event):
    """A teacher wrote to the class."""

    cohort: int
    note: int


@dataclass(frozen=True, kw_only=True)
class GuardianLinked(Event):
    """A guardian was linked to a learner. The learner is told."""

    guardian: int
    learner: int


@dataclass(frozen=True, kw_only=True)
class GuardianUnlinked(Event):
    """A guardian no longer sees a learner. The learner is told."""

    guardian: int
    learner: int


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Name, e-mail, zone or language changed. The names of the fields, not what was in them."""

    person: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Somebody was signed out everywhere, or everywhere else."""

    person: int


@dataclass(frozen=True, kw_only=True)
class PasswordMade(Event):
    """The school made a new password for somebody, who is told."""

    person: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorDropped(Event):
    """The school took somebody's second step away, because they lost their phone or key."""

    person: int


@dataclass(frozen=True, kw_only=True)
class CardsMade(Event):
    """New name cards were made for a class; the old ones ended."""

    cohort: int
    count: int


@dataclass(frozen=True, kw_only=True)
class CohortMade(Event):
    """A class was made."""

    cohort: int


@dataclass(frozen=True, kw_only=True)
class CohortChanged(Event):
    """A class was renamed, moved to a term, opened or closed."""

    cohort: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CodeRenewed(Event):
    """A class got a new code; the old one opens nothing."""

    cohort: int


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    """A link into a class was made."""

    cohort: int


@dataclass(frozen=True, kw_only=True)
class InvitationEnded(Event):
    """A link into a class was ended before its time."""

    cohort: int


@dataclass(frozen=True, kw_only=True)
class NoteTakenBack(Event):
    """A note to the class was taken back."""

    cohort: int
    note: int


@dataclass(frozen=True, kw_only=True)
class RosterApplied(Event):
    """A list of people was brought in."""

    roster: int
    made: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class RosterUndone(Event):
    """What a list of people had brought in was taken back."""

    roster: int
    removed: int
    unenrolled: int


@dataclass(frozen=True, kw_only=True)
class SchoolDaysChanged(Event):
    """A school changed its days, hours or zone, or a holiday came or went. What was promised
    before stays as it was said."""

    what: str


@dataclass(frozen=True, kw_only=True)
class AccommodationKept(Event):
    """Something was agreed with a learner, or what was agreed changed. `number`: which row of the
    history; what stands in it is not for a log."""

    person: int
    number: int
