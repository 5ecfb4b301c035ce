"""Reads of the room: a course with its classes, and what the checks say of it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock

from django.db.models import Count, Max
from django.utils.translation import get_language

from meanwhile.core import clock
from meanwhile.core.rules import visible
from meanwhile.courses.models import Course, Milestone, Offering
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import CourseSource, LessonSource
from meanwhile.insights.actions import AGAIN
from meanwhile.insights.check import Finding
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.links import addresses
from meanwhile.insights.models import LinkTrial
from meanwhile.insights.remarks import Remarks, remarks
from meanwhile.insights.study import Due, Run, Study
from meanwhile.people.models import Enrolment, Note, Role
from meanwhile.people.who import Who

OF_FILES = [check for check in CHECKS.values() if check.about == "course"]
OF_CLASSES = [check for check in CHECKS.values() if check.about == "class"]


def remarks_of(who: Who, course: Course) -> Remarks:
    """Everything there is to say about a course and about the classes of it that `who` may see.

    Twelve queries however large the course, the classes and the school are.
    """
    return check_of(who, course)[0]


def check_of(who: Who, course: Course) -> tuple[Remarks, "Links"]:
    """The same, and what is known of the links that lead out. No more queries."""
    source, trial = source_of(course), LinkTrial.objects.filter(course=course).first()
    seen = _remembered(source, trial)
    found = seen.remarks
    classes = remarks(Study(source, runs_of(who, course)), OF_CLASSES)
    every = Remarks(found.findings + classes.findings, found.hushed + classes.hushed, found.titles)
    return every, _links(seen.addresses, trial)


def remarks_on(course: Course, lesson: LessonSource) -> list[Finding]:
    """What there is to say about one lesson, as it is being written: in the order of its blocks.

    lesson: takes the place of the lesson of this id, and need not be saved. For the editor's
    margin: each finding names its block in `place.block`.
    """
    source = source_of(course)
    for unit in source.units:
        unit.lessons = [lesson if each.uid == lesson.uid else each for each in unit.lessons]
    found = _remembered(source, LinkTrial.objects.filter(course=course).first()).remarks.findings
    return [finding for finding in found if finding.place.lesson == lesson.uid]


@dataclass(frozen=True)
class Links:
    """The links that lead out of a course, and what is known of them. `again`: from when on they
    may be tried again; nothing where that is now. `fresh`: not there when they were tried."""

    count: int
    trial: LinkTrial | None = None
    dead: int = 0
    fresh: int = 0
    again: datetime | None = None


def _links(found: Sequence[str], trial: LinkTrial | None) -> Links:
    if trial is None or trial.done_at is None:
        return Links(len(found), trial)
    until = trial.done_at + AGAIN
    return Links(
        len(found),
        trial,
        dead=sum(bool(trial.tried.get(each)) for each in found),
        fresh=max(0, sum(each not in trial.tried for each in found) - trial.untried),
        again=until if until > clock.now() else None,
    )


def runs_of(who: Who, course: Course) -> list[Run]:
    """The classes that have the course now, as far as `who` may see them. Four queries."""
    offerings = list(
        visible(who, Offering)
        .filter(course=course, closed_at=None, cohort__closed_at=None)
        .select_related("cohort__term")
        .order_by("cohort__name", "pk")
    )
    cohorts = [each.cohort_id for each in offerings]
    dues, zones, notes = _dues(offerings), _zones(cohorts), _notes(cohorts)
    now = clock.now()
    return [
        Run(
            name=each.cohort.name,
            zone=each.zone,
            starts_on=each.starts_on,
            dues=tuple(dues.get(each.pk, ())),
            term=(term.starts_on, term.ends_on) if (term := each.cohort.term) else None,
            zones=tuple(zones.get(each.cohort_id, ())),
            last_note=notes.get(each.cohort_id),
            learners=sum(people for _zone, people in zones.get(each.cohort_id, ())),
            now=now,
            pk=each.pk,
        )
        for each in offerings
    ]


def _dues(offerings: list[Offering]) -> dict[int, list[Due]]:
    found: dict[int, list[Due]] = {}
    rows = Milestone.objects.filter(offering__in=offerings, unit__removed_at=None)
    for row in rows.select_related("unit").order_by("unit__position", "unit"):
        due = Due(row.unit.uid, row.unit.title, row.at, row.after_days)
        found.setdefault(row.offering_id, []).append(due)
    return found


def _zones(cohorts: list[int]) -> dict[int, list[tuple[str, int]]]:
    """How many learners of each class are in which zone."""
    rows = Enrolment.objects.filter(cohort__in=cohorts, role=Role.LEARNER, left_at=None)
    counted = rows.values_list("cohort", "person__zone").annotate(n=Count("pk"))
    found: dict[int, list[tuple[str, int]]] = {}
    for cohort, zone, people in counted.order_by("cohort", "person__zone"):
        found.setdefault(cohort, []).append((zone, people))
    return found


def _notes(cohorts: list[int]) -> dict[int, datetime]:
    rows = Note.objects.filter(cohort__in=cohorts, taken_back_at=None)
    return dict(rows.values_list("cohort").annotate(Max("sent_at")).order_by())


# --- remembered: the same course is not read through again for every page -------------------


@dataclass(frozen=True)
class Seen:
    """What is said of a course by itself, and the addresses it links to."""

    remarks: Remarks
    addresses: list[str]


REMEMBERED = 32
_known: OrderedDict[tuple[bytes, bytes, str], Seen] = OrderedDict()
_turn = Lock()


def _remembered(source: CourseSource, trial: LinkTrial | None) -> Seen:
    """What is said of a course, kept for as long as not a word of it changes."""
    dead = {address: why for address, why in (trial.tried if trial else {}).items() if why}
    key = (_print_of(source), repr(sorted(dead.items())).encode(), get_language() or "")
    with _turn:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    study = Study(source, tried=dead)
    found = Seen(remarks(study, OF_FILES), addresses(study))
    with _turn:
        _known[key] = found
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return found


def _print_of(source: CourseSource) -> bytes:
    """Of every word, and of the files by the names their bytes are kept under."""
    files = [(path, file.size, file.kept) for path, file in source.files.items()]
    return sha256(repr((replace(source, files={}), files)).encode("utf-8", "replace")).digest()
