"""What comes up for one learner: the dates of units that are not finished, over all courses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.courses.dates import UnitDate, due_for
from meanwhile.courses.models import Mode, Offering
from meanwhile.courses.queries.offerings import milestones_by_offering
from meanwhile.learning.models import Participation
from meanwhile.learning.queries import UnitWay, Way
from meanwhile.people.accommodations import NONE
from meanwhile.people.models import Enrolment, Person
from meanwhile.people.queries import allowances_by_school


@dataclass(frozen=True)
class Coming:
    """A unit with a date, for the list of what comes up."""

    way: Way
    unit: UnitWay
    date: UnitDate

    @property
    def passed(self) -> bool:
        return self.date.moment < clock.now()

    @property
    def says(self) -> str:
        """What is possible after the date: everything is, and the sentence says so."""
        if self.passed:
            return _("The date has passed. You can still do it, and nothing is taken off.")
        if self.date.soft:
            return self.date.says
        return _("If it takes longer, go on afterwards. Nothing closes and nothing is taken off.")


def dates_of(person: Person, ways: Iterable[Way]) -> dict[int, dict[int, UnitDate]]:
    """By offering and unit. Three queries, however many courses; none where nothing has dates."""
    dated = [way for way in ways if way.offering.mode != Mode.OPEN]
    if not dated:
        return {}
    started = {way.offering.pk: way.participation for way in dated}
    return dates_in([way.offering for way in dated], person, started)


def dates_in(
    offerings: list[Offering], person: Person, started: dict[int, Participation | None]
) -> dict[int, dict[int, UnitDate]]:
    milestones = milestones_by_offering([each.pk for each in offerings])
    joined = joined_at(person, [each.cohort_id for each in offerings])
    agreed = allowances_by_school(person)
    return {
        each.pk: due_for(
            each,
            milestones.get(each.pk, []),
            started_at=part.started_at if (part := started.get(each.pk)) else None,
            joined_at=joined.get(each.cohort_id, each.made_at),
            zone=person.zone,
            allowance=agreed.get(each.cohort.school_id, NONE),
        )
        for each in offerings
    }


def joined_at(person: Person, cohorts: list[int]) -> dict[int, datetime]:
    rows = Enrolment.objects.filter(person=person, cohort__in=cohorts, left_at=None)
    return dict(rows.values_list("cohort", "joined_at"))


def coming_up(person: Person, ways: Iterable[Way], most: int = 4) -> list[Coming]:
    """The nearest dates of units that are not done; one unit a course that has passed at most,
    so that nobody opens the day to a list of what did not happen."""
    ways = list(ways)
    dates = dates_of(person, ways)
    found = [
        Coming(way, unit, date)
        for way in ways
        for unit in way.units
        if not unit.figures.finished and (date := dates.get(way.offering.pk, {}).get(unit.pk))
    ]
    found.sort(key=lambda each: each.date.moment)
    ahead = [each for each in found if not each.passed]
    behind = {each.way.offering.pk: each for each in reversed(found) if each.passed}
    return [*behind.values(), *ahead][:most]
