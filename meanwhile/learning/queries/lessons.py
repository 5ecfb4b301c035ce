"""The player: one lesson, its parts, and for each question exactly what may be seen of it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import isclose
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core.rules import allowed, visible
from meanwhile.core.typed import typed
from meanwhile.courses.activity import (
    Kind,
    Response,
    Verdict,
    data_of,
    done_by_reading,
    kind_of,
)
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.courses.queries.films import Played, films_played
from meanwhile.courses.standing import Standing, standings_of
from meanwhile.learning.models import Answer, BlockState, Draft, Participation
from meanwhile.learning.queries.choices import Offer, Wishes, by_place, offers, wishes_of
from meanwhile.learning.queries.ways import LessonWay, UnitWay, Way, lesson_alone, unit_outline_of
from meanwhile.people.accommodations import Allowance
from meanwhile.people.queries import allowance_of
from meanwhile.people.who import Who

NO_WISHES = Wishes()
TRIES_BEFORE_WHY = 2
"""After so many tries the reason is told without asking."""


@dataclass
class Item:
    """One part of a lesson, as its template draws it (`activities/<kind>/learn.html`)."""

    block: Block
    state: BlockState
    rendered: Mapping[str, str]
    data_view: dict[str, Any]
    number: int = 0
    of: int = 0
    response: Response | None = None
    verdict: Verdict | None = None
    last: Answer | None = None
    draft: Draft | None = None
    confidence: str = ""
    hints: list[str] = field(default_factory=list)
    hints_in_all: int = 0
    why: str = ""
    has_why: bool = False
    error: str = ""
    preview: bool = False
    closed: bool = False
    address: str = ""
    """What the addresses of its deeds begin with; "" in a preview."""
    main: Block | None = None
    """The block this is another way of."""
    ways: list[Offer] = field(default_factory=list)
    """What there is to choose here; nothing where there is one way alone."""
    so_far: BlockState | None = None
    """What was done here in whichever way: the state of the main block."""
    sure: bool = True
    own: bool = False
    standing: Standing | None = None
    """Of what is handed in: how it stands, and where to go on."""
    plays: str = ""
    """The path of the film or sound it plays."""
    film: Played | None = None
    """What there is of the film or sound it plays, once it was looked into."""
    asked_in: list[tuple[str, "Item"]] = field(default_factory=list)
    """Where films of its lesson stop for it: at what time, and which."""

    @property
    def template(self) -> str:
        return f"{self.block.kind}/learn.html"

    @property
    def paper(self) -> list[str]:
        """How it stands on paper: in its kind's own way, else with lines to write on."""
        lines = "learning/_paper_lines.html" if self.block.answers else self.template
        return [f"{self.block.kind}/paper.html", lines]

    @property
    def is_read(self) -> bool:
        """Whether coming to its end is all there is to do."""
        return done_by_reading(self.block.kind)

    @property
    def done(self) -> bool:
        return (self.so_far or self.state).done_at is not None

    @property
    def place(self) -> str:
        """The uid under which the lesson and its outline know this place."""
        return self.main.uid if self.main else self.block.uid

    @property
    def heading(self) -> str:
        """The heading of its place, where this way has none of its own."""
        return self.main.heading if self.main and not self.block.heading else ""

    @property
    def answered_elsewhere(self) -> bool:
        """Answered in another way, and not in this."""
        return self.last is None and self.so_far is not None and self.so_far.tries > 0

    @property
    def prefix(self) -> str:
        """What every `id` inside begins with."""
        return f"{self.block.uid}-"

    @property
    def draft_key(self) -> str:
        """Names what is typed here among all of this account."""
        return f"answer:{self.block.pk}"

    @property
    def place_url(self) -> str:
        """Where its film says how far somebody is; "" where nothing is kept."""
        return "" if self.closed or not self.address else f"{self.address}film/"

    @property
    def more_hints(self) -> bool:
        return len(self.hints) < self.hints_in_all

    @property
    def hint_url(self) -> str:
        """Where the next hint is asked for, by its number."""
        return f"{self.address}hints/{len(self.hints) + 1}/"

    @property
    def may_ask_why(self) -> bool:
        return self.has_why and not self.why and self.last is not None

    @property
    def feedback(self) -> list[str]:
        """The feedback of what was chosen."""
        texts = self.verdict.texts if self.verdict else ()
        return [self.block.rendered[name] for name in texts if name in self.block.rendered]

    @property
    def partly(self) -> bool:
        """Some of it is right: said, because 'not yet' alone would hide it."""
        return self.last is not None and not self.last.right and self.last.score > 0

    @property
    def draft_version(self) -> int:
        return self.draft.version if self.draft else 0

    @property
    def answered_at(self) -> datetime | None:
        return self.last.at if self.last else None

    @property
    def surprised(self) -> bool:
        """Very sure, and not right: worth a second look."""
        return self.last is not None and self.last.confidence == 2 and not self.last.right


