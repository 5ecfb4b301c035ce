"""The class page: people and units, sentences on top, one open cell. Its cost follows the page
that is shown, not the class."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet

from meanwhile.courses.models import Offering, Unit
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import Figures
from meanwhile.learning.queries import participations, unit_cells
from meanwhile.people.models import Enrolment, Group, Person
from meanwhile.web.queries import reasons
from meanwhile.web.words import cell_word, reason_words

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the reader asked to see, tidied: an unknown word means everything."""

    words: str = ""
    group: int | None = None
    reason: str = ""
    by_name: bool = False

    @classmethod
    def of(cls, given: Any) -> "Asked":
        group, reason = given.get("group", ""), given.get("reason", "")
        return cls(
            given.get("q", "").strip()[:80],
            int(group) if group.isdecimal() and len(group) < 19 else None,
            reason if reason in reasons.NAMES else "",
            given.get("by") == "name",
        )

    @property
    def anything(self) -> bool:
        return bool(self.words or self.group or self.reason)


@dataclass
class Cell:
    """One person and unit. `word` only where it is an exception: shaky, stuck, quiet."""

    person: Person
    unit: Unit
    figures: Figures
    word: str = ""


@dataclass
class Row:
    person: Person
    participation: Participation | None
    reason: int
    cells: list[Cell] = field(default_factory=list)

    @cached_property
    def why(self) -> str:
        return reason_words(self.reason, self.participation)


@dataclass(frozen=True)
class Summary:
    """How many people there are by reason, and where: from counts alone."""

    people: int
    by_reason: dict[int, int]
    zones: int
    by_unit: dict[int, int]


class CountedPaginator(Paginator):
    """A paginator that knows its count already."""

    def __init__(self, rows: Any, per_page: int, count: int | None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.__dict__["count"] = count


def summary(offering: Offering) -> Summary:
    """Two queries: people by reason, unit and zone of the whole class."""
    rows = reasons.learners(offering).order_by()
    by_reason: dict[int, int] = {}
    by_unit: dict[int, int] = {}
    for row in rows.values("reason", "way__unit").annotate(n=Count("pk")):
        by_reason[row["reason"]] = by_reason.get(row["reason"], 0) + row["n"]
        if row["way__unit"]:
            by_unit[row["way__unit"]] = by_unit.get(row["way__unit"], 0) + row["n"]
    zones = rows.aggregate(n=Count("person__zone", distinct=True))["n"]
    return Summary(sum(by_reason.values()), by_reason, zones, by_unit)


def names(offering: Offering, found: Summary, most: int = 3) -> dict[int, list[Row]]:
    """The people of each reason that few enough share to be named. Two queries."""
    named = [
        reason
        for reason in (reasons.STUCK, reasons.SHAKY, reasons.QUIET, reasons.NEW)
        if 0 < found.by_reason.get(reason, 0) <= most
    ]
    if not named:
        return {}
    rows = reasons.learners(offering).filter(reason__in=named).select_related("person")
    people = list(rows.order_by("person__name")[: most * 4])
    joined = participations(offering, [each.person_id for each in people])
    by_reason: dict[int, list[Row]] = {}
    for each in people:
        row = Row(each.person, joined.get(each.person_id), each.reason)
        by_reason.setdefault(row.reason, []).append(row)
    return by_reason


def wanted(offering: Offering, asked: Asked) -> QuerySet[Any]:
    """The people asked for, in the order asked for."""
    rows = reasons.learners(offering)
    if asked.words:
        rows = rows.filter(person__name__icontains=asked.words)
    if asked.group:
        rows = rows.filter(groups=asked.group)
    if asked.reason:
        rows = rows.filter(reason=reasons.NAMES[asked.reason])
    if asked.by_name:
        return rows.order_by("person__name", "pk")
    return rows.order_by("reason", F("last_active_at").asc(nulls_last=True), "person__name", "pk")


def page_of(
    offering: Offering, units: list[Unit], asked: Asked, number: Any, people: int
) -> tuple[Page, list[Row]]:
    """A page of people with their cells. Five queries.

    people: how many there are when nothing narrows the list.
    """
    rows = wanted(offering, asked)
    count = None if asked.anything else people
    page = CountedPaginator(rows.select_related("person"), PAGE, count).get_page(number)
    return page, rows_of(offering, units, list(page.object_list))


def rows_of(offering: Offering, units: list[Unit], enrolled: list[Enrolment]) -> list[Row]:
    keys = [each.person_id for each in enrolled]
    cells = unit_cells(offering, keys)
    joined = participations(offering, keys)
    rows = []
    for each in enrolled:
        row = Row(each.person, joined.get(each.person_id), each.reason)  # type: ignore[attr-defined]
        mine = cells.get(each.person_id, {})
        row.cells = [
            Cell(row.person, unit, figures, cell_word(row.reason, row.participation, unit, figures))
            for unit in units
            if (figures := mine.get(unit.pk)) is not None
        ]
        rows.append(row)
    return rows


def groups_of(offering: Offering) -> list[Group]:
    return list(Group.objects.filter(cohort=offering.cohort_id).order_by("name"))


def learner(offering: Offering, person: int) -> Enrolment | None:
    """Somebody of this class, by key, with their reason; who left is found too. None where they
    never were in it."""
    rows = reasons.learners(offering).filter(person=person).select_related("person")
    found = rows.first()
    if found is None:
        found = (
            Enrolment.objects.filter(cohort=offering.cohort_id, person=person, role="learner")
            .select_related("person")
            .first()
        )
    return found
