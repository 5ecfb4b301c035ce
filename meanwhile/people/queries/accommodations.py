"""What is agreed with learners: as effects for everybody who may see them, and whole for the SEND
lead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch

from meanwhile.core import clock
from meanwhile.core.rules import allowed, visible
from meanwhile.people import accommodations
from meanwhile.people.accommodations import NONE, Allowance
from meanwhile.people.models import (
    Accommodation,
    AccommodationReason,
    Enrolment,
    Membership,
    Person,
    Role,
    School,
)
from meanwhile.people.who import Who

PER_PAGE = 50


def allowance_of(person: Person | int, school: School | int) -> Allowance:
    """What holds for one learner in a school today. One query."""
    key = person.pk if isinstance(person, Person) else person
    return allowances_of([key], school).get(key, NONE)


def allowances_of(people: Iterable[int], school: School | int) -> dict[int, Allowance]:
    """By person, who has one; `.get(person, NONE)` for the others. One query for many."""
    rows = Accommodation.objects.filter(person__in=list(people), school=school, replaced_at=None)
    return {row.person_id: _today(row) for row in rows.select_related("school")}


def allowances_by_school(person: Person | int) -> dict[int, Allowance]:
    """What holds for one learner in each of their schools today. One query."""
    rows = Accommodation.objects.filter(person=person, replaced_at=None)
    return {row.school_id: _today(row) for row in rows.select_related("school")}


def _today(row: Accommodation) -> Allowance:
    return accommodations.of_row(row).on(clock.local_day(clock.now(), row.school.zone))


# --- effects, for a page -------------------------------------------------------------------


@dataclass(frozen=True)
class Effects:
    """What a page tells of one agreement. `school` is named where it is one of several."""

    school: str
    lines: list[str]
    time: str


def effects_of(who: Who, person: Person, school: int | None = None) -> list[Effects]:
    """What holds for a person, by school, as far as `who` may know. One query."""
    rows = visible(who, Accommodation).filter(person=person, replaced_at=None)
    if school is not None:
        rows = rows.filter(school=school)
    return _effects(rows.select_related("school").order_by("school__name"))


def effects_of_wards(who: Who) -> dict[int, list[Effects]]:
    """Of the children of a guardian, by child. One query."""
    rows = visible(who, Accommodation).filter(person__in=who.guards, replaced_at=None)
    found: dict[int, list[Accommodation]] = {}
    for row in rows.select_related("school"):
        found.setdefault(row.person_id, []).append(row)
    return {person: _effects(each) for person, each in found.items()}


def _effects(rows: Iterable[Accommodation]) -> list[Effects]:
    found = []
    for row in rows:
        allowance = accommodations.of_row(row)
        today = clock.local_day(clock.now(), row.school.zone)
        over = allowance.last_day is not None and allowance.last_day < today
        if allowance and not over:
            said = accommodations.lines(allowance)
            found.append(Effects(row.school.name, said, accommodations.time_says(allowance)))
    return found


# --- for the SEND lead ---------------------------------------------------------------------


def agreed(who: Who, school: School, words: str = "", page: int = 1) -> Page:
    """Learners of a school with something agreed; with words, every learner of such a name.
    Each has `.says`, a line of effects or nothing, and `.places`."""
    held = allowed(who, "keep", Accommodation).filter(school=school, replaced_at=None)
    learner = Membership.objects.filter(
        person=OuterRef("pk"), school=school, role=Role.LEARNER, suspended_at=None
    )
    people = visible(who, Person).filter(Exists(learner))
    for word in words.split():
        people = people.filter(name__icontains=word)
    if not words.strip():
        people = people.filter(Exists(held.filter(person=OuterRef("pk"))))
    rows = people.order_by("name", "pk").prefetch_related(
        Prefetch("accommodations", held, to_attr="held"),
        Prefetch(
            "enrolments",
            Enrolment.objects.filter(
                cohort__school=school, left_at=None, role=Role.LEARNER
            ).select_related("cohort"),
            to_attr="places",
        ),
    )
    found = Paginator(rows, PER_PAGE).get_page(page)
    for person in found:
        held_now: list[Any] = person.held  # type: ignore[attr-defined]
        person.says = [  # type: ignore[attr-defined]
            line for row in held_now for line in accommodations.lines(accommodations.of_row(row))
        ]
    return found


@dataclass
class Agreement:
    """One row of the history, whole."""

    row: Accommodation
    lines: list[str]
    time: str
    reason: str


@dataclass
class ProfilePage:
    """What is agreed with one learner, with all that was before."""

    person: Person
    history: list[Agreement] = field(default_factory=list)

    @property
    def now(self) -> Agreement | None:
        return self.history[0] if self.history else None


def profile_of(who: Who, school: School, person: Person) -> ProfilePage:
    """For who keeps it. Two queries."""
    rows = list(
        allowed(who, "keep", Accommodation)
        .filter(person=person, school=school)
        .select_related("made_by")
        .order_by("-number")
    )
    reasons = visible(who, AccommodationReason).filter(accommodation__in=rows)
    words = dict(reasons.values_list("accommodation", "words"))
    page = ProfilePage(person)
    for row in rows:
        allowance = accommodations.of_row(row)
        page.history.append(
            Agreement(
                row,
                accommodations.lines(allowance),
                accommodations.time_says(allowance),
                words.get(row.pk, ""),
            )
        )
    return page


def is_learner(person: Person, school: School) -> bool:
    """Whether something may be agreed with them there."""
    here = Membership.objects.filter(person=person, school=school, role=Role.LEARNER)
    return here.exists()
