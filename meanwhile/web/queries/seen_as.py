"""A lesson as one named learner meets it, for who watches their class.

Effects only: never why something was agreed. What a learner keeps to themselves stays out of it
too: the ways they chose, and their settings for reading (size of the letters, contrast, theme).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from meanwhile.assessment.dates import TaskDates
from meanwhile.assessment.queries.dates import TASK, dates_of_tasks, title_of
from meanwhile.core import clock
from meanwhile.core.clock import zone_or_utc
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.dates import UnitDate
from meanwhile.courses.models import Block, Course, Lesson, Mode, Offering
from meanwhile.courses.variants import words_for
from meanwhile.learning.models import Participation
from meanwhile.learning.queries.choices import AGREED, Wishes, wishes_known_to_staff
from meanwhile.learning.queries.lessons import Item, LessonView
from meanwhile.people import accommodations
from meanwhile.people.accommodations import Allowance
from meanwhile.people.models import Enrolment, Person, Role
from meanwhile.people.queries import allowance_of
from meanwhile.people.who import Who
from meanwhile.ui import time
from meanwhile.ui.time import Said
from meanwhile.web.queries.dates import dates_in

MOST = 200
"""Names in the list; whoever watches more is given a search for a name."""


# --- whom there is to choose ---------------------------------------------------------------


@dataclass(frozen=True)
class ClassOfNames:
    """A class that goes on with the course; each name with the value it is chosen by."""

    name: str
    people: list[tuple[str, str]]


@dataclass(frozen=True)
class Chooser:
    """`more`: there are names that are not in it. `find`: what was searched for."""

    classes: list[ClassOfNames]
    chosen: str = ""
    find: str = ""
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.classes or self.find)


def chooser(who: Who, course: Course, seen: "SeenAs | None", find: str = "") -> Chooser:
    """The learners of a course whom somebody watches, by class. Two queries, however many; one for
    who watches no class."""
    offerings = list(_watched(who, course).order_by("cohort__name", "pk"))
    if not offerings:
        return Chooser([])
    rows = _learners(who).filter(cohort__in=[each.cohort_id for each in offerings])
    if find:
        rows = rows.filter(person__name__icontains=find)
    places = rows.order_by("cohort__name", "cohort", "person__name", "person")
    found = list(places.values_list("cohort", "person", "person__name")[: MOST + 1])
    classes = []
    for offering in offerings:
        people = [
            (_key(offering.pk, person), name)
            for cohort, person, name in found[:MOST]
            if cohort == offering.cohort_id
        ]
        if seen and seen.offering.pk == offering.pk and all(seen.key != key for key, _n in people):
            people.insert(0, (seen.key, seen.person.name))
        if people:
            classes.append(ClassOfNames(str(offering.cohort), people))
    return Chooser(classes, seen.key if seen else "", find, len(found) > MOST)


def _watched(who: Who, course: Course) -> QuerySet[Offering]:
    rows = allowed(who, "watch", Offering).filter(course=course, closed_at=None)
    return rows.select_related("cohort")


def _learners(who: Who) -> QuerySet[Enrolment]:
    return visible(who, Enrolment).filter(role=Role.LEARNER, left_at=None)


def _key(offering: int, person: int) -> str:
    return f"{offering}-{person}"


# --- one of them ---------------------------------------------------------------------------


@dataclass(frozen=True)
class SeenAs:
    """A learner in a class, with what is agreed with them and how their blocks begin."""

    person: Person
    offering: Offering
    allowance: Allowance
    wishes: Wishes

    @property
    def key(self) -> str:
        return _key(self.offering.pk, self.person.pk)


def seen_as(who: Who, course: Course, key: str) -> SeenAs | None:
    """The learner whom a chooser's value names; None for nobody in particular. Four queries.

    Raises:
        Http404: there is none, or they are in no class that `who` watches.
    """
    if not key:
        return None
    numbers = [int(each) for each in key.split("-") if each.isdecimal() and len(each) < 19]
    if len(numbers) != 2:
        raise Http404
    offering = _watched(who, course).filter(pk=numbers[0]).first()
    if offering is None:
        raise Http404
    rows = _learners(who).filter(cohort=offering.cohort_id, person=numbers[1])
    place = rows.select_related("person").first()
    if place is None:
        raise Http404
    allowance = allowance_of(place.person, offering.cohort.school_id)
    wishes = wishes_known_to_staff(place.person, offering, allowance)
    return SeenAs(place.person, offering, allowance, wishes)


# --- what is different for them ------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A date of theirs: where they are, and where the reader is unless clocks there agree. No
    `theirs` where it begins to count later. `reads`: what stands beside it on their pages."""

    title: str
    reads: str
    soft: bool = False
    theirs: Said | None = None
    mine: Said | None = None