@dataclass
class Work:
    """What one participation did with some blocks, by their keys: the player's own share of it."""

    row: Participation | None = None
    states: dict[int, BlockState] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    last: dict[int, Answer] = field(default_factory=dict)

    def state(self, block: Block) -> BlockState:
        """What they did with a block; nothing yet where there is none."""
        return self.states.get(block.pk) or BlockState(block=block)


@dataclass
class LessonView:
    """All the lesson page shows. `way` is None in a preview."""

    lesson: Lesson
    items: list[Item]
    offering: Offering | None = None
    way: Way | None = None
    here: LessonWay | None = None
    preview: bool = False

    @cached_property
    def following(self) -> LessonWay | None:
        return self.way.after(self.here) if self.way and self.here else None

    @property
    def ends_unit(self) -> bool:
        following = self.following
        return self.here is not None and (
            following is None or following.unit.pk != self.here.unit.pk
        )

    @property
    def closed(self) -> bool:
        return self.offering is not None and self.offering.closed_at is not None

    @cached_property
    def resume(self) -> str:
        """The anchor to go on from: the paragraph, else its block; "" at the start."""
        row = self.way.participation if self.way else None
        if row is None or row.lesson_id != self.lesson.pk or row.block_id is None:
            return ""
        item = next((item for item in self.items if item.block.place == row.block_id), None)
        if item is None or (item is self.items[0] and row.spot in ("", "p1")):
            return ""
        exact = f"{item.block.uid}-{row.spot}"
        found = row.spot and f'id="{exact}"' in item.rendered.get("body", "")
        return exact if found else item.place

    @property
    def current(self) -> str:
        """The section of the outline in which the place is."""
        sections = self.here.sections if self.here else []
        row = self.way.participation if self.way else None
        block = row.block_id if row and self.resume else None
        found = (each for each in sections if any(part.pk == block for part in each.parts))
        return next(found, sections[0]).uid if sections else ""

    @property
    def asks(self) -> bool:
        return any(item.block.answers for item in self.items)

    def item(self, uid: str) -> Item | None:
        return next((item for item in self.items if item.block.uid == uid), None)


def lesson_view(who: Who, offering: Offering, uid: str, show: str = "") -> LessonView:
    """A lesson as this learner sees it. Seven queries, however long the lesson and the course, and
    three more where it has films or sounds, three where there are ways to choose from.

    show: the uid of a block to show in its place, whatever is chosen there: what a search or a
    note leads to.

    Raises:
        Http404: no such lesson in what learners see of the course.
    """
    way = unit_outline_of(offering, who.pk or 0, uid)
    here = way.lesson_or_404(uid)
    lesson = lesson_row(here)
    lesson.summary, lesson.course = here.summary, offering.course
    blocks = _parts_of(lesson)
    work = work_with(who, blocks, way.participation)
    wishes = wishes_of(who, offering, blocks, way.allowance)
    items = items_of(
        blocks, work, who.pk or 0, offering.closed_at is not None, wishes=wishes, show=show
    )
    standings = standings_of(who, offering, blocks)
    for item in items:
        item.address = f"{here.url}{item.block.uid}/"
        item.standing = standings.get(item.block.place)
    _with_films(items, offering.course_id)
    _own_minutes(items, way.allowance)
    return LessonView(lesson, items, offering, way, here)


