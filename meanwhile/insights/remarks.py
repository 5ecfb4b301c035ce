"""What all checks say of a course, less what its author said is *not here*."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from meanwhile.courses.source import CourseSource, NotHere
from meanwhile.insights.check import Check, Finding
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.study import Study


@dataclass(frozen=True)
class Hushed:
    """A finding that the course's file says is not wanted, and why."""

    finding: Finding
    because: str


@dataclass
class Remarks:
    """In the order of the course: about the course, its units and lessons, and its classes last."""

    findings: list[Finding] = field(default_factory=list)
    hushed: list[Hushed] = field(default_factory=list)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    """What units and lessons are called: `("lesson", "the-id")`."""


def remarks(study: Study, checks: Iterable[Check] | None = None) -> Remarks:
    """Everything there is to say about a course. Pure: nothing is read but `study`."""
    found = Remarks(titles=_titles(study.source))
    said = _not_here(study.source)
    order = {lesson.source.uid: lesson.number for lesson in study.lessons}
    every = [each for check in checks or CHECKS.values() for each in check.findings(study)]
    for finding in sorted(every, key=lambda each: _order(each, order, study)):
        because = next(_reasons(finding, said), None)
        if because is None:
            found.findings.append(finding)
        else:
            found.hushed.append(Hushed(finding, because))
    return found


def _titles(source: CourseSource) -> dict[tuple[str, str], str]:
    titles = {("unit", unit.uid): unit.title for unit in source.units}
    return titles | {
        ("lesson", lesson.uid): lesson.title for unit in source.units for lesson in unit.lessons
    }


def _order(finding: Finding, lessons: dict[str, int], study: Study) -> tuple[int, int, int, int]:
    """Of one place the gravest first, then as the checks stand in their list."""
    place = finding.place
    units = [unit.uid for unit in study.source.units]
    unit = units.index(place.unit) + 1 if place.unit in units else 0
    if CHECKS[finding.check].about == "class":
        unit = len(units) + 1
    blocks = -1
    if place.lesson in lessons and place.block:
        parts = study.lessons[lessons[place.lesson]].parts
        named = ((p.number, [p, *p.ways]) for p in parts)
        blocks = next((n for n, of in named if place.block in {w.source.uid for w in of}), -1)
    return unit, lessons.get(place.lesson, -1), blocks, finding.severity


Said = dict[tuple[str, str], list[NotHere]]


def _not_here(source: CourseSource) -> Said:
    """What is not wanted, by where it stands: a unit, a lesson, or neither for the whole course."""
    said: Said = {("", ""): source.not_here}
    for unit in source.units:
        said[unit.uid, ""] = unit.not_here
        for lesson in unit.lessons:
            said[unit.uid, lesson.uid] = lesson.not_here
    return said


def _reasons(finding: Finding, said: Said) -> Iterator[str]:
    place = finding.place
    for where in {("", ""), (place.unit, ""), (place.unit, place.lesson)}:
        for item in said.get(where, []):
            if item.check == finding.check and item.block in ("", place.block):
                yield item.because


__all__ = ["Hushed", "Remarks", "remarks"]
