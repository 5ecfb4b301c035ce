"""Dates of tasks: set, moved, taken away; and more time, asked for and given."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from meanwhile.assessment.events import (
    ExtensionAnswered,
    ExtensionAsked,
    ExtensionPolicyChanged,
    TaskDatesChanged,
)
from meanwhile.assessment.models import (
    DateKind,
    Extension,
    ExtensionPolicy,
    ExtensionState,
    LateRule,
    TaskDate,
)
from meanwhile.assessment.queries.dates import (
    Table,
    dates_of_table,
    moved,
    times_left,
    title_of,
)
from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.models import Block, Offering
from meanwhile.people.actions import Refused, notify, notify_all
from meanwhile.people.models import Enrolment, Group, Person, Role, School
from meanwhile.people.who import Who

DATES_CHANGED = gettext_lazy("“%(task)s” has another date now. It says so on its page.")
GIVEN = gettext_lazy("You have more time for “%(task)s”: %(days)s.")
DECLINED = gettext_lazy("Your teacher answered what you asked for “%(task)s”. Look there.")
ASKED = gettext_lazy("%(name)s asks for more time for “%(task)s”.")


# --- dates ---------------------------------------------------------------------------------


def set_task_date(
    actor: Person | None,
    offering: Offering,
    block: Block,
    *,
    group: Group | None = None,
    person: Person | None = None,
    **values: Any,
) -> TaskDate:
    """Set when a task opens, is due and closes, for the class, a group or a person. Whose own
    dates change is told. `values` as `task_date` takes them."""
    row = task_date(offering, block, group=group, person=person, **values)
    with writing():
        before = dates_of_table(offering, [block])
        kept = TaskDate.objects.filter(offering=offering, block=block, group=group, person=person)
        there = kept.select_for_update().first()
        row.pk = there.pk if there else None
        row.save()
        _told(actor, offering, [block], before)
    return row


def task_date(
    offering: Offering,
    block: Block,
    *,
    group: Group | None = None,
    person: Person | None = None,
    kind: str = DateKind.FIXED,
    hard: bool = False,
    opens: datetime | None = None,
    due: datetime | None = None,
    closes: datetime | None = None,
    opens_after: int | None = None,
    due_after: int | None = None,
    closes_after: int | None = None,
    at: time | None = None,
    grace_minutes: int = 0,
    late: str = LateRule.COUNTS,
) -> TaskDate:
    """The row as it would be kept. Wall-clock times are without a zone: the offering's is meant."""
    row = TaskDate(
        offering=offering,
        block=block,
        group=group,
        person=person,
        kind=kind,
        hard=hard,
        zone=offering.zone,
        time=at or time(20, 0),
        grace_minutes=grace_minutes,
        late=late,
    )
    if kind == DateKind.RELATIVE:
        row.opens_after, row.due_after, row.closes_after = opens_after, due_after, closes_after
        return row
    for name, wall in (("opens", opens), ("due", due), ("closes", closes)):
        if wall is not None:
            setattr(row, f"{name}_wall", wall.isoformat(timespec="minutes"))
            setattr(row, f"{name}_at", clock.moment_of(wall, offering.zone))
    return row


def clear_task_date(actor: Person | None, row: TaskDate) -> None:
    """Take a date away: for a group or a person, that of the class holds again."""
    with writing():
        before = dates_of_table(row.offering, [row.block])
        TaskDate.objects.filter(pk=row.pk).delete()
        _told(actor, row.offering, [row.block], before)


def move_task_dates(
    actor: Person | None, offering: Offering, blocks: Iterable[Block], days: int
) -> int:
    """Move everything that was set for these tasks by days of the calendar, groups and persons
    with it. How many learners now have another date."""
    blocks = list(blocks)
    with writing():
        before = dates_of_table(offering, blocks)
        rows = TaskDate.objects.filter(offering=offering, block__in=blocks).select_for_update()
        for row in rows:
            moved(row, days).save()
        return _told(actor, offering, blocks, before)