def _own_minutes(items: list[Item], allowance: Allowance) -> None:
    """Minutes that a kind says of its block become this learner's."""
    for item in items:
        if minutes := item.data_view.get("minutes"):
            item.data_view["minutes"] = allowance.minutes(minutes).minutes


def _with_films(items: list[Item], course: int, films: Mapping[str, Played] | None = None) -> None:
    """Give each part the film that it plays. Three queries where they are not given."""
    if films is None:
        addresses = {i.plays: i.rendered.get("url", "") for i in items if i.plays}
        films = films_played(course, addresses)
    for item in items:
        item.film = films.get(item.plays)


def preview_of(
    lesson: Lesson,
    blocks: Iterable[Block] | None = None,
    films: Mapping[str, Played] | None = None,
    show: str = "",
    *,
    wishes: Wishes = NO_WISHES,
    allowance: Allowance | None = None,
) -> LessonView:
    """A lesson as its staff look at it: nothing is kept, drafts are shown, and what learners see
    after an answer stands open. One query besides the lesson's own, and three where it has films.

    blocks: instead of the lesson's own, such as are still being written; each with a `pk`.
    films: what these play, by path.
    show: the uid of the way to show at its place, instead of what is written.
    wishes, allowance: of the learner as whom it is looked at; else of nobody in particular.
    """
    rows = _parts_of(lesson) if blocks is None else list(blocks)
    items = items_of(rows, Work(), wishes=wishes, show=show)
    _with_films(items, lesson.course_id, films)
    if allowance is not None:
        _own_minutes(items, allowance)
    for item in items:
        item.preview = True
        item.why = item.block.rendered.get("why", "")
        item.hints = _hints(item.block, item.hints_in_all)
    return LessonView(lesson, items, preview=True)


def _parts_of(lesson: Lesson) -> list[Block]:
    rows = Block.objects.filter(lesson=lesson, removed_at=None)
    return list(rows.order_by("position", "pk"))


def work_of(who: Who, offering: Offering, block: Block) -> Work:
    """What this learner has done with one question. Four queries."""
    row = Participation.objects.filter(offering=offering, person=who.pk).first()
    return work_with(who, [block], row)


def card_of(who: Who, offering: Offering, block: Block, work: Work) -> tuple[Item, LessonWay]:
    """One question as this learner sees it now, for its card alone, and its lesson. Three queries.

    Raises:
        Http404: it is no longer a question of the lesson.
    """
    agreed = allowance_of(who.pk or 0, offering.cohort.school_id)
    lesson = lesson_alone(offering, block.lesson, work.row, agreed)
    asked = [part.pk for part in lesson.parts if part.part.answers]
    if block.place not in asked:
        raise Http404
    item = _item(
        block, work.state(block), who.pk or 0, work.drafts.get(block.pk), work.last.get(block.pk)
    )
    item.so_far = work.states.get(block.place)
    item.closed = offering.closed_at is not None
    item.number, item.of = asked.index(block.place) + 1, len(asked)
    item.address = f"{lesson.url}{block.uid}/"
    return item, lesson


def work_with(who: Who, blocks: list[Block], row: Participation | None) -> Work:
    """What this participation did with these blocks. Three queries."""
    work = Work(row)
    if row is None:
        return work
    places = {block.pk for block in blocks} | {block.place for block in blocks}
    states = BlockState.objects.filter(participation=row, block__in=places)
    work.states = {state.block_id: state for state in states}
    asked = [block.pk for block in blocks if block.answers]
    if asked:
        drafts = visible(who, Draft).filter(participation=row, block__in=asked)
        work.drafts = {draft.block_id: draft for draft in drafts}
    tried = [pk for pk in asked if pk in work.states and work.states[pk].tries]
    if tried:
        rows = Answer.objects.filter(participation=row, block__in=tried)
        work.last = latest_of_each(rows)
    return work


