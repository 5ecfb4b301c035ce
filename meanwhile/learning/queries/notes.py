"""A learner's own notebook: in the lesson, and over all their courses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from meanwhile.core.rules import allowed, get, visible
from meanwhile.core.typed import typed
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.learning import spots
from meanwhile.learning.models import LessonNote
from meanwhile.learning.queries.choices import by_place, wishes_of
from meanwhile.people.who import Who

ON_A_PAGE = 30
LEAD = 90
MOST_TAGS_SHOWN = 40


@dataclass
class Noted:
    """A note as pages show it."""

    note: LessonNote
    open: bool = True
    """Whether its lesson can be opened by its writer."""

    @property
    def key(self) -> str:
        """Names its words among all of this account; all of a lesson begin alike."""
        return f"note:{self.note.block.lesson_id}:{self.note.uid}"

    @cached_property
    def gone(self) -> bool:
        """What it was pinned to is not in the course any more."""
        return self.note.state == spots.GONE or not self._live

    @property
    def _live(self) -> bool:
        return self.note.block.removed_at is None

    @property
    def changed(self) -> bool:
        """The words it was pinned to are others now."""
        return not self.gone and self.note.state == spots.CHANGED

    @property
    def anchor(self) -> str:
        uid = self.note.block.uid
        return f"{uid}-{self.note.found_part}" if self.note.found_part else uid

    @property
    def url(self) -> str:
        """The lesson at the spot; nothing where it cannot be opened."""
        if not self.open or self.note.offering_id is None:
            return ""
        lesson = reverse(
            "learning:lesson", args=[self.note.offering_id, self.note.block.lesson.uid]
        )
        return lesson if self.gone else f"{lesson}{self.spot}"

    @property
    def spot(self) -> str:
        """What leads to it on the page of its lesson, also where another way is shown there."""
        block = self.note.block
        return f"{'?show=' + block.uid if block.instead_of_id else ''}#{self.anchor}"

    @property
    def tags(self) -> list[str]:
        return self.note.tags.split()

    @property
    def highlight(self) -> bool:
        return not self.note.words

    @property
    def lead(self) -> str:
        """The marked words, cut where they are many."""
        return shortened(self.note.quote)

    @property
    def time(self) -> str:
        """'1:12', of a film."""
        if self.note.second is None:
            return ""
        minutes, seconds = divmod(int(self.note.second), 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def about(self) -> str:
        """What it is pinned to, in words."""
        if self.note.second is not None:
            return _("At %(time)s in the film") % {"time": self.time}
        return f"“{self.lead}”" if self.lead else _("A picture")

    @property
    def says(self) -> str:
        """What became of the spot; nothing where it is as it was."""
        if self.gone:
            return _("The spot is gone: the lesson was changed. Your note is kept.")
        if self.changed and self.note.second is not None:
            return _("There is another film here now.")
        if self.changed:
            return _("The words here were changed after you noted this.")
        return ""


def shortened(text: str, most: int = LEAD) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"


def lesson_notes(who: Who, lesson: int) -> list[Noted]:
    """One's own notes in a lesson, in the order of its text. One query."""
    rows = visible(who, LessonNote).filter(block__lesson=lesson)
    found = [Noted(row) for row in _with_places(rows)]
    return sorted(found, key=_place)


def _with_places(rows: QuerySet[LessonNote]) -> QuerySet[LessonNote]:
    """With their block, but not its text."""
    return rows.select_related("block__lesson").defer(
        "before", "after", "sought", "block__data", "block__body", "block__rendered"
    )


def _place(noted: Noted) -> tuple[Any, ...]:
    note = noted.note
    number = note.found_part.removeprefix("p")
    part = int(number) if number.isdecimal() else 0
    return noted.gone, note.block.position, part, note.start, note.second or 0, note.pk


def note_of(who: Who, uid: str) -> Noted:
    """One of one's own notes.

    Raises:
        Http404: there is none of that uid.
    """
    return Noted(get(who, "see", LessonNote, uid=uid))


def removed_note(who: Who, uid: str) -> LessonNote:
    """One that was removed and can be put back.

    Raises:
        Http404: there is none of that uid.
    """
    rows = allowed(who, "put back", LessonNote).select_related("block")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def block_to_note(offering: Offering, lesson: str, block: str) -> Block:
    """A block of a lesson that learners see, to pin something to.

    Raises:
        Http404: none there.
    """
    rows = Block.objects.published().filter(lesson__course=offering.course_id)
    found = rows.filter(lesson__uid=lesson, uid=block).first()
    if found is None:
        raise Http404
    return found


