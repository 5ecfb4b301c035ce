"""Bringing in a list of people, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.models import EventRow
from meanwhile.people.actions.cards import make_cards
from meanwhile.people.actions.enrolments import enrol, leave
from meanwhile.people.actions.memberships import give_role, link_guardian
from meanwhile.people.actions.passwords import Password, draw_many
from meanwhile.people.actions.persons import change_person, make_person
from meanwhile.people.actions.refused import Refused
from meanwhile.people.events import RosterApplied, RosterUndone
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
from meanwhile.people.queries.rosters import Line, lines_of
from meanwhile.people.roster import Row

MOST_PASSWORDS = 300


@dataclass
class Applied:
    """What came of a list. `passwords` and `cards` exist here and nowhere else."""

    roster: Roster
    passwords: list[tuple[Person, str]] = field(default_factory=list)
    cards: list[tuple[Cohort, list[tuple[Person, str]]]] = field(default_factory=list)


@dataclass
class Undone:
    """What taking a list back did. `stay`: people it had made who have been here since."""

    removed: int = 0
    unenrolled: int = 0
    stay: list[str] = field(default_factory=list)


def keep_roster(actor: Person, school: School, cohort: Cohort | None, rows: list[Row]) -> Roster:
    """Keep a list to look at. Nothing else changes yet."""
    with writing():
        return Roster.objects.create(
            school=school,
            cohort=cohort,
            made_by=actor,
            made_at=clock.now(),
            rows=[row.kept() for row in rows],
        )


def apply_roster(
    actor: Person,
    roster: Roster,
    give: str = "",
    may_change: bool = True,
    passwords: dict[int, Password] | None = None,
) -> Applied:
    """Do what the list says now; refused lines are passed over.

    Args:
        give: "cards" makes name cards for new learners in a class, "passwords" a password for
            each new person; else new people get neither yet.
        passwords: by line, made before the transaction (`passwords_for`).

    Raises:
        Refused: it was applied before, or there are too many passwords to make at once.
    """
    if passwords is None:
        passwords = passwords_for(roster, give, may_change)
    with writing():
        # the update is the lock: of two clicks one goes on
        if not Roster.objects.filter(pk=roster.pk, applied_at=None).update(applied_at=clock.now()):
            raise Refused(_("This list is in already."))
        done = _Doing(actor, roster)
        lines = [line for line in lines_of(roster, may_change) if line.state in ("new", "changed")]
        for line in lines:
            done.line(line, passwords)
        for line in lines:
            done.guardians(line)
        applied = Applied(roster, passwords=done.passwords)
        if give == "cards":
            applied.cards = done.cards()
        roster.effects = done.effects
        roster.save(update_fields=["effects"])
        record(
            RosterApplied(
                actor=actor.pk,
                school=roster.school_id,
                roster=roster.pk,
                made=len(done.effects["people"]),
                changed=len(lines) - len(done.effects["people"]),
            )
        )
    roster.refresh_from_db()
    return applied


def passwords_for(roster: Roster, give: str, may_change: bool = True) -> dict[int, Password]:
    """By line, for the people a list would make; none unless `give` asks for them.

    Raises:
        Refused: there are too many to make at once.
    """
    if give != "passwords" or roster.applied_at:
        return {}
    lines = [line.row.line for line in lines_of(roster, may_change) if line.state == "new"]
    if len(lines) > MOST_PASSWORDS:
        raise Refused(
            _("Passwords are made for up to 300 people at once. Choose cards, or split the list.")
        )
    return draw_many(lines)


class _Doing:
    """One list being applied: what it makes and changes is noted, so that it can be undone."""

    def __init__(self, actor: Person, roster: Roster) -> None:
        self.actor, self.roster, self.school = actor, roster, roster.school
        self.passwords: list[tuple[Person, str]] = []
        self.new_places: dict[int, list[Enrolment]] = {}
        self.people: dict[str, Person] = {}
        self.effects: dict[str, list[Any]] = {
            "people": [],
            "memberships": [],
            "enrolments": [],
            "returned": [],
            "roles": [],
            "changed": [],
            "guardianships": [],
        }

    def line(self, line: Line, passwords: dict[int, Password]) -> None:
        known = line.person or self.people.get(line.key())
        person = known or self._new(line, passwords.get(line.row.line))
        if known:
            self._change(person, line)
        for name in (person.username, person.email):
            self.people[name.casefold()] = person
        if line.cohort and line.enrolment:
            self._enrol(person, line)

    def _new(self, line: Line, password: Password | None) -> Person:
        row = line.row
        person = make_person(
            self.actor,
            username=row.username or _name_from(row.email),
            name=row.name,
            email=row.email,
            called=row.called,
            age_band=row.age_band,
            zone=row.zone or (line.cohort.zone if line.cohort else self.school.zone),
            language=self.school.language,
            hashed=password.hashed if password else "",
            school=self.school,
            role=row.role,
            how="roster",
        )
        self.effects["people"].append(person.pk)
        if password:
            self.passwords.append((person, password.words))
        return person

    def _change(self, person: Person, line: Line) -> None:
        before = {field: getattr(person, field) for field in line.own}
        for name in change_person(self.actor, person, **line.own):
            self.effects["changed"].append([person.pk, name, before[name], line.own[name]])
        held = Membership.objects.filter(person=person, school=self.school, role=line.row.role)
        if line.membership and not held.exists():
            give_role(self.actor, person, self.school, line.row.role)
            self.effects["memberships"] += held.values_list("pk", flat=True)

    def _enrol(self, person: Person, line: Line) -> None:
        assert line.cohort is not None
        before = Enrolment.objects.filter(person=person, cohort=line.cohort).first()
        row = enrol(self.actor, person, line.cohort, line.row.role, how="roster")
        if before is None:
            self.effects["enrolments"].append(row.pk)
        elif before.left_at:
            self.effects["returned"].append([row.pk, before.left_at.isoformat(), before.role])
        else:
            self.effects["roles"].append([row.pk, before.role])
        if line.person is None and row.role == Role.LEARNER:
            self.new_places.setdefault(line.cohort.pk, []).append(row)

    def guardians(self, line: Line) -> None:
        """Afterwards, for a guardian may stand further down in the list."""
        learner = line.person or self.people[line.key()]
        for name in line.guardians:
            guardian = self.people.get(name) or _by_name(name)
            pair = {"guardian": guardian, "learner": learner, "school": self.school}
            if guardian is None or Guardianship.objects.filter(**pair).exists():
                continue
            row = link_guardian(self.actor, guardian, learner, self.school)
            self.effects["guardianships"].append(row.pk)

    def cards(self) -> list[tuple[Cohort, list[tuple[Person, str]]]]:
        found = Cohort.objects.in_bulk(self.new_places)
        return [
            (found[pk], make_cards(self.actor, found[pk], only=rows))
            for pk, rows in self.new_places.items()
        ]


def _by_name(name: str) -> Person | None:
    field = "email__iexact" if "@" in name else "username__iexact"
    return Person.objects.filter(**{field: name}).first()


def _name_from(email: str) -> str:
    from meanwhile.people.queries.doors import suggest_username

    return suggest_username(email.split("@")[0].replace(".", " "))


def undo_roster(actor: Person, roster: Roster) -> Undone:
    """Take back what a list made and changed.

    An account it made that nobody has used since is removed; another one is only taken out of
    its classes. A value somebody has changed again since stays as it is now.

    Raises:
        Refused: it is not in, or was undone before.
    """
    with writing():
        waiting = Roster.objects.filter(pk=roster.pk, undone_at=None).exclude(applied_at=None)
        if not waiting.update(undone_at=clock.now()):
            raise Refused(_("This list is not in, so there is nothing to take back."))
        effects, undone = roster.effects, Undone()
        _unlink(effects)
        _restore(actor, effects, undone)
        _remove_unused(effects["people"], undone)
        record(
            RosterUndone(
                actor=actor.pk,
                school=roster.school_id,
                roster=roster.pk,
                removed=undone.removed,
                unenrolled=undone.unenrolled,
            )
        )
    roster.refresh_from_db()
    return undone


def _unlink(effects: dict[str, list[Any]]) -> None:
    Guardianship.objects.filter(pk__in=effects["guardianships"]).delete()


def _restore(actor: Person, effects: dict[str, list[Any]], undone: Undone) -> None:
    for row in _places(effects["enrolments"]):
        leave(actor, row)
        undone.unenrolled += 1
    for pk, left_at, role in effects["returned"]:
        for row in _places([pk]):
            leave(actor, row)
            Enrolment.objects.filter(pk=pk).update(
                left_at=datetime.fromisoformat(left_at), role=role
            )
            undone.unenrolled += 1
    for pk, role in effects["roles"]:
        Enrolment.objects.filter(pk=pk, left_at=None).update(role=role)
    Membership.objects.filter(pk__in=effects["memberships"]).delete()
    for pk, name, old, new in effects["changed"]:
        person = Person.objects.filter(pk=pk, **{name: new}).first()
        if person:
            change_person(actor, person, **{name: old})


def _places(keys: Iterable[int]) -> Iterable[Enrolment]:
    return Enrolment.objects.filter(pk__in=list(keys), left_at=None).select_related("cohort")


def _remove_unused(keys: list[int], undone: Undone) -> None:
    people = list(Person.objects.filter(pk__in=keys))
    been_here = set(
        EventRow.objects.filter(actor__in=[p.pk for p in people]).values_list("actor", flat=True)
    )
    used = [p for p in people if p.last_login or p.pk in been_here]
    unused = [p.pk for p in people if p not in used]
    undone.stay = sorted(p.name for p in used)
    undone.removed = len(unused)
    undone.unenrolled -= Enrolment.objects.filter(person__in=unused).count()
    undone.unenrolled = max(undone.unenrolled, 0)
    Person.objects.filter(pk__in=unused).delete()
