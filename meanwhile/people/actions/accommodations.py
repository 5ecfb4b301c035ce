"""What is agreed with a learner. Each change is a new row; nothing that was agreed is lost."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people import accommodations
from meanwhile.people.actions.notes import notify
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import AccommodationKept
from meanwhile.people.models import Accommodation, AccommodationReason, Person, School

OTHERS_FIRST = _(
    "Somebody else changed this a moment ago. Look at what stands there now, then keep yours again."
)


def keep_accommodation(
    actor: Person | None,
    person: Person,
    school: School,
    *,
    seen: int = 0,
    reason: str = "",
    extra_time: int = 0,
    extra_days: int = 0,
    rests: bool = False,
    hides_timers: bool = False,
    formats: list[str] | None = None,
    other_tasks: bool = False,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Accommodation:
    """Agree something with a learner, in place of what held before. They are told.

    seen: the number of the agreement that the form showed; 0 where there was none.

    Raises:
        Refused: somebody else changed it in the meantime.
    """
    now = clock.now()
    effects: dict[str, Any] = {
        "extra_time": extra_time,
        "extra_days": extra_days,
        "rests": rests,
        "hides_timers": hides_timers,
        "formats": sorted(formats or []),
        "other_tasks": other_tasks,
        "first_day": first_day,
        "last_day": last_day,
    }
    with writing():
        theirs = Accommodation.objects.filter(person=person, school=school)
        before = theirs.filter(replaced_at=None).first()
        last = theirs.aggregate(last=Max("number"))["last"] or 0
        if last != seen:
            raise Refused(OTHERS_FIRST)
        theirs.filter(replaced_at=None).update(replaced_at=now)
        try:
            with transaction.atomic():
                row = Accommodation.objects.create(
                    person=person,
                    school=school,
                    number=last + 1,
                    made_at=now,
                    made_by=actor,
                    **effects,
                )
        except IntegrityError:
            raise Refused(OTHERS_FIRST) from None
        if reason.strip():
            AccommodationReason.objects.create(accommodation=row, words=reason.strip())
        if before is None or accommodations.of_row(before) != accommodations.of_row(row):
            _tell(person, school)
        record(
            AccommodationKept(
                actor=key(actor), school=school.pk, person=person.pk, number=row.number
            )
        )
    return row


def _tell(person: Person, school: School) -> None:
    """That something changed; what, they read in their settings, behind their own door."""
    notify(
        person,
        "accommodation",
        _("What holds for you in %(school)s has changed. Your settings say it."),
        f"{reverse('people:settings')}#holds",
        school=school.name,
    )
