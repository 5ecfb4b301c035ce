"""How long people waited for an answer, and how many promises held. Cadence: how long somebody has
heard nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.courses.models import Offering
from meanwhile.feedback.models import Promise, Reply
from meanwhile.feedback.words import hours
from meanwhile.people.models import Enrolment, Role

LOOK_AT = 200
FEW = 5
"""Under this many answers there are words and no numbers."""
QUIET = timedelta(days=7)
NAMED = 5


@dataclass(frozen=True)
class Turnaround:
    """answers: how many were looked at (the latest). seconds: the median from hand-in to answer.
    held: how many came by the time promised first. passed: promises that have passed and wait."""

    answers: int
    seconds: float
    held: int
    passed: int = 0

    @property
    def says(self) -> str:
        """For the class and its teachers alike."""
        if not self.answers:
            said = _("No work has been answered yet.")
        elif self.answers < FEW:
            said = _("Few answers so far, too few to say how long they take.")
        else:
            said = _("Half of the answers came within %(hours)s. %(held)d of %(n)d promises held.") % {
                "hours": hours(self.seconds), "held": self.held, "n": self.answers,
            }  # fmt: skip
        if self.passed:
            late = ngettext(
                "%(n)d answer is past its promise.",
                "%(n)d answers are past their promise.",
                self.passed,
            )
            return f"{said} {late % {'n': self.passed}}"
        return said


def turnaround_of(rows: QuerySet[Promise], since: datetime | None = None) -> Turnaround:
    """Over the latest answers among these promises: two queries."""
    kept = rows.filter(kept_at__isnull=False)
    if since is not None:
        kept = kept.filter(kept_at__gte=since)
    latest = list(kept.order_by("-kept_at").values_list("sent_at", "kept_at", "first_at")[:LOOK_AT])
    waits = [(at - sent).total_seconds() for sent, at, _first in latest if at]
    passed = rows.filter(kept_at=None, ended_at=None, promised_at__lt=clock.now()).count()
    return Turnaround(
        len(waits),
        median(waits) if waits else 0.0,
        sum(at <= first for _sent, at, first in latest if at),
        passed,
    )


def turnaround(offering: Offering) -> Turnaround:
    return turnaround_of(Promise.objects.filter(offering=offering))


@dataclass(frozen=True)
class Unheard:
    """A learner who has heard nothing from a person for so many days."""

    person: Any
    cohort: Any
    days: int


def last_heard(cohorts: Any) -> QuerySet[Any]:
    """The learners of these cohorts with `heard`: the last time a person answered them there, else
    when they joined."""
    kept = (
        Promise.objects.filter(person=OuterRef("person"), cohort=OuterRef("cohort"))
        .order_by()
        .values("person")
        .annotate(last=Max("kept_at"))
        .values("last")
    )
    answered = (
        Reply.objects.filter(
            feedback__person=OuterRef("person"), cohort=OuterRef("cohort"), asks=False
        )
        .order_by()
        .values("cohort")
        .annotate(last=Max("at"))
        .values("last")
    )
    here = Enrolment.objects.filter(cohort__in=cohorts, role=Role.LEARNER, left_at=None)
    return here.annotate(
        heard=Greatest(
            Coalesce(Subquery(kept), F("joined_at")), Coalesce(Subquery(answered), F("joined_at"))
        )
    )


def unheard(cohorts: Any, most: int = NAMED) -> tuple[list[Unheard], int]:
    """Who has heard nothing for a week, longest first, and how many there are: two queries."""
    now = clock.now()
    rows = last_heard(cohorts).filter(heard__lt=now - QUIET, cohort__closed_at=None)
    named = rows.select_related("person", "cohort").order_by("heard", "person__name")[:most]
    found = [Unheard(row.person, row.cohort, (now - row.heard).days) for row in named]
    return found, rows.count()
