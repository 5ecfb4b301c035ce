"""What a course is made of, in few queries: units with their lessons, and its map of ideas."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from meanwhile.courses.models import Block, Course, Lesson, Objective, Unit


@dataclass
class UnitOutline:
    """A unit and its lessons, in order. `number` counts from 1."""

    unit: Unit
    number: int
    lessons: list[Lesson] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass
class Idea:
    """An objective: what it builds on, where it starts and the lessons it returns in."""

    objective: Objective
    builds_on: list[Objective] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)

    @property
    def starts(self) -> Lesson | None:
        return self.lessons[0] if self.lessons else None

    @property
    def returns(self) -> list[Lesson]:
        return self.lessons[1:]


def outline(course: Course, *, drafts: bool = False) -> list[UnitOutline]:
    """Units with their lessons: what learners see, or with drafts. Two queries."""
    units = Unit.objects.live().filter(course=course).order_by("position", "pk")
    found = {unit.pk: UnitOutline(unit, n) for n, unit in enumerate(units, start=1)}
    lessons = Lesson.objects.live() if drafts else Lesson.objects.published()
    for lesson in lessons.filter(course=course).order_by("position", "pk"):
        # known already: asking a lesson for its unit or course costs nothing more
        lesson.course, lesson.unit = course, found[lesson.unit_id].unit
        found[lesson.unit_id].lessons.append(lesson)
    every = list(found.values())
    return every if drafts else _numbered([each for each in every if each.lessons])


def _numbered(units: list[UnitOutline]) -> list[UnitOutline]:
    for number, each in enumerate(units, start=1):
        each.number = number
    return units


def ideas(course: Course, units: Iterable[UnitOutline]) -> list[Idea]:
    """The map of the course: each idea, what it rests on, where it starts and returns.

    units: the outline to place them in; an idea that none of its lessons names is there all the
    same. Two queries.
    """
    found = _resting(course)
    named = _named(course)
    for lesson in (lesson for each in units for lesson in each.lessons):
        for objective in sorted(named.get(lesson.pk, ())):
            if objective in found:
                found[objective].lessons.append(lesson)
    return list(found.values())


def _resting(course: Course) -> dict[int, Idea]:
    """The ideas of a course, each with what it builds on."""
    rows = list(
        Objective.objects.live()
        .filter(course=course)
        .order_by("position", "pk", "builds_on__position")
        .values_list("pk", "text", "builds_on")
    )
    found = {pk: Idea(Objective(pk=pk, text=text)) for pk, text, _earlier in rows}
    for pk, _text, earlier in rows:
        if earlier in found:
            found[pk].builds_on.append(found[earlier].objective)
    return found


def _named(course: Course) -> dict[int, set[int]]:
    """The objectives of each lesson: its own and those of its questions."""
    own = Lesson.objectives.through.objects.filter(lesson__course=course)
    asked = Block.objectives.through.objects.filter(
        block__lesson__course=course, block__removed_at=None
    )
    named: dict[int, set[int]] = {}
    pairs = own.values_list("lesson_id", "objective_id").union(
        asked.values_list("block__lesson_id", "objective_id")
    )
    for lesson, objective in pairs:
        named.setdefault(lesson, set()).add(objective)
    return named
