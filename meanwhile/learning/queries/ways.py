"""A person's way through a course: what is in it now, and what they have done with each part.

Five queries, however long the course and however many offerings are asked for at once.

Minutes are this person's: how long something takes most, with the time agreed with them in it
(`Way.allowance`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404
from django.urls import reverse

from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.learning import progress
from meanwhile.learning.models import BlockState, Participation
from meanwhile.learning.progress import Figures, Mark, Part
from meanwhile.people.accommodations import NONE, Allowance
from meanwhile.people.models import Person
from meanwhile.people.queries import allowances_by_school


@dataclass
class PartWay:
    """A block of the course, as one person meets it."""

    pk: int
    uid: str
    kind: str
    heading: str
    part: Part

    @property
    def done(self) -> bool:
        return self.part.mark.done


@dataclass
class Section:
    """What stands under one heading of a lesson: a line of the outline."""

    uid: str
    heading: str
    parts: list[PartWay] = field(default_factory=list)

    @property
    def figures(self) -> Figures:
        return progress.count(way.part for way in self.parts)

    @property
    def minutes(self) -> int:
        return max(1, round(sum(way.part.minutes for way in self.parts)))


@dataclass
class LessonWay:
    """A lesson. `number` counts from 1 inside its unit."""

    pk: int
    uid: str
    title: str
    summary: str
    minutes: int
    number: int
    unit: "UnitWay" = field(repr=False)
    parts: list[PartWay] = field(default_factory=list)

    @cached_property
    def figures(self) -> Figures:
        return progress.count(way.part for way in self.parts)

    @cached_property
    def minutes_left(self) -> int:
        return progress.minutes_left(self.minutes, [way.part for way in self.parts])

    @property
    def minutes_done(self) -> int:
        return self.minutes - self.minutes_left

    @property
    def url(self) -> str:
        return f"{self.unit.way.address}{self.uid}/"

    @cached_property
    def sections(self) -> list[Section]:
        """The headings of the lesson; what stands before the first belongs to the first."""
        found: list[Section] = []
        for way in self.parts:
            if not found or (way.heading and found[-1].heading):
                found.append(Section(way.uid, way.heading))
            found[-1].heading = found[-1].heading or way.heading
            found[-1].parts.append(way)
        return found

    def to_answer(self) -> PartWay | None:
        """The first question without a right answer."""
        return next((w for w in self.parts if w.part.answers and not w.part.right), None)


@dataclass
class UnitWay:
    """A unit. `number` counts from 1 in the course."""

    pk: int
    uid: str
    title: str
    summary: str
    number: int
    way: "Way" = field(repr=False)
    lessons: list[LessonWay] = field(default_factory=list)

    @cached_property
    def figures(self) -> Figures:
        return sum((lesson.figures for lesson in self.lessons), Figures())

    @property
    def lessons_done(self) -> tuple[int, int]:
        """How many of its lessons are all done, and of how many."""
        return progress.lessons_done(lesson.figures for lesson in self.lessons)

    @property
    def so(self) -> tuple[str, str, str]:
        """Where one stands: a word or two, its tone and its icon."""
        here = self.way.here
        return progress.standing_words(self.figures, here is not None and here.unit is self)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        return sum(lesson.minutes_left for lesson in self.lessons)


@dataclass
class Way:
    """A course as one person goes through it. `participation` is None before the first act;
    `allowance` is what is agreed with them in the school of the class."""

    offering: Offering
    participation: Participation | None
    allowance: Allowance
    units: list[UnitWay] = field(default_factory=list)

    @cached_property
    def address(self) -> str:
        """What the addresses of its lessons begin with: looked up once for all of them."""
        return reverse("learning:lesson", args=[self.offering.pk, "x"]).removesuffix("x/")

    @property
    def lessons(self) -> list[LessonWay]:
        return [lesson for unit in self.units for lesson in unit.lessons]

    @cached_property
    def figures(self) -> Figures:
        return sum((unit.figures for unit in self.units), Figures())

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)

    @property
    def minutes_left(self) -> int:
        return sum(unit.minutes_left for unit in self.units)

    @property
    def here(self) -> LessonWay | None:
        """The lesson of the place that is kept, if it is still in the course."""
        place = self.participation.lesson_id if self.participation else None
        return next((lesson for lesson in self.lessons if lesson.pk == place), None)

    def lesson(self, uid: str) -> LessonWay | None:
        return next((lesson for lesson in self.lessons if lesson.uid == uid), None)

    def lesson_or_404(self, uid: str) -> LessonWay:
        """The lesson of that uid.

        Raises:
            Http404: none in what learners see.
        """
        found = self.lesson(uid)
        if found is None:
            raise Http404
        return found

    def after(self, lesson: LessonWay) -> LessonWay | None:
        """The lesson that follows, in this unit or the next."""
        lessons = self.lessons
        at = next(index for index, each in enumerate(lessons) if each.pk == lesson.pk)
        return lessons[at + 1] if at + 1 < len(lessons) else None


def outline_of(offering: Offering, person: Person | int) -> Way:
    """The course as this person goes through it: units, lessons, parts, both axes for each.

    Only what learners see: published, not taken out. Lessons without parts are listed too.
    """
    return ways([offering], person)[offering.pk]


def unit_outline_of(offering: Offering, person: Person | int, uid: str) -> Way:
    """The outline with the parts of one unit, that of the lesson `uid`: what the player shows. The
    other lessons are there for their order, and nothing is to be counted over them."""
    return ways([offering], person, unit_of=uid)[offering.pk]


def lesson_alone(
    offering: Offering, lesson: Lesson, row: Participation | None, allowance: Allowance
) -> LessonWay:
    """A lesson that learners see, with its parts and without the course around it. Two queries."""
    unit = UnitWay(lesson.unit_id, "", "", "", 0, Way(offering, row, allowance))
    marks = marks_of([row.pk], [lesson.pk]).get(row.pk, {}) if row else {}
    parts = [_part(allowance, marks, *block) for block in _blocks([lesson.pk]).get(lesson.pk, ())]
    names = (lesson.uid, lesson.title, lesson.summary)
    return _lesson(allowance, lesson.pk, names, lesson.minutes, 0, unit, parts)


def ways(offerings: Iterable[Offering], person: Person | int, unit_of: str = "") -> dict[int, Way]:
    """`outline_of` for several offerings at once, by their keys, in the same five queries.

    unit_of: read the parts of the unit alone in which the lesson with this uid is."""
    offerings = list(offerings)
    joined = {
        row.offering_id: row
        for row in Participation.objects.filter(offering__in=offerings, person=person)
    }
    agreed = allowances_by_school(person)
    found = {
        each.pk: Way(each, joined.get(each.pk), agreed.get(each.cohort.school_id, NONE))
        for each in offerings
    }
    lessons = _lessons({offering.course_id for offering in offerings})
    wanted = _wanted([row for rows in lessons.values() for row in rows], unit_of)
    blocks = _blocks(wanted)
    marks = marks_of((row.pk for row in joined.values()), wanted if unit_of else None)
    for way in found.values():
        mine = marks.get(way.participation.pk, {}) if way.participation else {}
        _fill(way, lessons.get(way.offering.course_id, []), blocks, mine, way.allowance)
    return found


def _wanted(rows: list[dict], unit_of: str) -> list[int]:
    """The lessons whose parts are read."""
    units = {row["unit_id"] for row in rows if row["uid"] == unit_of}
    return [row["pk"] for row in rows if not unit_of or row["unit_id"] in units]


def _lessons(courses: set[int]) -> dict[int, list[dict[str, Any]]]:
    """Rows of published lessons with their unit, by course, in order."""
    rows = Lesson.objects.published().filter(course__in=courses)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("unit__position", "unit_id", "position", "pk").values(
        "pk", "uid", "title", "summary", "minutes", "course_id",
        "unit_id", "unit__uid", "unit__title", "unit__summary",
    ):  # fmt: skip
        found.setdefault(row["course_id"], []).append(dict(row))
    return found


def _blocks(lessons: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows of main blocks by lesson, in order: what progress counts."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    rows = Block.objects.filter(lesson__in=lessons, removed_at=None, instead_of=None)
    rows = rows.order_by("position", "pk")
    for lesson, *row in rows.values_list(
        "lesson_id", "pk", "uid", "kind", "heading", "answers", "minutes"
    ):
        found.setdefault(lesson, []).append(tuple(row))
    return found


def marks_of(
    participations: Iterable[int], lessons: Iterable[int] | None = None
) -> dict[int, dict[int, Mark]]:
    """What was done with each block, by participation and block; of these lessons alone, if any
    are named."""
    found: dict[int, dict[int, Mark]] = {}
    rows = BlockState.objects.filter(participation__in=list(participations))
    if lessons is not None:
        rows = rows.filter(block__lesson__in=list(lessons))
    # whether, not when: SQLite keeps moments as text, and reading each would cost more than the row
    done = ExpressionWrapper(Q(done_at__isnull=False), output_field=BooleanField())
    for participation, block, is_done, tries, right, wrong_run in rows.values_list(
        "participation_id", "block_id", done, "tries", "right", "wrong_run"
    ):
        mark = Mark(bool(is_done), tries, bool(right), wrong_run)
        found.setdefault(participation, {})[block] = mark
    return found


def _fill(
    way: Way,
    lessons: list[dict[str, Any]],
    blocks: dict[int, list[tuple[Any, ...]]],
    marks: dict[int, Mark],
    allowance: Allowance,
) -> None:
    for row in lessons:
        if not way.units or way.units[-1].pk != row["unit_id"]:
            number = len(way.units) + 1
            called = (row["unit__uid"], row["unit__title"], row["unit__summary"])
            way.units.append(UnitWay(row["unit_id"], *called, number, way))
        unit = way.units[-1]
        parts = [_part(allowance, marks, *block) for block in blocks.get(row["pk"], ())]
        names, number = (row["uid"], row["title"], row["summary"]), len(unit.lessons) + 1
        unit.lessons.append(
            _lesson(allowance, row["pk"], names, row["minutes"], number, unit, parts)
        )


def _lesson(
    allowance: Allowance,
    pk: int,
    names: tuple[str, str, str],
    minutes: int,
    number: int,
    unit: UnitWay,
    parts: list[PartWay],
) -> LessonWay:
    return LessonWay(pk, *names, allowance.minutes(minutes).minutes, number, unit, parts)


def _part(
    allowance: Allowance,
    marks: dict[int, Mark],
    pk: int,
    uid: str,
    kind: str,
    heading: str,
    answers: bool,
    minutes: float,
) -> PartWay:
    mark = marks.get(pk, progress.NOTHING_YET)
    return PartWay(pk, uid, kind, heading, Part(pk, answers, allowance.estimate(minutes), mark))
