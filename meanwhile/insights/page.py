"""Remarks as the page shows them: by unit and lesson, each with its check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from meanwhile.insights.check import SUBJECTS, Check, Finding, Severity
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.remarks import Remarks

Key = tuple[str, str, str, str]

TONES = {Severity.BARRIER: "time", Severity.MEND: "act", Severity.IDEA: ""}
ICONS = {Severity.BARRIER: "alert", Severity.MEND: "pen", Severity.IDEA: "info"}


@dataclass(frozen=True)
class Line:
    """One remark with its check; `ident` names it on the page."""

    finding: Finding
    ident: str
    typed: str = ""
    """What somebody wrote in its form, where that could not be taken."""

    @property
    def check(self) -> Check:
        return CHECKS[self.finding.check]

    @property
    def tone(self) -> str:
        return TONES[self.finding.severity]

    @property
    def icon(self) -> str:
        return ICONS[self.finding.severity]


@dataclass(frozen=True)
class Group:
    """What is said of the course, of a unit, of a lesson or of a class: `kind` says of which, `uid`
    of which one; of a class it is the key of its offering."""

    kind: str
    uid: str
    title: str
    lines: list[Line] = field(default_factory=list)


def grouped(found: Remarks, typed: Mapping[Key, str] | None = None) -> list[Group]:
    """In the order of the course. `typed`: words to give back, by the key of their remark."""
    lines = [
        Line(each, f"remark-{n}", (typed or {}).get(each.key, ""))
        for n, each in enumerate(found.findings, 1)
    ]
    groups = groupby(lines, key=lambda line: _home(line.finding))
    return [_group(*home, list(each), found) for home, each in groups]


def _group(kind: str, uid: str, lines: list[Line], found: Remarks) -> Group:
    title = found.titles.get((kind, uid)) or lines[0].finding.place.title
    return Group(kind, uid, title, lines)


def _home(finding: Finding) -> tuple[str, str]:
    if CHECKS[finding.check].about == "class":
        return "class", finding.place.offering
    if finding.place.lesson:
        return "lesson", finding.place.lesson
    return ("unit", finding.place.unit) if finding.place.unit else ("course", "")


def subjects() -> list[tuple[Any, list[Check]]]:
    """All checks by subject: what the page says it looks for."""
    return [
        (label, [check for check in CHECKS.values() if check.subject == subject])
        for subject, label in SUBJECTS.items()
    ]
