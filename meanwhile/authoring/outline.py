"""The order of a course as it is being written: units, the ids of their lessons, what went.

Plain values in, plain values out: `WorkingCopy.outline` is `Outline.plain()`. A deed names things by
their ids, so that two people who move different lessons never undo one another.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

KEPT = timedelta(days=30)
"""How long what was taken out can be brought back."""


@dataclass(frozen=True)
class UnitPlan:
    uid: str
    title: str
    summary: str = ""
    intro: str = ""
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """A lesson (`unit` says from where) or a unit (`plan`, with its lessons) that was taken out."""

    uid: str
    title: str
    at: str
    unit: str = ""
    plan: UnitPlan | None = None

    def until(self) -> datetime:
        return datetime.fromisoformat(self.at) + KEPT


class NotThere(ValueError):
    """The lesson or unit that was meant is not in the outline any more."""


@dataclass(frozen=True)
class Outline:
    units: tuple[UnitPlan, ...] = ()
    gone: tuple[Gone, ...] = ()

    def plain(self) -> dict[str, Any]:
        return json.loads(json.dumps(asdict(self)))  # a list comes out of the database as a list

    # --- looking

    def unit(self, uid: str) -> UnitPlan:
        found = next((each for each in self.units if each.uid == uid), None)
        if found is None:
            raise NotThere(uid)
        return found

    def unit_of(self, lesson: str) -> UnitPlan:
        found = next((each for each in self.units if lesson in each.lessons), None)
        if found is None:
            raise NotThere(lesson)
        return found

    def lessons(self) -> list[str]:
        return [lesson for unit in self.units for lesson in unit.lessons]

    def uids(self) -> set[str]:
        """Every id that is or was in it: a new one may be none of them."""
        gone = [each.plan for each in self.gone if each.plan]
        units = {each.uid for each in (*self.units, *gone)}
        lessons = {lesson for unit in (*self.units, *gone) for lesson in unit.lessons}
        return units | lessons | {each.uid for each in self.gone}

    # --- units

    def with_unit(self, unit: UnitPlan) -> "Outline":
        """With a unit at the end, or with other words for one that is there."""
        if any(each.uid == unit.uid for each in self.units):
            return replace(self, units=tuple(unit if e.uid == unit.uid else e for e in self.units))
        return replace(self, units=(*self.units, unit))

    def with_unit_behind(self, unit: UnitPlan, before: str) -> "Outline":
        """With a new unit right behind another."""
        at = next(n for n, each in enumerate(self.units, 1) if each.uid == before)
        return replace(self, units=(*self.units[:at], unit, *self.units[at:]))

    def unit_moved(self, uid: str, by: int) -> "Outline":
        return replace(self, units=_moved(self.units, self.unit(uid), by))

    def without_unit(self, uid: str, at: datetime) -> "Outline":
        unit = self.unit(uid)
        gone = Gone(uid, unit.title, at.isoformat(), plan=unit)
        rest = tuple(each for each in self.units if each.uid != uid)
        return Outline(rest, (*self.gone, gone))

    # --- lessons

    def with_lesson(self, uid: str, unit: str, behind: str | None = None) -> "Outline":
        """With a lesson at the end of a unit, or right behind another lesson of it."""
        plan = self.unit(unit)
        at = plan.lessons.index(behind) + 1 if behind in plan.lessons else len(plan.lessons)
        return self.with_unit(replace(plan, lessons=(*plan.lessons[:at], uid, *plan.lessons[at:])))

    def without_lesson(self, uid: str, title: str, at: datetime) -> "Outline":
        unit = self.unit_of(uid)
        gone = Gone(uid, title, at.isoformat(), unit=unit.uid)
        return replace(self._less(uid), gone=(*self.gone, gone))

    def _less(self, uid: str) -> "Outline":
        unit = self.unit_of(uid)
        return self.with_unit(replace(unit, lessons=tuple(x for x in unit.lessons if x != uid)))

    def lesson_moved(self, uid: str, by: int) -> "Outline":
        """One place up (-1) or down (1); past the end of a unit it goes into the next one."""
        unit = self.unit_of(uid)
        moved = _moved(unit.lessons, uid, by)
        if moved != unit.lessons:
            return self.with_unit(replace(unit, lessons=moved))
        beside = self.units.index(unit) + by
        if not 0 <= beside < len(self.units):
            return self
        return self.lesson_to(uid, self.units[beside].uid, None if by > 0 else -1)

    def lesson_to(self, uid: str, unit: str, place: int | None = None) -> "Outline":
        """To a place in a unit, counted from 0; None is its beginning, -1 its end."""
        self.unit(unit)
        rest = self._less(uid)
        plan = rest.unit(unit)
        at = 0 if place is None else len(plan.lessons) if place < 0 else place
        return rest.with_unit(replace(plan, lessons=(*plan.lessons[:at], uid, *plan.lessons[at:])))

    # --- back again

    def brought_back(self, uid: str, now: datetime) -> "Outline":
        """What was taken out, in its unit again; a lesson whose unit went comes to the end."""
        gone = next((e for e in self.gone if e.uid == uid and e.until() > now), None)
        if gone is None:
            raise NotThere(uid)
        rest = replace(self, gone=tuple(each for each in self.gone if each is not gone))
        if gone.plan:
            here = set(rest.lessons())
            lessons = tuple(each for each in gone.plan.lessons if each not in here)
            return rest.with_unit(replace(gone.plan, lessons=lessons))
        if not rest.units:
            raise NotThere(gone.unit)
        there = {each.uid for each in rest.units}
        return rest.with_lesson(uid, gone.unit if gone.unit in there else rest.units[-1].uid)


def _moved(row: tuple[Any, ...], each: Any, by: int) -> tuple[Any, ...]:
    at = row.index(each)
    to = min(max(at + by, 0), len(row) - 1)
    rest = [*row[:at], *row[at + 1 :]]
    return (*rest[:to], each, *rest[to:])


def from_plain(value: Mapping[str, Any]) -> Outline:
    return Outline(
        tuple(_unit(each) for each in value["units"]),
        tuple(
            Gone(e["uid"], e["title"], e["at"], e["unit"], _unit(e["plan"]) if e["plan"] else None)
            for e in value["gone"]
        ),
    )


def _unit(value: Mapping[str, Any]) -> UnitPlan:
    return UnitPlan(**{**value, "lessons": tuple(value["lessons"])})


def caught_up(mine: Outline, base: Outline, published: Outline) -> Outline:
    """My outline with what came into the published one since I began: newer editions of a course
    may be taken in while somebody writes. What I took out stays out."""
    known, here = base.uids(), {each.uid for each in mine.units}
    for unit in published.units:
        if unit.uid not in known and unit.uid not in here:
            mine = mine.with_unit(replace(unit, lessons=()))
    there = {each.uid for each in mine.units}
    arrived = set(published.lessons()) - known - set(mine.lessons())
    for unit in published.units:
        for lesson in unit.lessons:
            if lesson in arrived and mine.units:
                to = unit.uid if unit.uid in there else mine.units[-1].uid
                mine = mine.with_lesson(lesson, to, _before(unit.lessons, lesson))
    return mine


def _before(lessons: Iterable[str], lesson: str) -> str | None:
    """The lesson that stands before another."""
    row = list(lessons)
    at = row.index(lesson)
    return row[at - 1] if at else None
