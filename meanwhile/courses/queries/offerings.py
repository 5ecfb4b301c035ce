"""Courses and offerings for the pages of staff."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from meanwhile.core.rules import allowed, visible
from meanwhile.courses.models import Course, Lesson, Milestone, Offering
from meanwhile.people.models import Cohort, Enrolment, Role, School
from meanwhile.people.who import Who


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` there are for each row outside, without a join."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def learners_in(cohort: str) -> Coalesce:
    """How many learn in the cohort named by this column of the row outside."""
    rows = Enrolment.objects.filter(cohort=OuterRef(cohort), role=Role.LEARNER, left_at=None)
    return _count(rows, "cohort")


def courses_of(who: Who) -> QuerySet[Course]:
    """The courses of the schools where somebody is on the staff, with their counts."""
    lessons = Lesson.objects.live().filter(course=OuterRef("pk"))
    offered = Offering.objects.filter(course=OuterRef("pk"), closed_at=None)
    return (
        visible(who, Course)
        .filter(school__in=who.works_in)
        .select_related("school")
        .annotate(lesson_count=_count(lessons, "course"), offered=_count(offered, "course"))
        .order_by("title", "pk")
    )


def offerings_of(who: Who, course: Course) -> QuerySet[Offering]:
    """The classes a course is offered to, as far as the reader may see them."""
    return (
        visible(who, Offering)
        .filter(course=course)
        .select_related("cohort")
        .annotate(learners=learners_in("cohort"))
        .order_by(F("closed_at").desc(nulls_first=True), "cohort__name")
    )


def learners_of(course: Course) -> int:
    """How many people have this course in a class that goes on: who a change touches."""
    return (
        Enrolment.objects.filter(
            cohort__offerings__course=course,
            cohort__offerings__closed_at=None,
            role=Role.LEARNER,
            left_at=None,
        )
        .values("person")
        .distinct()
        .count()
    )


def cohorts_to_offer(who: Who, course: Course) -> QuerySet[Cohort]:
    """The classes somebody may give this course to, and that have it not yet."""
    return cohorts_led(who, course).exclude(offerings__course=course)


def cohorts_led(who: Who, course: Course) -> QuerySet[Cohort]:
    """The classes somebody may give courses of this school to."""
    rows = allowed(who, "change", Cohort).filter(school=course.school_id, closed_at=None)
    return rows.order_by("name")


def milestones_of(offering: Offering) -> list[Milestone]:
    """The dates of an offering in the order of the course as it is now."""
    return list(
        Milestone.objects.filter(offering=offering, unit__removed_at=None)
        .select_related("unit")
        .order_by("unit__position", "unit")
    )


def milestones_by_offering(offerings: list[int]) -> dict[int, list[Milestone]]:
    """As `milestones_of`, for several offerings in one query."""
    found: dict[int, list[Milestone]] = {}
    rows = (
        Milestone.objects.filter(offering__in=offerings, unit__removed_at=None)
        .only("offering_id", "unit_id", "wall", "at", "after_days")
        .order_by("unit__position", "unit")
    )
    for row in rows:
        found.setdefault(row.offering_id, []).append(row)
    return found


@dataclass(frozen=True)
class OfferingLine:
    """A line of the school's list of offerings."""

    course: str
    cohort: str
    mode: str
    starts_on: str
    zone: str
    learners: int
    closed: str

    HEAD = ("course", "class", "dates", "first day", "time zone", "learners", "closed")

    def cells(self) -> tuple[object, ...]:
        return (self.course, self.cohort, self.mode, self.starts_on, self.zone, self.learners,
                self.closed)  # fmt: skip


def lines_of(who: Who, school: School) -> list[OfferingLine]:
    """Every offering of a school that somebody runs."""
    rows = (
        visible(who, Offering)
        .filter(Q(cohort__school=school))
        .select_related("course", "cohort")
        .annotate(learners=learners_in("cohort"))
        .order_by("course__title", "cohort__name")
    )
    return [
        OfferingLine(
            row.course.title,
            row.cohort.name,
            row.mode,
            row.starts_on.isoformat(),
            row.zone,
            row.learners,
            row.closed_at.date().isoformat() if row.closed_at else "",
        )
        for row in rows
    ]


def course_named(who: Who, school: School, uid: str) -> Course | None:
    """The course of a school with this stable id, if somebody may change it."""
    return allowed(who, "change", Course).filter(school=school, uid=uid).first()
