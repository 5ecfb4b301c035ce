"""The outline of a course as it is being written, with what lists say of its lessons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from meanwhile.authoring import outline as plans
from meanwhile.authoring.models import LessonCopy, OutlineStep, WorkingCopy
from meanwhile.authoring.outline import Gone, Outline, UnitPlan
from meanwhile.core import clock
from meanwhile.courses.models import Course, Lesson, Unit


def published_outline(course: Course) -> Outline:
    """The outline of what was published last. Two queries."""
    lessons: dict[int, list[str]] = {}
    rows = Lesson.objects.live().filter(course=course).order_by("position", "pk")
    for unit, uid in rows.values_list("unit", "uid"):
        lessons.setdefault(unit, []).append(uid)
    units = Unit.objects.live().filter(course=course).order_by("position", "pk")
    return Outline(
        tuple(
            UnitPlan(u.uid, u.title, u.summary, u.intro, tuple(lessons.get(u.pk, ())))
            for u in units
        )
    )


def copy_of(course: Course) -> WorkingCopy | None:
    return WorkingCopy.objects.filter(course=course).first()


def outline_now(copy: WorkingCopy | None, published: Outline) -> Outline:
    """The outline as it is being written; what was published, where nobody changed it."""
    if copy is None:
        return published
    mine, base = plans.from_plain(copy.outline), plans.from_plain(copy.base)
    if mine.units == base.units:
        return Outline(published.units, mine.gone)
    return plans.caught_up(mine, base, published)


@dataclass
class LessonLine:
    """A lesson in the outline. `state`: new, changed, or nothing where it is as published."""

    uid: str
    title: str
    minutes: int | None
    draft: bool
    state: str


@dataclass
class UnitLine:
    plan: UnitPlan
    number: int
    lessons: list[LessonLine] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(each.minutes or 0 for each in self.lessons)


@dataclass
class Work:
    """A course as it is being written: the outline in order, undo and redo, what went."""

    course: Course
    outline: Outline
    published: Outline
    units: list[UnitLine]
    undo: str = ""
    redo: str = ""
    gone: list[Gone] = field(default_factory=list)

    @property
    def reordered(self) -> bool:
        return self.outline.units != self.published.units

    @property
    def changed(self) -> list[LessonLine]:
        return [each for unit in self.units for each in unit.lessons if each.state]

    @property
    def lessons(self) -> list[LessonLine]:
        return [each for unit in self.units for each in unit.lessons]


def work_of(course: Course) -> Work:
    """Everything the outline page shows, in six queries however large the course."""
    published = published_outline(course)
    copy = copy_of(course)
    outline = outline_now(copy, published)
    lines = _lines(course, set(published.lessons()))
    units = [
        UnitLine(plan, n, [lines[uid] for uid in plan.lessons if uid in lines])
        for n, plan in enumerate(outline.units, 1)
    ]
    now = clock.now()
    gone = [each for each in reversed(outline.gone) if each.until() > now]
    undo, redo = _steps(copy) if copy else ("", "")
    return Work(course, outline, published, units, undo, redo, gone)


def _lines(course: Course, published: Iterable[str]) -> dict[str, LessonLine]:
    """Every lesson there is or was, by its id."""
    rows = Lesson.objects.filter(course=course).values_list("uid", "title", "minutes", "draft")
    lines = {uid: LessonLine(uid, title, n, draft, "") for uid, title, n, draft in rows}
    copies = LessonCopy.objects.filter(course=course).values_list("uid", "title", "edited")
    there = set(published)
    for uid, title, edited in copies:
        line = lines.setdefault(uid, LessonLine(uid, title, None, False, ""))
        if uid not in there:
            line.state, line.title = "new", title
        elif edited:
            line.state, line.title = "changed", title
    return lines


def _steps(copy: WorkingCopy) -> tuple[str, str]:
    """What undo would take back and redo do again, in words."""
    numbers = (copy.step, copy.step + 1)
    says = dict(
        OutlineStep.objects.filter(copy=copy, number__in=numbers).values_list("number", "says")
    )
    return says.get(copy.step, "") if copy.step else "", says.get(copy.step + 1, "")


def changed_since(course: Course) -> datetime | None:
    """When anybody last wrote on a lesson of the course."""
    rows = LessonCopy.objects.filter(course=course, edited=True).order_by("-changed_at")
    return rows.values_list("changed_at", flat=True).first()
