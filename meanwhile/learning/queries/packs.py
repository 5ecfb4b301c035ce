"""A unit on paper: everything to read and to work on, and for staff the answers at its end."""

import re
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404

from meanwhile.courses.activity import data_of, kind_of
from meanwhile.courses.models import Block, Course, Lesson, Offering, Unit
from meanwhile.learning.queries.choices import Wishes, wishes_of
from meanwhile.learning.queries.lessons import Item, Work, items_of
from meanwhile.people.who import Who

PLACES = re.compile(
    r'( (?:id|for|aria-labelledby|aria-describedby|aria-controls)="| href="#)([^"])'
)
"""The beginning of every name of a place, or of a link to one; not of a link to elsewhere."""


@dataclass
class PaperLesson:
    """A lesson and its parts, as they stand on paper."""

    row: Lesson
    items: list[Item] = field(default_factory=list)


@dataclass
class PaperAnswer:
    """What is right: in words, or as the author wrote it."""

    number: int
    lesson: str
    words: str
    html: str
    why: str


@dataclass
class Pack:
    """A unit to print. `answers` are there for staff alone."""

    course: Course
    unit: Unit
    lessons: list[PaperLesson]
    staff: bool = False
    answers: list[PaperAnswer] = field(default_factory=list)


def unit_pack(who: Who, offering: Offering, uid: str) -> Pack:
    """A unit as a learner may see it, in the ways they have chosen: no answer, hint or reason.
    Three queries; three more where there are ways to choose from.

    Raises:
        Http404: no such unit in what learners see.
    """
    blocks = Block.objects.published().filter(lesson__course=offering.course_id)
    rows = _rows(blocks, uid)
    lessons = _lessons(rows, who.pk or 0, wishes_of(who, offering, rows))
    return Pack(offering.course, _unit(offering.course, uid, lessons), lessons)


def staff_pack(course: Course, uid: str, way: str = "") -> Pack:
    """A unit as its staff print it: drafts too, and the answers at the end. In one way throughout,
    as far as the blocks have it; else as written. Two queries.

    Raises:
        Http404: no such unit in the course.
    """
    rows = _rows(Block.objects.live().filter(lesson__course=course), uid)
    lessons = _lessons(rows, 0, Wishes(order=(way,)))
    answers = [
        _answer(item, lesson.row.title)
        for lesson in lessons
        for item in lesson.items
        if item.block.answers
    ]
    return Pack(course, _unit(course, uid, lessons), lessons, True, answers)


def _rows(blocks: QuerySet[Block], uid: str) -> list[Block]:
    rows = blocks.filter(lesson__unit__uid=uid).select_related("lesson__unit")
    return list(rows.order_by("lesson__position", "lesson", "position", "pk"))


def _lessons(ordered: list[Block], person: int, wishes: Wishes) -> list[PaperLesson]:
    for block in ordered:
        block.rendered = {
            name: _apart(html, block.lesson.uid) for name, html in block.rendered.items()
        }
    found: list[PaperLesson] = []
    for item in items_of(ordered, Work(), person, wishes=wishes):
        lesson = item.block.lesson
        if not found or found[-1].row.pk != lesson.pk:
            found.append(PaperLesson(lesson))
        found[-1].items.append(item)
    return found


def _apart(html: str, lesson: str) -> str:
    """Places in the text are named once a lesson; several lessons stand on one page here. The HTML
    is our own renderer's, so its attributes are always written alike."""
    return PLACES.sub(rf"\1{lesson}--\2", html)


def _unit(course: Course, uid: str, lessons: list[PaperLesson]) -> Unit:
    if lessons:
        return lessons[0].row.unit
    unit = Unit.objects.live().filter(course=course, uid=uid).first()
    if unit is None:
        raise Http404
    return unit


def _answer(item: Item, lesson: str) -> PaperAnswer:
    kind, data = kind_of(item.block.kind), data_of(item.block.kind, item.block.data)
    rendered = item.block.rendered
    return PaperAnswer(
        item.number,
        lesson,
        kind.say(data, kind.right(data)),
        rendered.get("answer", ""),
        rendered.get("why", ""),
    )
