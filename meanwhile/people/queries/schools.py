"""What the pages of a school's admin show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from meanwhile.core.rules import can, visible
from meanwhile.people.models import (
    Cohort,
    Enrolment,
    Guardianship,
    Membership,
    Person,
    Role,
    School,
    Term,
)
from meanwhile.people.who import Who

PER_PAGE = 50
LEARNERS = Count(
    "enrolments", filter=Q(enrolments__role=Role.LEARNER, enrolments__left_at=None), distinct=True
)


def _members(who: Who, school: School) -> QuerySet[Person]:
    here = Membership.objects.filter(person=OuterRef("pk"), school=school)
    return visible(who, Person).filter(Exists(here))


def _found(people: QuerySet[Person], school: School, words: str, role: str) -> QuerySet[Person]:
    for word in words.split():
        people = people.filter(
            Q(name__icontains=word)
            | Q(called__icontains=word)
            | Q(username__icontains=word)
            | Q(email__iexact=word)
        )
    here = Membership.objects.filter(person=OuterRef("pk"), school=school)
    if role == "suspended":
        return people.filter(Exists(here.exclude(suspended_at=None)))
    return people.filter(Exists(here.filter(role=role))) if role in Role.values else people


def _with_places(people: QuerySet[Person], school: School) -> QuerySet[Person]:
    return people.order_by("name", "pk").prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.filter(school=school).order_by("role"),
            to_attr="here",
        ),
        Prefetch(
            "enrolments",
            Enrolment.objects.filter(cohort__school=school, left_at=None).select_related("cohort"),
            to_attr="places",
        ),
    )


def people_of(who: Who, school: School, words: str = "", role: str = "", page: int = 1) -> Page:
    """People of a school, by name, 50 a page; each with `.here` (roles) and `.places`."""
    people = _found(_members(who, school), school, words, role)
    return Paginator(_with_places(people, school), PER_PAGE).get_page(page)


def people_csv(who: Who, school: School) -> Iterator[tuple[Any, ...]]:
    """The same columns that a list is brought in with, one line a role and class."""
    yield ("name", "username", "email", "role", "class", "age_band", "zone", "guardian", "called")
    guardians: dict[int, list[str]] = {}
    for learner, name in Guardianship.objects.filter(school=school).values_list(
        "learner", "guardian__username"
    ):
        guardians.setdefault(learner, []).append(name)
    for person in _with_places(_members(who, school), school):
        yield from _csv_lines(person, " ".join(sorted(guardians.get(person.pk, []))))


def _csv_lines(person: Any, guardians: str) -> Iterator[tuple[Any, ...]]:
    for row in person.here:
        own = (person.age_band, person.zone, guardians if row.role == Role.LEARNER else "")
        classes = [place.cohort.name for place in person.places if place.role == row.role] or [""]
        for name in classes:
            first = (person.name, person.username, person.email, row.role, name)
            yield (*first, *own, person.called)


def cohorts_of(who: Who, school: School, page: int = 1) -> Page:
    """Classes of a school with how many learn there; open ones first."""
    teachers = Enrolment.objects.filter(role=Role.TEACHER, left_at=None).select_related("person")
    rows = (
        visible(who, Cohort)
        .filter(school=school)
        .select_related("term")
        .annotate(learners=LEARNERS)
        .prefetch_related(Prefetch("enrolments", teachers, to_attr="teachers"))
        .order_by("closed_at", "name")
    )
    return Paginator(rows, PER_PAGE).get_page(page)


def terms_of(who: Who, school: School) -> QuerySet[Term]:
    rows = visible(who, Term).filter(school=school)
    return rows.annotate(classes=Count("cohort")).order_by("-starts_on")


def belongs(person: Person, school: School) -> bool:
    """Whether somebody is anything in this school, suspended or not."""
    return Membership.objects.filter(person=person, school=school).exists()


def member_named(who: Who, school: School, name: str) -> Person | None:
    """Somebody of the school by user name or e-mail."""
    wanted = Q(username__iexact=name) | Q(email__iexact=name, email__gt="")
    return _members(who, school).filter(wanted).first() if name else None


@dataclass
class PersonPage:
    """One person as their school admin sees them."""

    person: Person
    roles: list[Membership]
    places: list[Enrolment]
    guardians: list[Guardianship]
    guards: list[Guardianship]
    suspended: bool
    may_run: bool
    second_factor: bool

    @property
    def is_learner(self) -> bool:
        return any(row.role == Role.LEARNER for row in self.roles)

    @property
    def other_roles(self) -> list[Role]:
        held = {row.role for row in self.roles}
        return [role for role in Role if role.value not in held]


def person_page(who: Who, school: School, person: Person) -> PersonPage:
    roles = list(visible(who, Membership).filter(person=person, school=school).order_by("role"))
    guarding = visible(who, Guardianship).filter(school=school)
    guarding = guarding.select_related("guardian", "learner")
    places = visible(who, Enrolment).filter(person=person, cohort__school=school, left_at=None)
    return PersonPage(
        person=person,
        roles=roles,
        places=list(places.select_related("cohort").order_by("cohort__name")),
        guardians=list(guarding.filter(learner=person)),
        guards=list(guarding.filter(guardian=person)),
        suspended=any(row.suspended_at for row in roles),
        may_run=can(who, "run", person),
        second_factor=Authenticator.objects.filter(user=person).exists(),
    )
