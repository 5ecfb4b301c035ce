"""The calendar of a school, as `school_days` counts with it."""

from collections.abc import Iterable

from meanwhile.people.models import Holiday, School
from meanwhile.people.school_days import Calendar


def calendar_of(school: School) -> Calendar:
    """One query."""
    return calendars_of([school])[school.pk]


def calendars_of(schools: Iterable[School]) -> dict[int, Calendar]:
    """By school, one query however many."""
    found = {school.pk: school for school in schools}
    off: dict[int, list] = {key: [] for key in found}
    for holiday in Holiday.objects.filter(school__in=found):
        off[holiday.school_id].append((holiday.first_day, holiday.last_day))
    return {key: Calendar.of(school, tuple(off[key])) for key, school in found.items()}


def holidays_of(school: School) -> list[Holiday]:
    return list(Holiday.objects.filter(school=school))
