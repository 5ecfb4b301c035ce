"""When a task opens, is due and closes for one learner: plain functions over values.

What a teacher means is a wall-clock time in a named zone, or a number of days after a learner's
start; what comes out are moments (UTC) with the zone they were meant in, and sentences that say
where each comes from. Time is the server's alone: no clock of a device has a say here.

In the order in which they are applied, each on top of the one before:

1. the rule that is nearest to the learner: their own, their group's, the class's;
2. days of their own for who joined too late for the class's date;
3. the days agreed with them (`people.accommodations`);
4. the days they were given when they asked for more time.

A minute is due until it is over: 23:59 includes its 59 seconds. Handing in is never refused for
time; after the date, work may carry a label, which a person can lift.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core.clock import days_later, local_day, moment_of, wall_of
from meanwhile.people.accommodations import Allowance

MINUTE = timedelta(minutes=1)
GAP = timedelta(days=3)
"""The least time a late joiner is given, as for units."""
FIXED, RELATIVE = "fixed", "relative"
CLASS, GROUP, PERSON = "class", "group", "person"
NEAR = (PERSON, GROUP, CLASS)
COUNTS, SLOWER, TALK = "counts", "slower", "talk"


@dataclass(frozen=True)
class Rule:
    """What was set for a task. A fixed one has moments, a relative one days after the start and a
    time of day. `hard`: work after it carries a label; else it is a suggestion. `scope`: for whom
    it was set."""

    kind: str
    zone: str
    hard: bool = False
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    opens_after: int | None = None
    due_after: int | None = None
    closes_after: int | None = None
    at: time = time(20, 0)
    grace: timedelta = timedelta()
    late: str = COUNTS
    scope: str = CLASS


@dataclass(frozen=True)
class Facts:
    """What counts of a learner: when they came into the class (or the offering was made, if that
    was later), their first act in the course, their zone, and the days they were given when they
    asked."""

    joined_at: datetime
    started_at: datetime | None
    zone: str
    given_days: int = 0


@dataclass(frozen=True)
class TaskDates:
    """A task's moments for one learner (UTC), with the zone they were meant in. `grace_until` is
    the first moment that is too late to be on time. `says`: where the dates come from, a sentence
    each. `late`: what becomes of work after it."""

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    grace_until: datetime | None = None
    hard: bool = False
    zone: str = "UTC"
    says: tuple[str, ...] = ()
    late: str = COUNTS

    def __bool__(self) -> bool:
        return bool(self.opens or self.due or self.closes or self.says)

    def is_open(self, now: datetime) -> bool:
        """Whether it can be seen and worked on. It stays open when its dates have passed."""
        return self.opens is None or now >= self.opens

    def is_on_time(self, at: datetime) -> bool:
        """Whether what came at that moment came in time: the minute it is due in is over at its
        end, and grace comes after that."""
        return self.grace_until is None or at < self.grace_until

    def is_late(self, at: datetime) -> bool:
        """Whether it carries the label. A suggestion never does."""
        return self.hard and not self.is_on_time(at)

    def is_closed(self, at: datetime) -> bool:
        """Whether it came after the last day. It is taken in all the same."""
        return self.closes is not None and at >= minute_end(self.closes)

    @property
    def grace_says(self) -> str:
        """The grace in words; nothing where there is none."""
        if self.due is None or self.grace_until is None:
            return ""
        minutes = int((self.grace_until - minute_end(self.due)) / MINUTE)
        if not minutes:
            return ""
        if minutes % 60:
            words = ngettext(
                "Up to %(n)d minute later it is still on time.",
                "Up to %(n)d minutes later it is still on time.",
                minutes,
            )
            return words % {"n": minutes}
        words = ngettext(
            "Up to %(n)d hour later it is still on time.",
            "Up to %(n)d hours later it is still on time.",
            minutes // 60,
        )
        return words % {"n": minutes // 60}

    @property
    def late_says(self) -> str:
        """What becomes of work after the date: it is always taken in."""
        if self.due is None:
            return ""
        if not self.hard:
            return _("A suggestion: hand in later and nothing is taken off.")
        return {
            COUNTS: _("After that you can still hand in, and it counts in full."),
            SLOWER: _("After that you can still hand in. The answer may take longer."),
            TALK: _("After that you can still hand in. Your teacher decides what it counts for."),
        }[self.late]


NO_DATES = TaskDates()
"""Of a task for which nothing was set."""


def minute_end(moment: datetime) -> datetime:
    """The first moment after the minute that a clock shows: 23:59 lasts until 00:00."""
    return moment.replace(second=0, microsecond=0) + MINUTE


def nearest(rules: Iterable[Rule]) -> Rule | None:
    """The rule that holds: one's own before one's group's before the class's. Of two groups, the
    one that leaves more time."""
    found = sorted(rules, key=lambda each: (NEAR.index(each.scope), -_reach(each)))
    return found[0] if found else None


def _reach(rule: Rule) -> float:
    if rule.kind == RELATIVE:
        return float(rule.due_after or 0)
    return rule.due.timestamp() if rule.due else float("inf")


def dates_for(rules: Iterable[Rule], facts: Facts, allowance: Allowance) -> TaskDates:
    """The dates of one task for one learner.

    allowance: theirs, in the school of the class.
    """
    rule = nearest(rules)
    if rule is None:
        return NO_DATES
    if rule.kind == RELATIVE and facts.started_at is None:
        waits = (_("Counted from the day you start the course."),)
        return TaskDates(hard=rule.hard, zone=facts.zone, says=waits, late=rule.late)
    opens, due, closes, zone, says = _given(rule, facts)
    if due:
        says += _extra(due, zone, allowance, facts.given_days)
        due = _own(due, zone, allowance, facts.given_days)
    if closes:
        closes = _own(closes, zone, allowance, facts.given_days)
        closes = max(closes, due) if due else closes
    return TaskDates(
        opens,
        due,
        closes,
        minute_end(due) + rule.grace if due else None,
        rule.hard,
        zone,
        tuple(says),
        rule.late,
    )


Given = tuple[datetime | None, datetime | None, datetime | None, str, list[str]]


def _given(rule: Rule, facts: Facts) -> Given:
    """The moments before anything of the learner's own is added, and where they come from."""
    if rule.kind == RELATIVE:
        assert facts.started_at is not None
        first = local_day(facts.started_at, facts.zone)

        def after(days: int | None, least: int) -> datetime | None:
            if days is None:
                return None
            day = first + timedelta(days=max(days, least))
            return moment_of(datetime.combine(day, rule.at), facts.zone)

        says = [_("Counted from the day you started.")]
        due = after(rule.due_after, 1)
        return after(rule.opens_after, 0), due, after(rule.closes_after, 1), facts.zone, says
    says = {
        PERSON: [_("This date was set for you.")],
        GROUP: [_("The date of your group.")],
        CLASS: [_("The same date for the whole class.")],
    }[rule.scope]
    days = _days_to_catch_up(rule, facts)
    if not days:
        return rule.opens, rule.due, rule.closes, rule.zone, says
    says = [_("You joined after the class began, so this date is your own.")]
    due, closes = (
        days_later(moment, days, rule.zone) if moment else None
        for moment in (rule.due, rule.closes)
    )
    return rule.opens, due, closes, rule.zone, says


def _days_to_catch_up(rule: Rule, facts: Facts) -> int:
    """By how many days the class's date comes too early for who joined late: 0 for who did not. A
    date that was set for this learner by name is meant as it stands."""
    if rule.scope == PERSON or rule.due is None or rule.due - facts.joined_at >= GAP:
        return 0
    first = wall_of(facts.joined_at + GAP, rule.zone)
    wall = wall_of(rule.due, rule.zone)
    days = (first.date() - wall.date()).days
    return max(days + (wall.time() < first.time()), 0)


def _own(moment: datetime, zone: str, allowance: Allowance, given_days: int) -> datetime:
    return days_later(allowance.moment(moment, zone), given_days, zone)


def _extra(due: datetime, zone: str, allowance: Allowance, given_days: int) -> list[str]:
    says = [allowance.days_say(due, zone)]
    if given_days:
        words = ngettext(
            "You asked for more time: %(n)d day is in it.",
            "You asked for more time: %(n)d days are in it.",
            given_days,
        )
        says.append(words % {"n": given_days})
    return [each for each in says if each]
