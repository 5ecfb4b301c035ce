"""The dates of tasks: a learner's own, a class's, and what a change would do."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock_time

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.assessment import dates
from meanwhile.assessment.dates import NO_DATES, Facts, Rule, TaskDates, dates_for
from meanwhile.assessment.models import (
    DateKind,
    Extension,
    ExtensionPolicy,
    ExtensionState,
    TaskDate,
)
from meanwhile.core import clock
from meanwhile.core.clock import zone_or_utc
from meanwhile.core.rules import visible
from meanwhile.courses.beginnings import began
from meanwhile.courses.models import Block, Milestone, Offering
from meanwhile.people.accommodations import NONE, Allowance
from meanwhile.people.models import Enrolment, Group, Person, Role, School, Term
from meanwhile.people.queries import allowance_of, allowances_of
from meanwhile.people.who import Who
from meanwhile.ui import time

TASK = "task"
MOST_NAMED = 5
FULL_WEEK = 3
"""Dates of a class in one week from which a teacher is told."""
NIGHT_ENDS = 6
MIDNIGHT = clock_time(0)
WITHOUT_A_TERM = timedelta(days=120)
"""How far back times are counted in a school without terms."""
Table = dict[tuple[int, int], TaskDates]
"""By person and block."""


# --- a learner's own -----------------------------------------------------------------------


def rule_of(row: TaskDate) -> Rule:
    scope = dates.PERSON if row.person_id else dates.GROUP if row.group_id else dates.CLASS
    return Rule(
        row.kind,
        row.zone,
        row.hard,
        row.opens_at,
        row.due_at,
        row.closes_at,
        row.opens_after,
        row.due_after,
        row.closes_after,
        row.time,
        timedelta(minutes=row.grace_minutes),
        row.late,
        scope,
    )


def dates_of_task(person: Person, offering: Offering, block: Block) -> TaskDates:
    """One learner's dates of one task. Six queries, one where it has none."""
    return dates_of_tasks(person, offering, [block]).get(block.pk, NO_DATES)


def dates_of_tasks(
    person: Person, offering: Offering, blocks: Iterable[Block]
) -> dict[int, TaskDates]:
    """One learner's dates, by task; a task without any is not in it. Six queries, however many."""
    found = _Facts(offering, [person], [each.pk for each in blocks]).table()
    return {block: each for (_person, block), each in found.items()}


def dates_of_people(offering: Offering, block: Block, people: list[Person]) -> dict[int, TaskDates]:
    """The dates of one task for many. Six queries, however many."""
    found = _Facts(offering, people, [block.pk]).table()
    return {person: each for (person, _block), each in found.items()}


def dates_of_table(offering: Offering, blocks: list[Block]) -> Table:
    """The dates of these tasks for everybody who learns in the class now."""
    return _Facts(offering, learners_of(offering), [each.pk for each in blocks]).table()


class _Facts:
    """What dates are worked out from, for some people and tasks of an offering."""

    def __init__(
        self,
        offering: Offering,
        people: list[Person],
        blocks: list[int],
        *,
        without_dates: bool = False,
    ) -> None:
        """without_dates: gather the facts also where no date was set yet."""
        self.offering, self.people = offering, people
        keys = [each.pk for each in people]
        self.rows = list(TaskDate.objects.filter(offering=offering, block__in=blocks))
        self.facts: dict[int, Facts] = {}
        if not self.rows and not without_dates:
            return
        joined, groups = self._places(keys)
        self.groups = groups
        started = began(offering, keys)
        self.given = self._given(keys, blocks)
        self.agreed: dict[int, Allowance] = allowances_of(keys, offering.cohort.school_id)
        for each in people:
            came = max(joined.get(each.pk, offering.made_at), offering.made_at)
            self.facts[each.pk] = Facts(came, started.get(each.pk), each.zone)

    def _places(self, keys: list[int]) -> tuple[dict[int, datetime], dict[int, set[int]]]:
        rows = Enrolment.objects.filter(cohort=self.offering.cohort_id, person__in=keys)
        joined = dict(rows.values_list("person", "joined_at"))
        groups: dict[int, set[int]] = {}
        members = Group.objects.filter(cohort=self.offering.cohort_id, members__person__in=keys)
        for person, group in members.values_list("members__person", "pk"):
            groups.setdefault(person, set()).add(group)
        return joined, groups

    def _given(self, keys: list[int], blocks: list[int]) -> dict[tuple[int, int], int]:
        rows = Extension.objects.filter(
            offering=self.offering,
            block__in=blocks,
            person__in=keys,
            state=ExtensionState.GIVEN,
        )
        summed = rows.order_by().values("person", "block").annotate(n=Sum("days"))
        return {(each["person"], each["block"]): each["n"] for each in summed}

    def table(self, changed: "Callable[[TaskDate], TaskDate | None] | None" = None) -> Table:
        """The dates of everybody; with `changed`, as they would be after a change."""
        rows = [changed(row) for row in self.rows] if changed else list(self.rows)
        return self.table_of([row for row in rows if row is not None])

    def table_of(self, rows: list[TaskDate]) -> Table:
        by_block: dict[int, list[TaskDate]] = {}
        for row in rows:
            by_block.setdefault(row.block_id, []).append(row)
        found: Table = {}
        for person, facts in self.facts.items():
            for block, theirs in by_block.items():
                rules = [rule_of(row) for row in theirs if self._is_for(row, person)]
                own = Facts(
                    facts.joined_at,
                    facts.started_at,
                    facts.zone,
                    self.given.get((person, block), 0),
                )
                if rules:
                    found[person, block] = dates_for(rules, own, self.agreed.get(person, NONE))
        return found

    def _is_for(self, row: TaskDate, person: int) -> bool:
        if row.person_id:
            return row.person_id == person
        return row.group_id is None or row.group_id in self.groups.get(person, ())


