"""What a teacher sees of a class, and a class of itself. Constant queries, whatever its size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.core.rules import visible
from meanwhile.courses.models import Offering, Unit
from meanwhile.learning.models import Answer, BlockState, Participation
from meanwhile.learning.progress import Figures
from meanwhile.learning.queries.counts import as_of_now, cells, wholes
from meanwhile.people.models import Person
from meanwhile.people.who import Who

A_WEEK = timedelta(days=7)
FEW = 5
"""Fewer people than this are said in words only."""


def unit_cells(offering: Offering, people: Iterable[Person | int]) -> dict[int, dict[int, Figures]]:
    """Both axes per person and unit: `unit_cells(offering, ids)[person_id][unit_id].done`.

    Every person asked for and every unit with published lessons is there, with zeros where
    nothing is done. Two queries.
    """
    keys = [_key(person) for person in people]
    units = wholes(offering.course_id)
    theirs = Q(participation__offering=offering, participation__person__in=keys)
    done = cells(theirs, "participation__person", units)
    return {key: units | done.get(key, {}) for key in keys}


def _key(person: Person | int) -> int:
    return person if isinstance(person, int) else person.pk


def participations(offering: Offering, people: Iterable[Person | int]) -> dict[int, Participation]:
    """What is kept of each person, by key, with the question they are stuck on and the unit that
    is shaky. Somebody who has not begun is absent. One query."""
    keys = [_key(person) for person in people]
    rows = _standing(Participation.objects.filter(person__in=keys), offering)
    return {row.person_id: row for row in rows}


def first_acts_of(offering: Offering, people: Iterable[int]) -> dict[int, datetime]:
    """When each of these people began. One query."""
    rows = Participation.objects.filter(offering=offering, person__in=list(people))
    return dict(rows.values_list("person", "started_at"))


def participation_seen(who: Who, offering: Offering, person: Person | int) -> Participation | None:
    """As `participations`, of one person, where `who` may see it. One query."""
    rows = _standing(visible(who, Participation).filter(person=person), offering)
    return next(iter(rows), None)


def _standing(rows: QuerySet[Participation], offering: Offering) -> list[Participation]:
    related = ("unit", "lesson", "stuck_on__lesson", "shaky_in")
    return as_of_now(rows.filter(offering=offering).select_related(*related), [offering])


@dataclass(frozen=True)
class Company:
    """How many others are in the same unit this week. `says` is "" when nobody is."""

    count: int
    says: str


def company(offering: Offering, unit: Unit | int, but: Person | int | None = None) -> Company:
    """Others whose place is in this unit and who did something in the last seven days.

    Fewer than five are said in words only, so that nobody is singled out. One query.
    """
    since = clock.now() - A_WEEK
    rows = Participation.objects.filter(offering=offering, unit=unit, last_active_at__gte=since)
    count = (rows.exclude(person=but) if but else rows).count()
    if not count:
        return Company(0, "")
    if count < FEW:
        return Company(count, _("Others in your class are in this unit this week."))
    says = ngettext(
        "%(count)d other person is in this unit this week.",
        "%(count)d other people are in this unit this week.",
        count,
    ) % {"count": count}
    return Company(count, says)


@dataclass(frozen=True)
class Day:
    """What one person did on one day of the reader's calendar, in one lesson."""

    on: date
    lesson: str
    done: int
    answered: int
    right: int
    last_at: datetime

    @property
    def says(self) -> str:
        parts = []
        if self.done:
            parts.append(
                ngettext("%(n)d part done", "%(n)d parts done", self.done) % {"n": self.done}
            )
        if self.answered:
            said = ngettext(
                "%(n)d answer, %(right)d right", "%(n)d answers, %(right)d right", self.answered
            )
            parts.append(said % {"n": self.answered, "right": self.right})
        return " · ".join(parts)


def timeline(who: Who, person: Person | int, offering: Offering, most: int = 60) -> list[Day]:
    """What `who` may see of what somebody did in an offering, day by day and lesson by lesson,
    the latest first.

    What has been taken out of the course since is listed too: it was done. Two queries.
    """
    mine = Q(participation__person=person, participation__offering=offering)
    done = visible(who, BlockState).filter(mine, done_at__isnull=False, block__instead_of=None)
    answers = visible(who, Answer).filter(mine)
    found: dict[tuple[date, str], list] = {}
    for title, at in done.values_list("block__lesson__title", "done_at"):
        if at:
            _add(found, title, at, 1, 0, 0)
    for title, at, right in answers.values_list("block__lesson__title", "at", "right").order_by():
        _add(found, title, at, 0, 1, int(right))
    days = [Day(day, title, *counts) for (day, title), counts in found.items()]
    return sorted(days, key=lambda day: day.last_at, reverse=True)[:most]


def _add(
    found: dict[tuple[date, str], list],
    title: str,
    at: datetime,
    done: int,
    answered: int,
    right: int,
) -> None:
    day = timezone.localtime(at).date()
    so_far = found.setdefault((day, title), [0, 0, 0, at])
    so_far[0] += done
    so_far[1] += answered
    so_far[2] += right
    so_far[3] = max(so_far[3], at)