@dataclass
class Differences:
    """What this learner meets in a lesson that others do not, in words; and their dates."""

    person: Person
    lines: list[str] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)


def differences(seen: SeenAs, lesson: Lesson, view: LessonView) -> Differences:
    """Of a lesson as it is looked at, also one that is being written: its dates are those of the
    published one of that uid. At most eleven queries."""
    found = Differences(seen.person, _minutes(seen.allowance, lesson, view))
    # minutes were said for this lesson; everything else that is agreed holds everywhere
    found.lines += accommodations.lines(replace(seen.allowance, extra_time=0))
    found.lines += _ways(seen, view.items)
    found.days = _days(seen, lesson)
    return found


def _minutes(allowance: Allowance, lesson: Lesson, view: LessonView) -> list[str]:
    given = lesson.minutes or ceil(sum((i.main or i.block).minutes for i in view.items))
    own = allowance.minutes(given)
    if not own.percent or not given:
        return []
    words = _("This lesson counts as %(own)s, from %(given)s (%(percent)d%% more time)")
    said = {"own": time.minutes(own.minutes), "given": time.minutes(own.given)}
    return [words % (said | {"percent": own.percent})]


def _ways(seen: SeenAs, items: list[Item]) -> list[str]:
    """The parts that begin in another way than as written, and what is agreed that none of the
    parts comes in."""
    said, met = [], set()
    for item in items:
        if not item.ways:
            continue
        main = item.main or item.block
        others = [each.block for each in item.ways if each.block.pk != main.pk]
        picked = seen.wishes.pick([main, *others])
        met.add(picked.way)
        if picked.pk != main.pk:
            words = {
                "block": main.heading or picked.heading or _part_of(items, item),
                "way": words_for(picked.way, picked.language),
            }
            said.append(_("“%(block)s” begins this way: %(way)s") % words)
    for each in seen.allowance.formats:
        if each in AGREED and AGREED[each] not in met:
            way = words_for(AGREED[each])
            said.append(_("Nothing in this lesson comes this way yet: %(way)s") % {"way": way})
    return said


def _part_of(items: list[Item], item: Item) -> str:
    """A name for a part without a heading: which question, else which part of the lesson it is."""
    if item.number:
        return _("Question %(n)d") % {"n": item.number}
    return _("Part %(n)d") % {"n": items.index(item) + 1}


def _days(seen: SeenAs, lesson: Lesson) -> list[Day]:
    published = Lesson.objects.live().filter(course=seen.offering.course_id, uid=lesson.uid)
    row = published.select_related("unit").first()
    if row is None:
        return []
    days = []
    if seen.offering.mode != Mode.OPEN:
        joined = Participation.objects.filter(offering=seen.offering, person=seen.person).first()
        started = {seen.offering.pk: joined}
        dates = dates_in([seen.offering], seen.person, started)[seen.offering.pk]
        if date := dates.get(row.unit_id):
            days.append(_unit_day(seen.person, row.unit.title, date))
    tasks = list(Block.objects.published().filter(lesson=row, kind=TASK).select_related("lesson"))
    if tasks:
        own = dates_of_tasks(seen.person, seen.offering, tasks)
        days += [_task_day(seen.person, title_of(t), own[t.pk]) for t in tasks if t.pk in own]
    return days


def _unit_day(person: Person, title: str, date: UnitDate) -> Day:
    reads = " ".join(each for each in (date.says, date.extra) if each)
    return Day(title, reads, date.soft, *_said(person, date.moment))


def _task_day(person: Person, title: str, dates: TaskDates) -> Day:
    reads = " ".join(dates.says)
    if dates.due is None:
        return Day(title, reads)
    return Day(title, reads, not dates.hard, *_said(person, dates.due))


def _said(person: Person, moment: datetime) -> tuple[Said, Said | None]:
    there, here, now = zone_or_utc(person.zone), timezone.get_current_timezone(), clock.now()
    theirs = time.said(moment, there, now, counted=False)
    if moment.astimezone(there).utcoffset() == moment.astimezone(here).utcoffset():
        return theirs, None
    return theirs, time.said(moment, here, now, counted=False)