# --- a teacher's pages ---------------------------------------------------------------------


@dataclass
class DatedTask:
    """A task of a course, with what was set for it."""

    block: Block
    title: str
    unit: str
    whole: TaskDate | None = None
    others: list[TaskDate] = field(default_factory=list)

    @property
    def says(self) -> str:
        """What was set for the class, in one line."""
        if self.whole is None:
            return _("No date for the class yet.")
        return says_set(self.whole)


def title_of(block: Block) -> str:
    return str(block.data.get("title") or block.heading or block.lesson.title)


def says_set(row: TaskDate) -> str:
    """What was set, in the words of whoever set it."""
    strict = _("due") if row.hard else _("suggested")
    if row.kind == DateKind.RELATIVE:
        if row.due_after is None:
            return _("No day to be done by.")
        words = ngettext(
            "%(n)d day after the start, %(time)s, %(strict)s",
            "%(n)d days after the start, %(time)s, %(strict)s",
            row.due_after,
        )
        return words % {"n": row.due_after, "time": f"{row.time:%H:%M}", "strict": strict}
    if row.due_at is None:
        return _("No day to be done by.")
    return f"{says_moment(row.due_at, row.zone)}, {strict}"


def says_moment(moment: datetime, zone: str) -> str:
    """'Fri 16 Oct, 20:00 Nairobi'."""
    there = zone_or_utc(zone)
    said = time.said(moment, there, clock.now(), counted=False)
    return f"{said.text} {said.city}"


def tasks_with_dates(offering: Offering) -> list[DatedTask]:
    """Every task of a course in its order, with its dates. Two queries."""
    blocks = (
        Block.objects.published()
        .filter(lesson__course=offering.course_id, kind=TASK)
        .select_related("lesson__unit")
        .order_by("lesson__unit__position", "lesson__position", "position")
    )
    found = {each.pk: DatedTask(each, title_of(each), each.lesson.unit.title) for each in blocks}
    rows = TaskDate.objects.filter(offering=offering, block__in=found)
    for row in rows.select_related("group", "person").order_by("group__name", "person__name"):
        if row.group_id or row.person_id:
            row.words = says_set(row)  # type: ignore[attr-defined]
            found[row.block_id].others.append(row)
        else:
            found[row.block_id].whole = row
    return list(found.values())


def task_of(offering: Offering, lesson: str, block: str) -> Block | None:
    rows = Block.objects.published().filter(
        lesson__course=offering.course_id, lesson__uid=lesson, uid=block, kind=TASK
    )
    return rows.select_related("lesson__unit").first()


def learners_of(offering: Offering) -> list[Person]:
    """Who learns in the class now, by name. One query."""
    rows = Enrolment.objects.filter(
        cohort=offering.cohort_id, role=Role.LEARNER, left_at=None
    ).select_related("person")
    return [row.person for row in rows.order_by("person__name", "pk")]


def groups_of(offering: Offering) -> list[Group]:
    return list(Group.objects.filter(cohort=offering.cohort_id).order_by("name"))


def set_row(offering: Offering, pk: int) -> TaskDate | None:
    return TaskDate.objects.filter(offering=offering, pk=pk).select_related("offering").first()


def set_for(
    offering: Offering, block: Block, group: int | None = None, person: int | None = None
) -> TaskDate | None:
    """What was set for the class, or for this group or person alone."""
    rows = TaskDate.objects.filter(offering=offering, block=block, group=group, person=person)
    return rows.first()


