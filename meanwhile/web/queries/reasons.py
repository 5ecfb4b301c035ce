"""Why a teacher might look at somebody: a plain reason, worked out in the query that sorts by it.

Nothing is scored or kept. The reasons, the first that holds:
stuck (the same question wrong several times), shaky (a unit done, too few answers right), quiet
(nothing for a week, not finished), new (has not begun), fine, finished.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.courses.models import Offering
from meanwhile.people.models import Enrolment, Role

QUIET_AFTER = timedelta(days=7)
STUCK, SHAKY, QUIET, NEW, FINE, FINISHED = range(1, 7)
NAMES = {"stuck": STUCK, "shaky": SHAKY, "quiet": QUIET, "new": NEW, "fine": FINE,
         "finished": FINISHED}  # fmt: skip
LOOK = (STUCK, SHAKY, QUIET)
"""Reasons to look at somebody; who has not begun may only have come yesterday."""
LABELS = {
    "stuck": _("stuck on a question"),
    "shaky": _("done but shaky"),
    "quiet": _("quiet for a week"),
    "new": _("not begun"),
    "fine": _("on the way"),
    "finished": _("finished"),
}


def reason(prefix: str = "way__") -> Case:
    """The number of the reason, from the columns of a participation found under `prefix`."""
    quiet = clock.now() - QUIET_AFTER

    def on(**columns: Any) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in columns.items()})

    return Case(
        When(on(pk=None), then=NEW),
        When(on(stuck_on__isnull=False), then=STUCK),
        When(on(shaky_in__isnull=False), then=SHAKY),
        When(on(finished=True), then=FINISHED),
        When(on(last_active_at__lt=quiet), then=QUIET),
        default=Value(FINE),
        output_field=IntegerField(),
    )


def learners(offering: Offering) -> QuerySet[Any]:
    """Who learns in the offering's class, each with `way_id`, `last_active_at` and `reason`."""
    mine = Q(person__participations__offering=offering)
    return (
        Enrolment.objects.filter(cohort=offering.cohort_id, role=Role.LEARNER, left_at=None)
        .annotate(way=FilteredRelation("person__participations", condition=mine))
        .annotate(reason=reason(), last_active_at=F("way__last_active_at"))
    )