def items_of(
    blocks: list[Block],
    work: Work,
    person: int = 0,
    closed: bool = False,
    *,
    wishes: Wishes = NO_WISHES,
    show: str = "",
) -> list[Item]:
    """The parts of a lesson with what was done with each: of the ways to meet one, the one that is
    wanted, or that of the uid `show`."""
    places = list(by_place(blocks).values())
    of = sum(ways[0].answers for ways in places)
    items, number = [], 0
    for ways in places:
        main, block = ways[0], ways[0]
        if len(ways) > 1:
            asked_for = (each for each in ways if each.uid == show)
            block = next(asked_for, None) or wishes.pick(ways)
        drafted, last = work.drafts.get(block.pk), work.last.get(block.pk)
        item = _item(block, work.state(block), person, drafted, last)
        if len(ways) > 1:
            item.ways = offers(ways, block, wishes.language)
            item.main = main if block is not main else None
            item.so_far = work.states.get(main.pk)
        number += main.answers
        item.of, item.closed, item.number = of, closed, number if main.answers else 0
        items.append(item)
    _stop_for(items)
    return items


def _stop_for(items: list[Item]) -> None:
    """Tell each question which films stop for it, in whichever way it is met. What a film names and
    is not here (taken out since, or not a question any more) it does not stop for."""
    asking = [item for item in items if item.block.answers]
    asked = {item.place: item for item in asking}
    asked |= {each.block.uid: item for item in asking for each in item.ways}
    for item in items:
        stops = item.data_view.get("stops")
        if not stops:
            continue
        item.data_view["stops"] = [
            stop | {"block": asked[stop["block"]].block.uid}
            for stop in stops
            if stop["block"] in asked
        ]
        for stop in stops:
            if stop["block"] in asked:
                asked[stop["block"]].asked_in.append((stop["stamp"], item))


def latest_of_each(answers: QuerySet[Answer], of_places: bool = False) -> dict[int, Answer]:
    """The last of these answers to each question, by its key; the earlier tries stay where they
    are. One query. For the answers of one person.

    of_places: to each main block, in whichever way it was met; each answer with its block.
    """
    if not of_places:
        last = answers.order_by().values("block").annotate(last=Max("pk")).values("last")
        return {each.block_id: each for each in Answer.objects.filter(pk__in=last)}
    place = Coalesce("block__instead_of", "block")
    last = answers.order_by().annotate(place=place).values("place").annotate(last=Max("pk"))
    rows = Answer.objects.filter(pk__in=last.values("last")).select_related("block__lesson")
    return {each.block.place: each for each in rows}


def _item(
    block: Block, state: BlockState, person: int, draft: Draft | None, last: Answer | None
) -> Item:
    kind, data = kind_of(block.kind), data_of(block.kind, block.data)
    rendered = block.rendered if not kind.answers else _seen_before(kind, data, block.rendered)
    view = kind.view(data, rendered, f"{person}:{block.pk}")
    plays = kind.plays(data)
    item = Item(block, state, rendered, view, draft=draft, last=last, plays=plays)
    if not kind.answers:
        return item
    item.response, item.confidence = _standing_words(kind, data, draft, last)
    item.verdict = _verdict(kind, data, last)
    item.hints_in_all = len(getattr(data, "hints", ()))
    item.hints = _hints(block, state.hints)
    item.sure, item.own = kind.sure, kind.own
    item.has_why = "why" in block.rendered
    if last and (last.right or state.tries >= TRIES_BEFORE_WHY or state.why_at):
        item.why = block.rendered.get("why", "")
    return item


def _seen_before(kind: Kind[Any], data: Any, rendered: Mapping[str, str]) -> dict[str, str]:
    """What may be seen of a question before it is answered: its wording, the words of its fields
    and what its kind says is safe (`pieces`). Not feedback, hints, reason or solution."""
    texts = kind.texts(data)
    return {
        name: html
        for name, html in rendered.items()
        if name not in texts or name.split(".")[0] in kind.seen
    }


def _standing_words(
    kind: Kind[Any], data: Any, draft: Draft | None, last: Answer | None
) -> tuple[Response | None, str]:
    """What stands in the fields: what is typed since, else the last answer. How sure is asked
    afresh for each answer."""
    if draft and draft.words:
        sent = as_sent(draft.words)
        return kind.typed(data, sent), sent.get("confidence", "")
    return (last.response, "") if last else (None, "")