@dataclass
class Place:
    """A paragraph to choose, where there is no script to point at it."""

    value: str
    words: str


def places_of(who: Who, offering: Offering, lesson: int) -> list[tuple[str, list[Place]]]:
    """The paragraphs of a lesson under their headings, in the ways this person meets them. One
    query; three more where there are ways to choose from."""
    found: list[tuple[str, list[Place]]] = []
    rows = Block.objects.filter(lesson=lesson, removed_at=None, answers=False)
    blocks = list(rows.order_by("position", "pk"))
    wishes = wishes_of(who, offering, blocks)
    for block in map(wishes.pick, by_place(blocks).values()):
        if not found or block.heading:
            found.append((block.heading, []))
        parts = spots.parts_of(block.rendered.get("body", ""), block.uid)
        found[-1][1].extend(
            Place(f"{block.uid} {part.name}", shortened(part.text) or _("Picture"))
            for part in parts
            if part.name.startswith("p") and (part.text or part.pictures)
        )
    return [(heading, places) for heading, places in found if places]


@dataclass
class Notebook:
    """What one asked of the notebook, and what is in it."""

    asked: str = ""
    tag: str = ""
    course: int | None = None
    page: Page[LessonNote] | None = None
    shown: list[Noted] = field(default_factory=list)
    total: int = 0
    tags: list[tuple[str, int]] = field(default_factory=list)
    courses: list[tuple[int, str, int]] = field(default_factory=list)
    removed: list[Noted] = field(default_factory=list)

    @property
    def narrowed(self) -> bool:
        return bool(self.asked or self.tag or self.course)


def notebook(who: Who, asked: str = "", tag: str = "", course: str = "", page: int = 1) -> Notebook:
    """A page of one's notes over all courses. Five queries, however many they are."""
    book = Notebook(asked=typed(asked).strip()[:100], tag=typed(tag).casefold()[:30])
    book.course = int(course) if course.isascii() and course.isdecimal() else None
    _count(who, book)
    rows = _wanted(who, book)
    book.page = Paginator(rows, ON_A_PAGE).get_page(page)
    book.shown = shown(who, book.page)
    lost = allowed(who, "put back", LessonNote)
    book.removed = [Noted(row, open=False) for row in full(lost).order_by("-removed_at")[:20]]
    return book


def whole_notebook(who: Who) -> list[Noted]:
    """Everything in it, in the order of the courses. Two queries."""
    return shown(who, _ordered(full(visible(who, LessonNote))))


def _count(who: Who, book: Notebook) -> None:
    """Tags and courses with how many notes each holds, over the whole notebook."""
    tags: Counter[str] = Counter()
    courses: Counter[tuple[int, str]] = Counter()
    rows = visible(who, LessonNote).values_list(
        "tags", "block__lesson__course", "block__lesson__course__title"
    )
    for given, course, title in rows:
        tags.update(given.split())
        courses[course, title] += 1
        book.total += 1
    book.tags = sorted(tags.items(), key=lambda each: (-each[1], each[0]))[:MOST_TAGS_SHOWN]
    book.courses = sorted((pk, title, n) for (pk, title), n in courses.items())
    book.courses.sort(key=lambda each: each[1].casefold())


def _wanted(who: Who, book: Notebook) -> QuerySet[LessonNote]:
    rows = full(visible(who, LessonNote))
    for word in spots.plain(book.asked).split():
        rows = rows.filter(sought__contains=word)
    if book.tag:
        rows = rows.filter(tags__contains=f" {book.tag} ")
    if book.course:
        rows = rows.filter(block__lesson__course=book.course)
    return _ordered(rows)


def full(rows: QuerySet[LessonNote]) -> QuerySet[LessonNote]:
    return rows.select_related("block__lesson__unit", "block__lesson__course").defer(
        "before", "after", "sought", "block__data", "block__body", "block__rendered"
    )


def _ordered(rows: QuerySet[LessonNote]) -> QuerySet[LessonNote]:
    lesson = "block__lesson"
    return rows.order_by(
        f"{lesson}__course__title", f"{lesson}__course", f"{lesson}__unit__position",
        f"{lesson}__position", lesson, "block__position", "at", "second", "pk",
    )  # fmt: skip


def shown(who: Who, rows: Iterable[LessonNote]) -> list[Noted]:
    may = set(allowed(who, "learn", Offering).values_list("pk", flat=True))
    return [Noted(row, row.offering_id in may and _is_live(row.block.lesson)) for row in rows]


def _is_live(lesson: Lesson) -> bool:
    return lesson.removed_at is None and lesson.unit.removed_at is None and not lesson.draft