def _told(actor: Person | None, offering: Offering, blocks: list[Block], before: Table) -> int:
    """Tell whose own dates changed; how many they are."""
    after = dates_of_table(offering, blocks)
    people: set[int] = set()
    for block in blocks:
        changed = {
            person
            for person, task in before.keys() | after.keys()
            if task == block.pk and before.get((person, task)) != after.get((person, task))
        }
        notify_all(
            Person.objects.filter(pk__in=changed),
            "task-date",
            DATES_CHANGED,
            _place(offering, block),
            task=title_of(block),
        )
        people |= changed
        record(
            TaskDatesChanged(
                actor=actor.pk if actor else None,
                school=offering.course.school_id,
                offering=offering.pk,
                block=block.pk,
            )
        )
    return len(people)


def _place(offering: Offering, block: Block) -> str:
    return f"{reverse('learning:lesson', args=[offering.pk, block.lesson.uid])}#{block.uid}"


# --- more time -----------------------------------------------------------------------------


def ask_for_time(who: Who, offering: Offering, block: Block, days: int, reason: str) -> Extension:
    """Ask for more time; given at once where the school's rule gives it without a question.

    Raises:
        Refused: a request for this task waits already.
    """
    person = who.person
    assert person is not None
    now = clock.now()
    with writing():
        # whoever asks twice at once stands in line here, so that a rule gives no more than it says
        Enrolment.objects.select_for_update().get(person=person, cohort=offering.cohort_id)
        mine = Extension.objects.filter(person=person, offering=offering, block=block)
        if mine.filter(state=ExtensionState.ASKED).exists():
            raise Refused(gettext_lazy("You asked already, and the answer is on its way."))
        most, times = times_left(person, offering)
        by_rule = days <= most and times > 0
        row = Extension.objects.create(
            person=person,
            cohort=offering.cohort,
            offering=offering,
            block=block,
            days=days,
            reason=reason.strip(),
            state=ExtensionState.GIVEN if by_rule else ExtensionState.ASKED,
            by_rule=by_rule,
            asked_at=now,
            answered_at=now if by_rule else None,
        )
        school = offering.course.school_id
        record(
            ExtensionAsked(
                actor=person.pk, school=school, extension=row.pk, block=block.pk, given=by_rule
            )
        )
        if by_rule:
            _tell_learner(row, block)
        else:
            _tell_teachers(row, block)
    return row


def answer_request(
    actor: Person, row: Extension, *, give: bool, days: int | None = None, words: str = ""
) -> Extension:
    """Give more time, or say not this time. The learner is told.

    Raises:
        Refused: somebody has answered it already.
    """
    with writing():
        waits = Extension.objects.filter(pk=row.pk, state=ExtensionState.ASKED)
        answered = waits.update(
            state=ExtensionState.GIVEN if give else ExtensionState.DECLINED,
            days=days or row.days,
            answered_at=clock.now(),
            answered_by=actor,
            answer=words.strip(),
        )
        if not answered:
            raise Refused(gettext_lazy("This was answered already."))
        row.refresh_from_db()
        school = row.offering.course.school_id
        record(
            ExtensionAnswered(
                actor=actor.pk, school=school, extension=row.pk, block=row.block_id, given=give
            )
        )
        _tell_learner(row, row.block)
    return row


def _tell_learner(row: Extension, block: Block) -> None:
    given = row.state == ExtensionState.GIVEN
    notify(
        row.person,
        "more-time",
        GIVEN if given else DECLINED,
        _place(row.offering, block),
        task=title_of(block),
        days=ngettext("%(n)d day", "%(n)d days", row.days) % {"n": row.days},
    )


def _tell_teachers(row: Extension, block: Block) -> None:
    teachers = Person.objects.filter(
        enrolments__cohort=row.cohort_id,
        enrolments__role=Role.TEACHER,
        enrolments__left_at=None,
    )
    notify_all(
        teachers,
        "more-time",
        ASKED,
        reverse("assessment:extensions", args=[row.offering_id]),
        name=row.person.name,
        task=title_of(block),
    )


def set_extension_policy(actor: Person, school: School, days: int, times: int) -> ExtensionPolicy:
    """What is given without a question from now on. What was given stays given."""
    with writing():
        row, _made = ExtensionPolicy.objects.update_or_create(
            school=school, defaults={"days": days, "times": times}
        )
        record(ExtensionPolicyChanged(actor=actor.pk, school=school.pk, days=days, times=times))
    return row


__all__ = [
    "answer_request",
    "ask_for_time",
    "clear_task_date",
    "move_task_dates",
    "set_extension_policy",
    "set_task_date",
    "task_date",
]