# --- what a change would do ----------------------------------------------------------------


@dataclass
class Change:
    """One task: whose dates move, in sentences, and what one might think of first."""

    title: str
    says: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def moved(row: TaskDate, days: int) -> TaskDate:
    """A copy of a row, moved by days of the calendar. Not kept."""
    copy = TaskDate(
        **{each.attname: getattr(row, each.attname) for each in TaskDate._meta.concrete_fields}
    )
    if copy.kind == DateKind.RELATIVE:
        for name in ("opens_after", "due_after", "closes_after"):
            least = 1 if name == "due_after" else 0
            value = getattr(copy, name)
            if value is not None:
                setattr(copy, name, max(value + days, least))
        return copy
    for name, wall in row.walls().items():
        if wall is not None:
            later = wall + timedelta(days=days)
            setattr(copy, f"{name}_wall", later.isoformat(timespec="minutes"))
            setattr(copy, f"{name}_at", clock.moment_of(later, copy.zone))
    return copy


def preview_of_move(offering: Offering, blocks: list[Block], days: int) -> list[Change]:
    """What moving these tasks by so many days does. A constant number of queries."""
    people = learners_of(offering)
    facts = _Facts(offering, people, [each.pk for each in blocks])
    return _changes(offering, blocks, people, facts, facts.table(lambda row: moved(row, days)))


def preview_of_setting(offering: Offering, block: Block, row: TaskDate) -> list[Change]:
    """What setting this in place of what stands there does."""
    people = learners_of(offering)
    facts = _Facts(offering, people, [block.pk], without_dates=True)
    others = [
        each
        for each in facts.rows
        if (each.group_id, each.person_id) != (row.group_id, row.person_id)
    ]
    return _changes(offering, [block], people, facts, facts.table_of([*others, row]))


def _changes(
    offering: Offering,
    blocks: list[Block],
    people: list[Person],
    facts: _Facts,
    after: Table,
) -> list[Change]:
    before = facts.table()
    weeks = _weeks(offering, {each.pk for each in blocks})
    found = []
    for block in blocks:
        change = Change(title_of(block))
        change.says = _who_moves(people, block.pk, before, after)
        change.remarks = [
            *_at_night(people, block.pk, after),
            *_full_weeks(offering, people, block.pk, after, weeks),
            *_passed(people, block.pk, after),
        ]
        found.append(change)
    return found


def _who_moves(people: list[Person], block: int, before: Table, after: Table) -> list[str]:
    """A sentence for each date that several share, and one by name for who has their own."""
    moves: dict[tuple[str, str], list[Person]] = {}
    same = 0
    for person in people:
        old, new = (table.get((person.pk, block), NO_DATES) for table in (before, after))
        if old.due == new.due and old.opens == new.opens and old.closes == new.closes:
            same += 1
            continue
        key = (_due_words(old), _due_words(new))
        moves.setdefault(key, []).append(person)
    said = []
    for (old_words, new_words), who in sorted(moves.items(), key=lambda each: -len(each[1])):
        said.append(_move_words(who, old_words, new_words))
    if same:
        words = ngettext(
            "For %(n)d learner nothing changes.", "For %(n)d learners nothing changes.", same
        )
        said.append(words % {"n": same})
    return said


def _due_words(found: TaskDates) -> str:
    return says_moment(found.due, found.zone) if found.due else _("no date")


def _move_words(who: list[Person], old: str, new: str) -> str:
    names = ", ".join(each.name for each in who[:MOST_NAMED])
    if len(who) > MOST_NAMED:
        words = ngettext(
            "For %(n)d learner: from %(old)s to %(new)s.",
            "For %(n)d learners: from %(old)s to %(new)s.",
            len(who),
        )
        return words % {"n": len(who), "old": old, "new": new}
    return _("%(names)s: from %(old)s to %(new)s.") % {"names": names, "old": old, "new": new}


def _at_night(people: list[Person], block: int, after: Table) -> list[str]:
    """Where it falls into the night of somebody's own clock."""
    nights: dict[str, list[Person]] = {}
    for person in people:
        due = after.get((person.pk, block), NO_DATES).due
        if due and clock.wall_of(due, person.zone).hour < NIGHT_ENDS:
            there = zone_or_utc(person.zone)
            words = f"{time.clock(due, there)} {time.city(there)}"
            nights.setdefault(words, []).append(person)
    said = []
    for words, who in sorted(nights.items()):
        names = ", ".join(each.get_short_name() for each in who[:MOST_NAMED])
        more = len(who) - MOST_NAMED
        if more > 0:
            names = _("%(names)s and %(n)d more") % {"names": names, "n": more}
        said.append(_("At night for %(names)s: %(time)s.") % {"names": names, "time": words})
    return said


