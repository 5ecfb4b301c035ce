"""When a school has school: its days, hours and holidays."""

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from meanwhile.core.events import record, writing
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import SchoolDaysChanged
from meanwhile.people.models import Holiday, Person, School

MOST_HOLIDAYS = 200
"""Every promise looks through them all: a school has some twelve a year."""


def change_days(
    actor: Person | int | None,
    school: School,
    work_days: str,
    day_from: time,
    day_until: time,
    zone: str,
) -> None:
    """Other days of the week ('12345', 1 is Monday), other hours, another zone."""
    with writing():
        school.work_days, school.zone = "".join(sorted(set(work_days))), zone
        school.day_from, school.day_until = day_from, day_until
        school.save(update_fields=["work_days", "zone", "day_from", "day_until"])
        _changed(actor, school, "days")


def make_holiday(
    actor: Person | int | None, school: School, name: str, first_day: date, last_day: date
) -> Holiday:
    """Raises:
    Refused: the school has as many holidays as are kept.
    """
    with writing():
        if Holiday.objects.filter(school=school).count() >= MOST_HOLIDAYS:
            raise Refused(_("There are 200 holidays already. Remove some that are over."))
        made = Holiday.objects.create(
            school=school, name=name, first_day=first_day, last_day=last_day
        )
        _changed(actor, school, "holiday made")
    return made


def remove_holiday(actor: Person | int | None, holiday: Holiday) -> None:
    """Its days count again, for what is sent from now on."""
    with writing():
        holiday.delete()
        _changed(actor, holiday.school, "holiday removed")


def _changed(actor: Person | int | None, school: School, what: str) -> None:
    record(SchoolDaysChanged(actor=key(actor), school=school.pk, what=what))
