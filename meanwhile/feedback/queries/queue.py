"""The teacher's queue: everything that somebody waits for, over all classes, by promised time.

The number of queries is the same for one class and for thirty.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.assessment.queries.dates import open_requests
from meanwhile.core import clock
from meanwhile.core.rules import allowed
from meanwhile.feedback.models import Feedback, MarkingPlan, Promise, Reply
from meanwhile.feedback.queries.turnaround import FEW, Turnaround, turnaround_of
from meanwhile.feedback.words import first_name, hours, title_of, together
from meanwhile.people.models import School
from meanwhile.people.queries import calendars_of
from meanwhile.people.school_days import answer_by
from meanwhile.people.who import Who
from meanwhile.ui import time

MOST = 200
"""Promises that the queue looks at: the soonest. What comes after them is a number."""
NAMES = 3
SIGNS_A_MINUTE = 900  # about 150 words: reading to mark is slower than reading
TO_ANSWER = 4.0
TO_REPLY = 3.0
TO_EXTEND = 1.0
LONGEST = 40.0
A_WEEK = timedelta(days=7)


@dataclass
class Item:
    """One line: what to do, why, by when, how long it takes and the one button."""

    verb: str
    title: str
    detail: str
    by: datetime
    minutes: float
    act: str
    url: str
    moves: str = ""
    at_risk: bool = False

    @property
    def passed(self) -> bool:
        return self.by < clock.now()

    @property
    def icon(self) -> str:
        return {"answer": "ask", "again": "repeat", "extend": "clock"}.get(self.verb, "pen")


@dataclass
class Part:
    """Lines of one day."""

    name: str
    title: str
    items: list[Item] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        return sum(each.minutes for each in self.items)


@dataclass
class Held:
    """Feedback to one task that is ready and waits for the rest."""

    title: str
    count: int
    by: datetime
    code: str


@dataclass
class Queue:
    """parts: only those with something in them. more: promises beyond those looked at."""

    parts: list[Part]
    held: list[Held]
    more: int
    week: Turnaround
    next_by: datetime | None

    @cached_property
    def count(self) -> int:
        return sum(len(part.items) for part in self.parts)

    @property
    def minutes(self) -> float:
        return sum(part.minutes for part in self.parts)

    @property
    def passed(self) -> int:
        return sum(each.passed for part in self.parts for each in part.items)

    @property
    def headline(self) -> str:
        """'7 things, about 40 minutes'."""
        if not self.count:
            return _("All answered")
        said = ngettext("%(n)d thing, %(minutes)s", "%(n)d things, %(minutes)s", self.count)
        return said % {"n": self.count, "minutes": time.minutes(self.minutes)}

    @property
    def says(self) -> str:
        """Whether a promise has passed, and how long people waited this week."""
        if self.passed:
            said = ngettext(
                "%(n)d is past its promise.", "%(n)d are past their promise.", self.passed
            ) % {"n": self.passed}
        else:
            said = _("Nothing is past its promise.")
        if self.week.answers >= FEW:
            waited = _("This week people waited %(hours)s for an answer.")
            said = f"{said} {waited % {'hours': hours(self.week.seconds)}}"
        return said


def queue(who: Who) -> Queue:
    """Eight queries; two more where somebody asks for more time."""
    rows = allowed(who, "mark", Promise).open()  # type: ignore[attr-defined]
    waiting: list[Any] = list(
        rows.select_related("person", "block", "cohort", "feedback")
        .annotate(signs=Length("submission__text"))
        .order_by("promised_at", "pk")[: MOST + 1]
    )
    more = rows.count() - MOST if len(waiting) > MOST else 0
    waiting = waiting[:MOST]
    hidden = without_names(waiting)
    items = _to_mark([each for each in waiting if not _is_held(each)], hidden)
    items += _to_answer(who)
    items += _to_extend(who)
    items.sort(key=lambda each: each.by)
    warn(items)
    return Queue(
        parts_of(items),
        _held([each for each in waiting if _is_held(each)]),
        more,
        turnaround_of(Promise.objects.filter(cohort__in=who.teaches), since=clock.now() - A_WEEK),
        items[0].by if items else None,
    )


def _is_held(row: Promise) -> bool:
    return hasattr(row, "feedback") and row.feedback.held_at is not None


def without_names(rows: Iterable[Promise]) -> set[tuple[int, int]]:
    """Offering and block of the tasks among these that are marked without names: one query."""
    offerings = {each.offering_id for each in rows}
    plans = MarkingPlan.objects.filter(offering__in=offerings, anonymous=True)
    return set(plans.values_list("offering", "block"))


def minutes_for(signs: int | None) -> float:
    """How long reading and answering takes, in minutes, from the signs of the text."""
    return min(LONGEST, TO_ANSWER + (signs or 0) / SIGNS_A_MINUTE)


def _to_mark(waiting: list[Any], hidden: set[tuple[int, int]]) -> list[Item]:
    """Hand-ins of one task that are promised for one time are one line."""
    together_: dict[tuple[Any, ...], list[Any]] = {}
    for row in waiting:
        key = (row.offering_id, row.block_id, row.again, row.promised_at)
        together_.setdefault(key, []).append(row)
    return [_line(rows, hidden) for rows in together_.values()]


def _line(rows: list[Any], hidden: set[tuple[int, int]]) -> Item:
    first = rows[0]
    anonymous = (first.offering_id, first.block_id) in hidden
    names = [first_name(row.person, row.code, anonymous) for row in rows[:NAMES]]
    people = together(names, max(0, len(rows) - NAMES))
    task = title_of(first.block)
    title = (
        _("Look again at %(people)s: %(task)s") if first.again else _("Mark %(people)s: %(task)s")
    )
    begun = sum(hasattr(row, "feedback") for row in rows)
    detail = [first.cohort.name]
    if begun:
        detail.append(_("begun: %(n)d of %(all)d") % {"n": begun, "all": len(rows)})
    return Item(
        "again" if first.again else "mark",
        title % {"people": people, "task": task},
        " · ".join(detail),
        first.promised_at,
        sum(minutes_for(row.signs) for row in rows),
        _("Mark"),
        reverse("feedback:marking", args=[first.code]),
        reverse("feedback:move", args=[first.code]),
    )


def _to_answer(who: Who) -> list[Item]:
    rows: QuerySet[Reply] = allowed(who, "answer", Reply).select_related(
        "author", "cohort", "feedback__block", "feedback__promise"
    )
    return [
        Item(
            "answer",
            _("Answer %(who)s: “%(words)s”")
            % {
                "who": row.author.get_short_name() if row.author else "",
                "words": shortened(row.words),
            },
            f"{title_of(row.feedback.block)} · {row.cohort.name}",
            row.promised_at or row.at,
            TO_REPLY,
            _("Answer"),
            f"{reverse('feedback:feedback', args=[row.feedback.promise.code])}#answer-{row.pk}",
        )
        for row in rows.order_by("promised_at", "pk")[:MOST]
    ]


def _to_extend(who: Who) -> list[Item]:
    """More time that somebody asked for, answered as soon as their work would be."""
    asked = open_requests(who)[:MOST]
    schools = School.objects.filter(cohorts__in={each.cohort_id for each in asked}).distinct()
    calendars = calendars_of(schools) if asked else {}
    return [
        Item(
            "extend",
            _("More time for %(who)s: %(task)s")
            % {"who": row.person.get_short_name(), "task": title_of(row.block)},
            row.offering.cohort.name,
            answer_by(
                row.asked_at, row.offering.answer_within, calendars[row.offering.cohort.school_id]
            ),
            TO_EXTEND,
            _("Answer"),
            reverse("assessment:extensions", args=[row.offering_id]),
        )
        for row in asked
    ]


def shortened(words: str, most: int = 70) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def warn(items: list[Item]) -> None:
    """A promise is at risk where the work promised up to it takes longer than is left."""
    now, work = clock.now(), 0.0
    for each in items:
        work += each.minutes
        each.at_risk = each.by - now < timedelta(minutes=work)


def parts_of(items: list[Item]) -> list[Part]:
    zone = timezone.get_current_timezone()
    now = clock.now()
    today = now.astimezone(zone).date()
    parts = [
        Part("passed", _("Past its promise")),
        Part("today", _("Promised for today")),
        Part("tomorrow", _("Promised for tomorrow")),
        Part("later", _("After that")),
    ]
    for each in items:
        days = (each.by.astimezone(zone).date() - today).days
        parts[0 if each.by < now else 1 + min(2, days)].items.append(each)
    return [part for part in parts if part.items]


def _held(rows: list[Any]) -> list[Held]:
    found: dict[tuple[int, int], Held] = {}
    for row in rows:
        key = (row.offering_id, row.block_id)
        one = found.setdefault(key, Held(title_of(row.block), 0, row.promised_at, row.code))
        one.count, one.by = one.count + 1, min(one.by, row.promised_at)
    return list(found.values())


def held_of(who: Who, offering: int, block: int) -> list[Feedback]:
    """Feedback to this task that is held, with its promise."""
    mine = allowed(who, "mark", Promise).filter(offering=offering, block=block)
    rows = Feedback.objects.filter(
        promise__in=mine, held_at__isnull=False, released_at=None, promise__ended_at=None
    )
    return list(rows.select_related("promise").order_by("pk"))
