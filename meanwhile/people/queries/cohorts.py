"""What the page of a class shows: the same number of queries for 3 people as for 3,000."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from meanwhile.core import clock
from meanwhile.core.rules import can, visible
from meanwhile.people.models import (
    Cohort,
    Enrolment,
    Group,
    Invitation,
    Membership,
    Note,
    Person,
    Role,
)
from meanwhile.people.who import Who

PER_PAGE = 50
IN_A_CLASS = (Role.LEARNER, Role.ASSISTANT, Role.TEACHER)
HERE = Q(members__left_at=None)


@dataclass
class CohortPage:
    """A class for who teaches or runs it."""

    cohort: Cohort
    members: Page
    staff: list[Enrolment]
    groups: list[Group]
    notes: list[Note]
    invitations: list[Invitation]
    learners: int
    may_change: bool
    may_write: bool
    runs_school: bool


def cohort_page(who: Who, cohort: Cohort, words: str = "", page: int = 1) -> CohortPage:
    here = visible(who, Enrolment).filter(cohort=cohort, left_at=None).select_related("person")
    learners = here.filter(role=Role.LEARNER)
    total = learners.count()
    for word in words.split():
        learners = learners.filter(
            Q(person__name__icontains=word) | Q(person__username__icontains=word)
        )
    learners = learners.select_related("card").prefetch_related(
        Prefetch("groups", Group.objects.order_by("name"))
    )
    return CohortPage(
        cohort=cohort,
        members=Paginator(learners.order_by("person__name", "pk"), PER_PAGE).get_page(page),
        staff=list(here.exclude(role=Role.LEARNER).order_by("-role", "person__name")),
        groups=list(groups_of(who, cohort)),
        notes=_notes(who, cohort),
        invitations=_invitations(who, cohort),
        learners=total,
        may_change=can(who, "change", cohort),
        may_write=can(who, "teach", cohort),
        runs_school=cohort.school_id in who.runs,
    )


def _notes(who: Who, cohort: Cohort) -> list[Note]:
    rows = visible(who, Note).filter(cohort=cohort).select_related("author")
    return list(rows.order_by("-sent_at")[:5])


def _invitations(who: Who, cohort: Cohort) -> list[Invitation]:
    rows = visible(who, Invitation).filter(cohort=cohort, ended_at=None, ends_at__gt=clock.now())
    return list(rows.order_by("ends_at"))


def groups_of(who: Who, cohort: Cohort) -> QuerySet[Group]:
    """Groups of a class with how many are in each now."""
    rows = visible(who, Group).filter(cohort=cohort)
    return rows.annotate(size=Count("members", filter=HERE)).order_by("name")


def other_cohorts(who: Who, cohort: Cohort) -> QuerySet[Cohort]:
    """Classes of the same school that somebody could be moved to by `who`."""
    rows = visible(who, Cohort).filter(school=cohort.school_id, closed_at=None)
    if cohort.school_id not in who.runs:
        rows = rows.filter(pk__in=who.leads)
    return rows.exclude(pk=cohort.pk).order_by("name")


def not_in(who: Who, cohort: Cohort, words: str, page: int = 1) -> Page | None:
    """People of the school who are not in the class, found by name; None until something is
    looked for. A teacher, too, finds people of the whole school here: by full words only, so that
    nobody leafs through a school."""
    if len(words.strip()) < 2:
        return None
    here = Enrolment.objects.filter(cohort=cohort, left_at=None).values("person")
    people = _enrollable(cohort).exclude(pk__in=here)
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(username__iexact=word))
    return Paginator(people.order_by("name", "pk"), PER_PAGE).get_page(page)


def _enrollable(cohort: Cohort) -> QuerySet[Person]:
    roles = Membership.objects.filter(
        school=cohort.school_id, suspended_at=None, role__in=IN_A_CLASS
    )
    people = Person.objects.filter(pk__in=roles.values("person"), is_active=True)
    return people.prefetch_related(Prefetch("memberships", roles.order_by("role"), to_attr="here"))


def may_enrol(who: Who, cohort: Cohort, person: str, role: str) -> tuple[Person, str]:
    """The person and the role they may have in the class: one that they have in the school.

    Raises:
        Http404: nobody of that key there, or not in that role.
    """
    found = _enrollable(cohort).filter(pk=person).first() if person.isdigit() else None
    held = [row.role for row in found.here] if found else []  # type: ignore[attr-defined]
    wanted = role or Role.LEARNER.value
    if found is None or wanted not in held:
        raise Http404
    return found, wanted
