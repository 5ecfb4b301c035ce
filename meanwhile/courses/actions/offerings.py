"""A course offered to a class: made, its dates changed, closed and opened again."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.core.clock import moment_of
from meanwhile.core.events import record, writing
from meanwhile.courses.events import OfferingChanged, OfferingMade
from meanwhile.courses.models import Course, Milestone, Mode, Offering
from meanwhile.people.models import Cohort
from meanwhile.people.school_days import MOST_DAYS

Dates = Mapping[int, datetime | int]
"""By unit: a wall-clock time without a zone (together), or days from the start (paced)."""


def make_offering(
    actor: int | None,
    course: Course,
    cohort: Cohort,
    mode: str,
    starts_on: date,
    zone: str,
    dates: Dates | None = None,
) -> Offering:
    """Offer a course to a class.

    Raises:
        ValidationError: another school's class, or the class has this course already.
    """
    if course.school_id != cohort.school_id:
        raise ValidationError(_("A course and its class belong to the same school."))
    with writing():
        offering, made = Offering.objects.get_or_create(
            course=course,
            cohort=cohort,
            defaults={
                "mode": mode,
                "starts_on": starts_on,
                "zone": zone,
                "made_at": clock.now(),
            },
        )
        if not made:
            raise ValidationError(
                _("%(cohort)s has this course already. Change its dates instead.")
                % {"cohort": cohort}
            )
        _set_dates(offering, dates or {})
        record(OfferingMade(actor=actor, school=course.school_id, offering=offering.pk))
    return offering


def change_offering(
    actor: int | None, offering: Offering, mode: str, starts_on: date, zone: str, dates: Dates
) -> Offering:
    """Another mode, first day, zone or other dates. What learners did stays as it is."""
    with writing():
        offering.mode, offering.starts_on, offering.zone = mode, starts_on, zone
        offering.save(update_fields=["mode", "starts_on", "zone"])
        _set_dates(offering, dates)
        _changed(actor, offering)
    return offering


def promise_answers(actor: int | None, offering: Offering, days: int) -> Offering:
    """Answer within so many school days what is handed in from now on. What was promised before
    stays as it was said.

    Raises:
        ValidationError: fewer than one day, or more than a term.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("Promise from 1 to %(most)d school days.") % {"most": MOST_DAYS})
    with writing():
        offering.answer_within = days
        offering.save(update_fields=["answer_within"])
        _changed(actor, offering)
    return offering


def close_offering(actor: int | None, offering: Offering) -> None:
    """End it: it stays readable, with everything that was done."""
    with writing():
        if Offering.objects.filter(pk=offering.pk, closed_at=None).update(closed_at=clock.now()):
            _changed(actor, offering)


def reopen_offering(actor: int | None, offering: Offering) -> None:
    with writing():
        reopened = Offering.objects.filter(pk=offering.pk, closed_at__isnull=False)
        if reopened.update(closed_at=None):
            _changed(actor, offering)


def _changed(actor: int | None, offering: Offering) -> None:
    school = offering.course.school_id
    record(OfferingChanged(actor=actor, school=school, offering=offering.pk))


def _set_dates(offering: Offering, dates: Dates) -> None:
    """Exactly these dates; the units that have none lose the one they had."""
    kept = dates if offering.mode != Mode.OPEN else {}
    Milestone.objects.filter(offering=offering).exclude(unit__in=kept).delete()
    for unit, value in kept.items():
        Milestone.objects.update_or_create(
            offering=offering, unit_id=unit, defaults=_columns(value, offering.zone)
        )


def _columns(value: datetime | int, zone: str) -> dict[str, object]:
    if isinstance(value, int):
        return {"wall": "", "at": None, "after_days": value}
    wall = value.isoformat(timespec="minutes")
    return {"wall": wall, "at": moment_of(value, zone), "after_days": None}
