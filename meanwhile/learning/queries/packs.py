"""A unit or a lesson on paper: everything to read and to work on, and for staff the answers at the
end."""

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
HEADINGS = re.compile(r"<(/?)h([2-5])\b")


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
    """A unit to print, or one `lesson` of it. `answers` are there for staff alone."""

    course: Course
    unit: Unit
    lessons: list[PaperLesson]
    staff: bool = False
    answers: list[PaperAnswer] = field(default_factory=list)
    lesson: Lesson | None = None

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.unit.title

    @property
    def summary(self) -> str:
        return self.lesson.summary if self.lesson else self.unit.summary


def unit_pack(who: Who, offering: Offering, uid: str) -> Pack:
    """A unit as a learner may see it, in the ways they have chosen: no answer, hint or reason.
    Three queries; three more where there are ways to choose from.

    Raises:
        Http404: no such unit in what learners see.
    """
    blocks = Block.objects.published().filter(lesson__course=offering.course_id)
    rows = _rows(blocks.filter(lesson__unit__uid=uid))
    lessons = _lessons(rows, who.pk or 0, wishes_of(who, offering, rows))
    return Pack(offering.course, _unit(offering.course, uid, lessons), lessons)


def lesson_pack(who: Who, offering: Offering, uid: str) -> Pack:
    """One lesson as a learner may see it: no answer, hint or reason. As many queries as a unit.

    Raises:
        Http404: no such lesson in what learners see, or nothing in it yet.
    """
    blocks = Block.objects.published().filter(lesson__course=offering.course_id, lesson__uid=uid)
    rows = _rows(blocks)
    lessons = _lessons(rows, who.pk or 0, wishes_of(who, offering, rows), alone=True)
    if not lessons:
        raise Http404
    row = lessons[0].row
    return Pack(offering.course, row.unit, lessons, lesson=row)


def staff_pack(course: Course, uid: str, way: str = "") -> Pack:
    """A unit as its staff print it: drafts too, and the answers at the end. In one way throughout,
    as far as the blocks have it; else as written. Two queries.

    Raises:
        Http404: no such unit in the course.
    """
    rows = _rows(Block.objects.live().filter(lesson__course=course, lesson__unit__uid=uid))
    lessons = _lessons(rows, 0, Wishes(order=(way,)))
    answers = [
        _answer(item, lesson.row.title)
        for lesson in lessons
        for item in lesson.items
        if item.block.answers
    ]
    return Pack(course, _unit(course, uid, lessons), lessons, True, answers)


def _rows(blocks: QuerySet[Block]) -> list[Block]:
    rows = blocks.select_related("lesson__unit")
    return list(rows.order_by("lesson__position", "lesson", "position", "pk"))


def _lessons(
    ordered: list[Block], person: int, wishes: Wishes, alone: bool = False
) -> list[PaperLesson]:
    """alone: of one lesson, whose headings stand right under the title of the page."""
    for block in ordered:
        apart = {name: _apart(html, block.lesson.uid) for name, html in block.rendered.items()}
        block.rendered = apart if alone else {name: _lower(html) for name, html in apart.items()}
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


def _lower(html: str) -> str:
    """The headings of a lesson one level lower: its title is one among others on this page."""
    return HEADINGS.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)


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
