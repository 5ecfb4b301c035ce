"""Which of the ways to meet a block somebody sees, and which they may choose.

What the learner chose at the block comes first; then what the school has agreed with them
(accommodations are never forgotten); then what a teacher set for the person, then for a group of
theirs; then what the learner would like everywhere; then as it is written. A way that the block
does not have is passed over, so that everybody always meets every block once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404

from meanwhile.core.rules import allowed, get, visible
from meanwhile.courses.models import Block, Offering
from meanwhile.courses.variants import (
    WRITTEN,
    Way,
    general_ways,
    key_of,
    speaks,
    words_for,
)
from meanwhile.learning.models import WayChoice, WayStart, WayWish
from meanwhile.people.accommodations import Allowance
from meanwhile.people.models import Enrolment, Format, Group, Person, Role
from meanwhile.people.queries import allowance_of
from meanwhile.people.who import Who


@dataclass(frozen=True)
class Wishes:
    """What one person wants, and what their teachers let them begin with. `at` is by main block."""

    at: Mapping[int, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    language: str = ""

    def pick(self, ways: list[Block]) -> Block:
        """The block to show, of a main block and its other ways."""
        named = {key_of(each.way, each.language): each for each in ways}
        own = self.at.get(ways[0].pk, "")
        if own in named:
            return named[own]
        found = (self._meant(wish, named) for wish in self.order)
        return next((each for each in found if each), ways[0])

    def _meant(self, wish: str, named: Mapping[str, Block]) -> Block | None:
        if wish != Way.LANGUAGE:
            return named.get(wish)
        return next((b for b in named.values() if speaks(self.language, b.language)), None)


@dataclass(frozen=True)
class Offer:
    """One way to meet a block, as it is offered there."""

    key: str
    label: str
    language: str
    block: Block
    shown: bool


def offers(ways: list[Block], shown: Block, language: str = "") -> list[Offer]:
    """Everything there is to choose at a block, as written first; what is in the reader's own
    language comes before the other languages."""
    found = [
        Offer(
            key_of(each.way, each.language),
            words_for(each.way, each.language),
            each.language,
            each,
            each is shown,
        )
        for each in ways
    ]
    order = [WRITTEN, *Way.values]
    return sorted(
        found,
        key=lambda each: (
            order.index(each.block.way or WRITTEN),
            not speaks(language, each.language),
        ),
    )


def by_place(blocks: Iterable[Block]) -> dict[int, list[Block]]:
    """Blocks in order, by their main block, which comes first in its list. Another way whose main
    block is not among them stands for nothing and is left out."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        if block.instead_of_id is None:
            found[block.pk] = [block]
        elif block.instead_of_id in found:
            found[block.instead_of_id].append(block)
    return found


AGREED = {Format.PLAINER.value: Way.PLAIN.value, Format.LISTEN.value: Way.LISTEN.value}
"""The ways that a school agrees on with a learner, by the names they have there."""


def wishes_of(
    who: Who, offering: Offering, blocks: Iterable[Block], allowance: Allowance | None = None
) -> Wishes:
    """What counts for this person at these blocks. No query where there is nothing to choose, else
    three, and one more where what is agreed with them is not at hand."""
    mains = {block.instead_of_id for block in blocks if block.instead_of_id}
    if not mains:
        return Wishes()
    chosen = visible(who, WayChoice).filter(block__in=mains)
    order = _set_for(who.pk or 0, offering, allowance)
    wish = wish_of(who)
    return Wishes(
        dict(chosen.values_list("block", "way")),
        (*order, *([wish] if wish else [])),
        who.person.language if who.person else "",
    )


def _set_for(person: int, offering: Offering, allowance: Allowance | None) -> list[str]:
    """What the school and the teachers want somebody to begin with, in the order in which it
    counts. One query, and one more where what is agreed with them is not at hand."""
    starts = WayStart.objects.filter(
        Q(person=person) | Q(group__members__person=person, group__members__left_at=None),
        offering=offering,
    ).order_by("set_at", "pk")
    rows = list(starts.values_list("person", "way"))
    if allowance is None:
        allowance = allowance_of(person, offering.cohort.school_id)
    order = [AGREED[each] for each in allowance.formats if each in AGREED]
    order += [way for one, way in rows if one]
    order += [way for one, way in reversed(rows) if not one]
    return order