def _full_weeks(
    offering: Offering,
    people: list[Person],
    block: int,
    after: Table,
    weeks: Counter[tuple[int, int]],
) -> list[str]:
    """Where a week of the class has several dates already."""
    theirs = {
        week
        for person in people
        if (due := after.get((person.pk, block), NO_DATES).due)
        if weeks[(week := _week(due, offering.zone))] >= FULL_WEEK
    }
    said = []
    for year, number in sorted(theirs):
        monday = datetime.fromisocalendar(year, number, 1)
        words = ngettext(
            "The week of %(day)s has %(n)d other date for this class.",
            "The week of %(day)s has %(n)d other dates for this class.",
            weeks[year, number],
        )
        day = time.day(monday.date(), clock.local_day(clock.now(), offering.zone))
        said.append(words % {"day": day, "n": weeks[year, number]})
    return said


def _passed(people: list[Person], block: int, after: Table) -> list[str]:
    """Where it would lie in the past."""
    now = clock.now()
    passed = sum(
        1 for person in people if (due := after.get((person.pk, block), NO_DATES).due) and due < now
    )
    if not passed:
        return []
    words = ngettext(
        "For %(n)d learner this date has passed already.",
        "For %(n)d learners this date has passed already.",
        passed,
    )
    return [words % {"n": passed}]


def _week(moment: datetime, zone: str) -> tuple[int, int]:
    return clock.local_day(moment, zone).isocalendar()[:2]


def _weeks(offering: Offering, without: set[int]) -> Counter[tuple[int, int]]:
    """How many dates the class has in each week, over all its courses, these tasks left out. Two
    queries."""
    here = {"offering__cohort": offering.cohort_id, "offering__closed_at": None}
    units = Milestone.objects.filter(**here, at__isnull=False, unit__removed_at=None)
    tasks = TaskDate.objects.filter(**here, group=None, person=None, due_at__isnull=False)
    moments = [
        *units.values_list("at", flat=True),
        *tasks.exclude(block__in=without).values_list("due_at", flat=True),
    ]
    return Counter(_week(each, offering.zone) for each in moments if each)


# --- more time -----------------------------------------------------------------------------


def open_requests(who: Who) -> list[Extension]:
    """Requests for more time that wait for an answer of `who`, the oldest first. One query."""
    rows = visible(who, Extension).filter(
        cohort__in=who.teaches, state=ExtensionState.ASKED, offering__closed_at=None
    )
    rows = rows.select_related("person", "block__lesson", "offering__course", "offering__cohort")
    return list(rows.order_by("asked_at", "pk"))


def requests_of(who: Who, offering: Offering) -> list[Extension]:
    """Every request of a class that `who` may see: those that wait first. One query."""
    rows = visible(who, Extension).filter(offering=offering)
    rows = rows.select_related("person", "block__lesson", "answered_by")
    return sorted(rows, key=lambda row: (row.state != ExtensionState.ASKED, -row.pk))


def times_left(person: Person, offering: Offering) -> tuple[int, int]:
    """How many days the school's rule gives at once, and how many times it still does this term:
    in all classes of the school together. Three queries."""
    school = offering.cohort.school
    policy = ExtensionPolicy.objects.filter(school=school).first()
    if policy is None or not policy.days:
        return 0, 0
    today = clock.local_day(clock.now(), school.zone)
    term = Term.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on").first()
    since = clock.now() - WITHOUT_A_TERM
    if term:
        first = term.starts_on if today <= term.ends_on else term.ends_on + timedelta(days=1)
        since = clock.moment_of(datetime.combine(first, MIDNIGHT), school.zone)
    taken = Extension.objects.filter(
        person=person, cohort__school=school, by_rule=True, asked_at__gte=since
    )
    return policy.days, max(policy.times - taken.count(), 0)


def policy_of(school: School) -> dict[str, int]:
    row = ExtensionPolicy.objects.filter(school=school).first()
    return {"days": row.days if row else 0, "times": row.times if row else 0}


def allowance_here(who: Who, offering: Offering) -> Allowance:
    """What is agreed with this learner in the school of a class. One query."""
    return allowance_of(who.pk or 0, offering.cohort.school_id)


def own_requests(who: Who, offering: Offering, block: Block) -> list[Extension]:
    """What a learner asked for one task, the newest first. One query."""
    rows = visible(who, Extension).filter(offering=offering, block=block, person=who.pk)
    return list(rows.order_by("-pk"))
