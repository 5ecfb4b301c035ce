"""Who is asking: worked out once a request, asked by every rule.

Every set is a set of keys, small enough for an `IN`: a person learns, teaches or guards dozens,
not thousands. Nothing here is cached between requests, so leaving, suspension and a lost role
hold from the next click on.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from meanwhile.people.models import STAFF, Enrolment, Guardianship, Membership, Person, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Who:
    """The person of this request and what they learn, teach, run and guard.

    A suspended membership counts for nothing, and neither do the enrolments in that school. Who is
    suspended everywhere is nobody, as is who has not yet shown their second factor.
    """

    def __init__(self, person: "Person | AnonymousUser") -> None:
        self._given = person if isinstance(person, Person) and person.is_active else None

    def __bool__(self) -> bool:
        return self.person is not None

    @cached_property
    def _memberships(self) -> list[tuple[int, str, bool]]:
        """School, role, whether suspended: one query, asked at the first rule that needs it."""
        if not self._given:
            return []
        return [
            (school, role, since is not None)
            for school, role, since in Membership.objects.filter(person=self._given.pk).values_list(
                "school", "role", "suspended_at"
            )
        ]

    @cached_property
    def person(self) -> Person | None:
        shut_out = self._memberships and all(gone for _, _, gone in self._memberships)
        if not self._given or (shut_out and not self._given.is_superuser):
            return None
        return self._given

    @property
    def pk(self) -> int | None:
        return self.person.pk if self.person else None

    @cached_property
    def by_role(self) -> dict[str, frozenset[int]]:
        """Schools by role."""
        schools: dict[str, set[int]] = {}
        for school, role, suspended in self._memberships:
            if not suspended:
                schools.setdefault(role, set()).add(school)
        return {role: frozenset(found) for role, found in schools.items()}

    @cached_property
    def cohorts_by_role(self) -> dict[str, frozenset[int]]:
        """Cohorts by role, in schools they still belong to: one query."""
        cohorts: dict[str, set[int]] = {}
        if not self.schools:
            return {}
        for cohort, role in Enrolment.objects.filter(
            person=self.pk, left_at=None, cohort__school__in=self.schools
        ).values_list("cohort", "role"):
            cohorts.setdefault(role, set()).add(cohort)
        return {role: frozenset(found) for role, found in cohorts.items()}

    def _schools(self, *roles: str) -> frozenset[int]:
        return frozenset().union(*(self.by_role.get(r, frozenset()) for r in roles))

    def _cohorts(self, *roles: str) -> frozenset[int]:
        return frozenset().union(*(self.cohorts_by_role.get(r, frozenset()) for r in roles))

    @property
    def schools(self) -> frozenset[int]:
        """Schools they belong to, as anything."""
        return frozenset().union(*self.by_role.values())

    @property
    def works_in(self) -> frozenset[int]:
        """Schools where they are on the staff."""
        return self._schools(*STAFF)

    @property
    def runs(self) -> frozenset[int]:
        """Schools they administer."""
        return self._schools(Role.ADMIN)

    @property
    def designs_in(self) -> frozenset[int]:
        """Schools whose courses they may write: designers, teachers and admins."""
        return self._schools(Role.DESIGNER, Role.TEACHER, Role.ADMIN)

    @property
    def learns(self) -> frozenset[int]:
        """Cohorts they learn in."""
        return self._cohorts(Role.LEARNER)

    @property
    def teaches(self) -> frozenset[int]:
        """Cohorts they teach or assist in."""
        return self._cohorts(Role.TEACHER, Role.ASSISTANT)

    @property
    def leads(self) -> frozenset[int]:
        """Cohorts they teach: may enrol, remove and change. Assistants may not."""
        return self._cohorts(Role.TEACHER)

    @property
    def supports_in(self) -> frozenset[int]:
        """Schools where they are the SEND lead."""
        return self._schools(Role.SEND_LEAD)

    @cached_property
    def wards(self) -> frozenset[tuple[int, int]]:
        """Learners they are a guardian of, each with the school where they are: one query.

        A guardianship holds in one school. A child who is in two is guarded only in the one, and
        not where the guardian or the child is suspended or no longer belongs.
        """
        if not self._schools(Role.GUARDIAN):
            return frozenset()
        there = Membership.objects.filter(
            person=OuterRef("learner"), school=OuterRef("school"), suspended_at=None
        )
        return frozenset(
            Guardianship.objects.filter(
                Exists(there), guardian=self.pk, school__in=self._schools(Role.GUARDIAN)
            ).values_list("learner", "school")
        )

    @property
    def guards(self) -> frozenset[int]:
        """Learners they are a guardian of, in whichever school. What is seen of them there says
        the rule "follow" of an enrolment."""
        return frozenset(learner for learner, _school in self.wards)

    @property
    def is_site_admin(self) -> bool:
        return bool(self.person and self.person.is_superuser)