def wishes_known_to_staff(person: Person, offering: Offering, allowance: Allowance) -> Wishes:
    """The same for who looks as this learner: what is agreed and what teachers set. What the
    learner chose or wished for is theirs alone and is left out. Their language is in it only where
    a teacher set their own language as a start. One query.

    allowance: theirs, in the school of the class.
    """
    order = _set_for(person.pk, offering, allowance)
    return Wishes(order=tuple(order), language=person.language if Way.LANGUAGE in order else "")


def wish_of(who: Who) -> str:
    """What somebody would like wherever there is a choice; "" where they have not said."""
    return visible(who, WayWish).values_list("way", flat=True).first() or ""


def way_to_choose(
    offering: Offering, lesson: str, block: str, key: str
) -> tuple[Block, Block, Block]:
    """A block that learners see, the main block of its place, and the way of that name to meet it.
    Two queries.

    Raises:
        Http404: none there.
    """
    rows = Block.objects.published().filter(lesson__course=offering.course_id, lesson__uid=lesson)
    here = rows.filter(uid=block).select_related("lesson").first()
    if here is None:
        raise Http404
    ways = rows.filter(Q(pk=here.place) | Q(instead_of=here.place))
    named = {key_of(each.way, each.language): each for each in ways}
    if key not in named or WRITTEN not in named:
        raise Http404
    return here, named[WRITTEN], named[key]


# --- what a teacher lets people begin with --------------------------------------------------


@dataclass(frozen=True)
class StartLine:
    """Somebody, or a group, and the way they begin with; "" where nothing is set."""

    name: str
    field: str
    way: str
    groups: str = ""


@dataclass
class Starts:
    """The page where it is set."""

    offering: Offering
    groups: list[StartLine]
    people: list[StartLine]
    ways: list[tuple[str, str]]
    there: list[str]
    """The ways that the course has anywhere, in words."""
    may_change: bool


def starts_of(who: Who, offering: Offering) -> Starts:
    """What is set in a class for each group and person. Six queries, however large the class."""
    rows = visible(who, WayStart).filter(offering=offering)
    of_group: dict[int, str] = {}
    of_person: dict[int, str] = {}
    for group, person, way in rows.values_list("group", "person", "way"):
        (of_group if group else of_person)[group or person] = way
    groups = list(visible(who, Group).filter(cohort=offering.cohort_id).order_by("name", "pk"))
    within: dict[int, list[str]] = {}
    members = Group.members.through.objects.filter(group__in=[each.pk for each in groups])
    for name, person in members.order_by("group__name").values_list(
        "group__name", "enrolment__person"
    ):
        within.setdefault(person, []).append(name)
    learners = (
        visible(who, Enrolment)
        .filter(cohort=offering.cohort_id, role=Role.LEARNER, left_at=None)
        .order_by("person__name", "person")
        .values_list("person", "person__name")
    )
    return Starts(
        offering,
        [StartLine(each.name, f"group-{each.pk}", of_group.get(each.pk, "")) for each in groups],
        [
            StartLine(name, f"person-{pk}", of_person.get(pk, ""), ", ".join(within.get(pk, ())))
            for pk, name in learners
        ],
        general_ways(),
        _ways_there(offering),
        allowed(who, "change", Offering).filter(pk=offering.pk).exists(),
    )


def _ways_there(offering: Offering) -> list[str]:
    rows = Block.objects.published().filter(
        lesson__course=offering.course_id, instead_of__isnull=False
    )
    found = set(rows.order_by().values_list("way", "language").distinct())
    order = list(Way.values)
    known = sorted((each for each in found if each[0] in order), key=lambda e: order.index(e[0]))
    return [words_for(way, language) for way, language in known]


def offering_to_start(who: Who, offering: int, deed: str) -> Offering:
    """An offering of a class, to look at what is set in it ("watch") or to set it ("change").

    Raises:
        Http404: there is none, or it is not theirs to see.
    """
    return get(who, deed, Offering, pk=offering)