def as_sent(words: Mapping[str, Any]) -> QueryDict:
    """Kept words in the shape of a sent form; what no page can hold is left out."""
    sent = QueryDict(mutable=True)
    for name, value in words.items():
        values = value if isinstance(value, list) else [value]
        sent.setlist(typed(str(name)), [typed(str(each)) for each in values])
    return sent


def _verdict(kind: Kind[Any], data: Any, last: Answer | None) -> Verdict | None:
    """The verdict that was given, with its texts and parts. Where the question was changed since
    and would be marked otherwise now, only what was said then: how much of it was right."""
    if last is None:
        return None
    try:
        again = kind.score(data, last.response)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Verdict(last.score)
    same = again.right == last.right and isclose(again.score, last.score)
    return again if same else Verdict(last.score)


def _hints(block: Block, count: int) -> list[str]:
    names = (f"hint.{index}" for index in range(count))
    return [block.rendered[name] for name in names if name in block.rendered]


def block_of(lesson: LessonWay, uid: str) -> Block:
    """A block of a lesson that learners see.

    Raises:
        Http404: none of that uid.
    """
    rows = Block.objects.filter(lesson=lesson.pk, removed_at=None, uid=uid)
    block = rows.select_related("lesson__unit").first()
    if block is None:
        raise Http404
    return block


def stand_again(item: Item, sent: QueryDict, sentence: str) -> None:
    """Put what was sent back into the fields of a question that was not marked, and say why."""
    data = data_of(item.block.kind, item.block.data)
    item.response = kind_of(item.block.kind).typed(data, sent)
    item.confidence = sent.get("confidence", "")
    item.error = sentence


def offering_to_learn(who: Who, offering: int) -> Offering:
    """An offering this person learns in, with its course and class. One query.

    Raises:
        Http404: there is none, or it is not theirs.
    """
    rows = allowed(who, "learn", Offering).select_related("course", "cohort")
    found = rows.filter(pk=offering).first()
    if found is None:
        raise Http404
    return found


def question_to_answer(offering: Offering, lesson: str, block: str) -> Block:
    """A published question of a course. One query.

    Raises:
        Http404: none there.
    """
    rows = Block.objects.published().filter(
        lesson__course=offering.course_id, lesson__uid=lesson, uid=block, answers=True
    )
    found = rows.select_related("lesson").first()
    if found is None:
        raise Http404
    return found


def lesson_row(way: LessonWay) -> Lesson:
    """The row of a lesson in an outline, without asking for what is known of it."""
    return Lesson(pk=way.pk, uid=way.uid, title=way.title, unit_id=way.unit.pk)


def spot_url(offering: Offering, block: Block) -> str:
    """The page of a lesson at one of its parts."""
    lesson = reverse("learning:lesson", args=[offering.pk, block.lesson.uid])
    return f"{lesson}{shown_as(block)}#{block.uid}"


def shown_as(block: Block) -> str:
    """What an address of a lesson says besides, so that a block is on the page in its place."""
    return f"?show={block.uid}" if block.instead_of_id else ""


def left_words(lesson: LessonWay) -> str:
    """'12 minutes left.'"""
    left = lesson.minutes_left
    if not left:
        return _("All done here.")
    words = ngettext("%(count)d minute left.", "%(count)d minutes left.", left)
    return words % {"count": left}


def moved_to(lesson: LessonWay) -> dict[str, Any]:
    """What the page shows of a lesson that changes while it is worked through."""
    return {
        "left": left_words(lesson),
        "value": lesson.minutes_done,
        "max": lesson.minutes,
        "done": [part.uid for part in lesson.parts if part.done],
        "says": lesson.figures.says,
    }


def unit_end_words(unit: UnitWay) -> str:
    """What is said at the end of a unit, true whether or not everything in it is done."""
    figures = unit.figures
    if figures.finished:
        return _("Unit done: %(unit)s. %(says)s") % {"unit": unit.title, "says": figures.says}
    left = ngettext(
        "%(count)d part is still open.",
        "%(count)d parts are still open.",
        figures.total - figures.done,
    ) % {"count": figures.total - figures.done}
    return _("You came to the end of %(unit)s. %(left)s") % {"unit": unit.title, "left": left}
