"""What a guardian sees: each child's courses, how far they are, and the dates. Not the answers,
not the classmates, not the notes of others."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from meanwhile.assessment.queries import Handed, handed_in_by_wards
from meanwhile.core import clock
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.dates import UnitDate
from meanwhile.courses.models import Block, Offering, Unit
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import Figures
from meanwhile.learning.queries import as_of_now
from meanwhile.people.models import Enrolment, Person
from meanwhile.people.queries import Effects, effects_of_wards
from meanwhile.people.who import Who
from meanwhile.web.queries.dates import dates_in

MOST_DATES = 2
MOST_HANDED = 3


@dataclass
class ChildCourse:
    """A child's course: both axes, their place, and the next dates."""

    offering: Offering
    participation: Participation | None
    figures: Figures
    dates: list[tuple[Unit, UnitDate]] = field(default_factory=list)
    handed_in: list[Handed] = field(default_factory=list)


@dataclass
class Child:
    """`effects`: what is agreed with them, while they are a minor."""

    person: Person
    courses: list[ChildCourse] = field(default_factory=list)
    effects: list[Effects] = field(default_factory=list)


def children(who: Who) -> list[Child]:
    """Each child with their courses. A number of queries that grows with the children of one
    guardian only."""
    people = visible(who, Person).filter(pk__in=who.guards).order_by("name")
    offerings = list(
        allowed(who, "follow", Offering)
        .filter(course__published_at__isnull=False, closed_at=None)
        .select_related("course", "cohort")
    )
    totals = _totals({each.course_id for each in offerings})
    places = _places(who, offerings)
    followed = set(allowed(who, "follow", Enrolment).values_list("person", "cohort"))
    effects, handed = effects_of_wards(who), handed_in_by_wards(who)
    found = [
        _child(
            person,
            [each for each in offerings if (person.pk, each.cohort_id) in followed],
            totals,
            places,
            handed,
        )
        for person in people
    ]
    for child in found:
        child.effects = effects.get(child.person.pk, [])
    return found


def _totals(courses: set[int]) -> dict[int, Figures]:
    rows = Block.objects.counted().filter(lesson__course__in=courses).order_by()
    counted = rows.values("lesson__course").annotate(
        total=Count("pk"), questions=Count("pk", filter=Q(answers=True))
    )
    return {
        row["lesson__course"]: Figures(total=row["total"], questions=row["questions"])
        for row in counted
    }


def _places(who: Who, offerings: list[Offering]) -> dict[tuple[int, int], Participation]:
    rows = visible(who, Participation).filter(person__in=who.guards, offering__in=offerings)
    now = as_of_now(rows.select_related("lesson", "unit"), offerings)
    return {(row.person_id, row.offering_id): row for row in now}


def _child(
    person: Person,
    theirs: list[Offering],
    totals: dict[int, Figures],
    places: dict[tuple[int, int], Participation],
    handed: dict[tuple[int, int], list[Handed]],
) -> Child:
    started = {each.pk: places.get((person.pk, each.pk)) for each in theirs}
    dates = dates_in(theirs, person, started)
    units = _units(dates)
    courses = [
        ChildCourse(
            each,
            started[each.pk],
            _figures(totals.get(each.course_id, Figures()), started[each.pk]),
            _next(dates.get(each.pk, {}), units),
            handed.get((person.pk, each.pk), [])[:MOST_HANDED],
        )
        for each in theirs
    ]
    return Child(person, courses)


def _units(dates: dict[int, dict[int, UnitDate]]) -> dict[int, Unit]:
    return Unit.objects.in_bulk([unit for found in dates.values() for unit in found])


def _figures(whole: Figures, row: Participation | None) -> Figures:
    if row is None:
        return whole
    return Figures(whole.total, row.done, whole.questions, row.answered, row.right)


def _next(dates: dict[int, UnitDate], units: dict[int, Unit]) -> list[tuple[Unit, UnitDate]]:
    """The nearest dates ahead."""
    now = clock.now()
    ahead = [(units[unit], date) for unit, date in dates.items() if date.moment >= now]
    return sorted(ahead, key=lambda pair: pair[1].moment)[:MOST_DATES]
