"""What a list of people would change, worked out against what is there. Six queries, always."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from meanwhile.core.rules import visible
from meanwhile.people.models import (
    Cohort,
    Enrolment,
    Guardianship,
    Membership,
    Person,
    Role,
    Roster,
    School,
)
from meanwhile.people.roster import Row
from meanwhile.people.who import Who

IN_A_CLASS = (Role.LEARNER, Role.ASSISTANT, Role.TEACHER)
OWN = {"name": "name", "age_band": "age_band", "zone": "zone", "email": "email", "called": "called"}


@dataclass
class Line:
    """One line of a list and what comes of it. state: new, changed, same, refused."""

    row: Row
    state: str = "same"
    says: list[str] = field(default_factory=list)
    person: Person | None = None
    cohort: Cohort | None = None
    own: dict[str, str] = field(default_factory=dict)
    membership: bool = False
    enrolment: str = ""  # "", "new", "back", "role"
    guardians: list[str] = field(default_factory=list)  # user names or e-mails, lower case

    def key(self) -> str:
        """By what the list names somebody."""
        return (self.row.username or self.row.email).casefold()

    def refuse(self, *reasons: str) -> "Line":
        self.state, self.says = "refused", list(reasons)
        return self


class Present:
    """What of this list is there already: fetched at once for all its lines."""

    def __init__(self, school: School, rows: Iterable[Row]) -> None:
        names = {row.username.casefold() for row in rows} | {
            name.casefold() for row in rows for name in row.guardians
        }
        mails = {row.email.casefold() for row in rows} | {name for name in names if "@" in name}
        found = Person.objects.annotate(low=Lower("username"), mail=Lower("email")).filter(
            Q(low__in=names - {""}) | Q(mail__in=mails - {""})
        )
        self.people: list[Person] = list(found)
        self.by_name = {p.username.casefold(): p for p in self.people}
        self.by_mail = {p.email.casefold(): p for p in self.people if p.email}
        self.cohorts = {
            c.name.casefold(): c for c in Cohort.objects.filter(school=school, closed_at=None)
        }
        members = Membership.objects.filter(person__in=self.people)
        self.roles: dict[int, set[str]] = {}
        self.elsewhere: set[int] = set()
        self.suspended: set[int] = set()
        for row in members:
            if row.school_id != school.pk:
                self.elsewhere.add(row.person_id)
                continue
            self.roles.setdefault(row.person_id, set()).add(row.role)
            if row.suspended_at:
                self.suspended.add(row.person_id)
        self.places = {
            (e.person_id, e.cohort_id): e
            for e in Enrolment.objects.filter(person__in=self.people, cohort__school=school)
        }
        self.guards = set(
            Guardianship.objects.filter(learner__in=self.people, school=school).values_list(
                "guardian", "learner"
            )
        )

    def find(self, row: Row) -> Person | None:
        by_name = self.by_name.get(row.username.casefold())
        return by_name or (None if row.username else self.by_mail.get(row.email.casefold()))

    def named(self, name: str) -> Person | None:
        return self.by_name.get(name) or self.by_mail.get(name)


def differences(
    school: School, rows: list[Row], only: Cohort | None = None, may_change: bool = True
) -> list[Line]:
    """What each line would do.

    Args:
        only: the list is for this class alone (a teacher's): learners, into it.
        may_change: whether names and the like of people who are there already may be changed.
    """
    present = Present(school, rows)
    seen: set[str] = set()
    listed = {row.username.casefold() for row in rows} | {row.email.casefold() for row in rows}
    return [_again(_line(row, present, only, may_change, listed), seen) for row in rows]


def _again(line: Line, seen: set[str]) -> Line:
    """A further line about somebody who is new in an earlier one makes no second account."""
    key = line.key()
    if line.state == "new" and key in seen:
        line.state, line.says = "changed", []
        line.says.append(_("also %(role)s") % {"role": Role(line.row.role).label})
        _say_place(line)
    elif line.state == "new":
        seen.add(key)
    return line


def lines_of(roster: Roster, may_change: bool) -> list[Line]:
    """What a kept list would do now."""
    rows = [Row(**kept) for kept in roster.rows]
    return differences(roster.school, rows, roster.cohort, may_change)


def rosters_of(who: Who, school: School, cohort: Cohort | None) -> list[Roster]:
    """The last lists that were brought in here; without their rows, which may be long."""
    rows = visible(who, Roster).filter(school=school, applied_at__isnull=False)
    rows = rows.filter(cohort=cohort) if cohort else rows
    return list(
        rows.defer("rows", "effects").select_related("made_by").order_by("-applied_at")[:10]
    )


def _line(
    row: Row, present: Present, only: Cohort | None, may_change: bool, listed: set[str]
) -> Line:
    line = Line(row)
    if row.wrong:
        return line.refuse(*row.wrong)
    if reasons := _place(line, present, only):
        return line.refuse(*reasons)
    line.person = person = present.find(row)
    if reasons := [*_clashes(row, person, present), *_strangers(row, present, listed)]:
        return line.refuse(*reasons)
    _note_guardians(line, present)
    if person is None:
        line.state, line.membership = "new", True
        line.enrolment = "new" if line.cohort else ""
        _say_new(line)
        return line
    _compare(line, person, present, may_change)
    return line


def _place(line: Line, present: Present, only: Cohort | None) -> list[str]:
    row = line.row
    if only:
        line.cohort = only
        if row.role != Role.LEARNER:
            return [_("A class list brings in learners. Ask the school admin to add other roles.")]
        if row.cohort and row.cohort.casefold() != only.name.casefold():
            return [
                _("This line is for “%(there)s”, the list for “%(here)s”.")
                % {"there": row.cohort, "here": only.name}
            ]
        if row.guardians:
            return [_("Guardians are linked by the school admin.")]
        return []
    if not row.cohort:
        return []
    if row.role not in IN_A_CLASS:
        return [_("Only learners, assistants and teachers are in a class.")]
    line.cohort = present.cohorts.get(row.cohort.casefold())
    if line.cohort is None:
        return [
            _("There is no class called “%(name)s”. Make it first, or mend the name.")
            % {"name": row.cohort}
        ]
    return []


def _clashes(row: Row, person: Person | None, present: Present) -> list[str]:
    taken = _("“%(value)s” is taken by somebody else. Choose another one.")
    if person is None:
        return [taken % {"value": row.email}] if row.email.casefold() in present.by_mail else []
    if person.pk not in present.roles or person.is_superuser:
        return [taken % {"value": row.username or row.email}]
    if person.pk in present.suspended:
        return [_("%(name)s is suspended in this school.") % {"name": person.name}]
    other = present.by_mail.get(row.email.casefold()) if row.email else None
    return [taken % {"value": row.email}] if other and other.pk != person.pk else []


def _strangers(row: Row, present: Present, listed: set[str]) -> list[str]:
    """Guardians that are neither in this school nor in this list."""
    reasons = []
    if row.guardians and row.role != Role.LEARNER:
        reasons.append(_("Only a learner has guardians."))
    for name in row.guardians:
        known = present.named(name.casefold())
        if name.casefold() not in listed and (known is None or known.pk not in present.roles):
            reasons.append(
                _("The guardian “%(name)s” is not in this school. Add them in a line of their own.")
                % {"name": name}
            )
    return reasons


def _note_guardians(line: Line, present: Present) -> None:
    for name in map(str.casefold, line.row.guardians):
        guardian = present.named(name)
        pair = (guardian.pk, line.person.pk) if guardian and line.person else None
        if pair is None or pair not in present.guards:
            line.guardians.append(name)


def _say_new(line: Line) -> None:
    line.says.append(_("new account, %(role)s") % {"role": Role(line.row.role).label})
    _say_place(line)


def _say_place(line: Line) -> None:
    if line.enrolment in ("new", "role") and line.cohort:
        line.says.append(_("joins %(cohort)s") % {"cohort": line.cohort.name})
    if line.enrolment == "back" and line.cohort:
        line.says.append(_("comes back to %(cohort)s") % {"cohort": line.cohort.name})
    for name in line.guardians:
        line.says.append(_("guardian: %(name)s") % {"name": name})


def _compare(line: Line, person: Person, present: Present, may_change: bool) -> None:
    if may_change and person.pk not in present.elsewhere:
        line.own = {
            field: value
            for field, source in OWN.items()
            if (value := getattr(line.row, source)) and value != getattr(person, field)
        }
    labels: dict[str, Any] = {
        f: getattr(Person._meta.get_field(f), "verbose_name", f) for f in line.own
    }
    line.says += [f"{labels[f]}: {getattr(person, f) or '–'} → {line.own[f]}" for f in line.own]
    if line.row.role not in present.roles[person.pk]:
        line.membership = True
        line.says.append(_("also %(role)s") % {"role": Role(line.row.role).label})
    if line.cohort:
        place = present.places.get((person.pk, line.cohort.pk))
        if place is None:
            line.enrolment = "new"
        elif place.left_at:
            line.enrolment = "back"
        elif place.role != line.row.role:
            line.enrolment = "role" if may_change else ""
    _say_place(line)
    changed = line.own or line.membership or line.enrolment or line.guardians
    line.state = "changed" if changed else "same"
