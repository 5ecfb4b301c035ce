"""Quiet company: who else in the class is in this unit this week, as one line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.core.rules import visible
from meanwhile.courses.models import Offering
from meanwhile.learning.models import Participation
from meanwhile.learning.queries.classes import A_WEEK, FEW
from meanwhile.people.models import Note, Person
from meanwhile.people.who import Who

FACES = 6
MOST = 30
NOTES = 3


@dataclass(frozen=True)
class Company:
    """`faces` are classmates by their initials; names are for the class only, and not said."""

    says: str
    faces: list[Person]


def company(who: Who, offering: Offering, unit: int) -> Company | None:
    """Others of the class who did something in this unit in the last seven days; None where
    nobody did. Fewer than five are not shown, so that nobody is singled out. One query."""
    since = clock.now() - A_WEEK
    rows = Participation.objects.filter(
        offering=offering,
        unit=unit,
        last_active_at__gte=since,
        person__enrolments__left_at=None,
        person__enrolments__cohort=offering.cohort_id,
    )
    latest = rows.exclude(person=who.pk).order_by("-last_active_at")
    # one more than is counted is enough to say "more than"; the class may have thousands
    named = latest.values_list("person_id", "person__name", "person__called")[: MOST + 1]
    people = [Person(pk=pk, name=name, called=called) for pk, name, called in named]
    if not people:
        return None
    if len(people) < FEW:
        return Company(_("Others in your class are in this unit this week."), [])
    if len(people) > MOST:
        said = _("More than %(n)d others in your class are in this unit this week.")
        return Company(said % {"n": MOST}, people[:FACES])
    said = ngettext(
        "%(n)d other in your class is in this unit this week.",
        "%(n)d others in your class are in this unit this week.",
        len(people),
    )
    return Company(said % {"n": len(people)}, people[:FACES])


def notes_for(who: Who) -> list[Note]:
    """The latest notes from teachers to one's classes, of the last two weeks. One query."""
    since = clock.now() - 2 * A_WEEK
    rows = visible(who, Note).filter(cohort__in=who.learns, sent_at__gte=since)
    return list(rows.select_related("author", "cohort").order_by("-sent_at")[:NOTES])
