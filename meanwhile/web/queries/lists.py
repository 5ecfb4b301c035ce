"""Lists of classes for who teaches, supports or runs; of courses for who learns."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from meanwhile.core.rules import allowed
from meanwhile.courses.models import Offering
from meanwhile.courses.queries.offerings import learners_in
from meanwhile.learning.models import Participation
from meanwhile.people.models import Cohort, Enrolment, Role
from meanwhile.people.who import Who
from meanwhile.web.queries import reasons
from meanwhile.web.words import class_line_words


@dataclass
class ClassLine:
    """A class with one of its courses, and how many need a look, by reason."""

    offering: Offering
    learners: int
    by_reason: dict[int, int] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """Who has not begun: all who learn here and have no participation."""
        return max(0, self.learners - sum(self.by_reason.values()))

    @property
    def says(self) -> str:
        """How many people, and why some need a look: '12 people: 1 stuck, 2 shaky.'"""
        return class_line_words(self.learners, self.by_reason, self.new)

    @property
    def look(self) -> int:
        return sum(self.by_reason.get(each, 0) for each in reasons.LOOK)


def watched(who: Who) -> QuerySet[Offering]:
    """Offerings whose class somebody teaches or may look at: those that go on first."""
    rows = allowed(who, "watch", Offering).select_related("course", "cohort")
    return rows.annotate(learners=learners_in("cohort")).order_by(
        "closed_at", "cohort__name", "course__title"
    )


def taught(who: Who) -> QuerySet[Offering]:
    return watched(who).filter(cohort__in=who.teaches)


def lines_of(offerings: list[Offering]) -> list[ClassLine]:
    """One query, however many people."""
    still_there = Enrolment.objects.filter(
        cohort=OuterRef("offering__cohort"),
        person=OuterRef("person"),
        role=Role.LEARNER,
        left_at=None,
    )
    rows = (
        Participation.objects.filter(Exists(still_there), offering__in=offerings)
        .annotate(reason=reasons.reason(""))
        .order_by()
        .values("offering", "reason")
        .annotate(n=Count("pk"))
    )
    found = {each.pk: ClassLine(each, each.learners) for each in offerings}  # type: ignore[attr-defined]
    for row in rows:
        found[row["offering"]].by_reason[row["reason"]] = row["n"]
    return list(found.values())


def without_course(who: Who) -> list[Cohort]:
    """Classes somebody teaches that have no course yet."""
    rows = Cohort.objects.filter(pk__in=who.teaches, closed_at=None, offerings=None)
    return list(rows.order_by("name"))
