"""The notebook: notes and highlights, which nobody but their writer reads.

They make no event: that somebody noted something is theirs alone, like the words.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.models import Block, Offering
from meanwhile.learning import spots
from meanwhile.learning.models import KEPT_AFTER_REMOVAL, LessonNote
from meanwhile.learning.spots import Found, Spot
from meanwhile.people.who import Who
from meanwhile.search.actions import index_scope

MOST_IN_A_LESSON = 300
AT_ONCE = 500
FOUND = ["state", "found_part", "start", "end", "found_in"]


class NoteChanged(Exception):
    """The note was changed elsewhere since the version these words were written on."""

    def __init__(self, note: LessonNote) -> None:
        super().__init__(note.version)
        self.note = note


class TooManyNotes(Exception):
    """More notes in one lesson than a page can hold."""

    def __str__(self) -> str:
        return _("This lesson holds 300 notes of yours. Remove one to make room.")


def keep_note(
    who: Who,
    uid: str,
    words: str,
    tags: list[str],
    base: int | None,
    at: tuple[Offering, Block, Mapping[str, Any]] | None = None,
) -> LessonNote | None:
    """Keep the words of a note; make it where there is none of that uid yet: `at` is the offering,
    the block and what was marked in it, as a SpotForm tells it.

    The same words again are never a conflict, and words for a note that was removed elsewhere
    bring it back: what is typed is not lost. After 30 days the removed one is as good as cleared
    out, and there is none. None where there is neither note nor spot.

    Raises:
        NoteChanged: there is another version than `base`; it carries the note as it is.
        TooManyNotes: the lesson is full.
    """
    now = clock.now()
    with writing():
        _long_removed().filter(person=who.pk, uid=uid).delete()
        rows = LessonNote.objects.select_for_update(of=("self",))
        note = rows.filter(person=who.pk, uid=uid).first()
        if note is None and at is None:
            return None
        if note is None and at is not None:
            note = _made(who, uid, *at)
        assert note is not None
        if note.pk is None or note.removed_at:
            _make_room(who, note.block.lesson_id)
        line = f" {' '.join(tags)} " if tags else ""
        if (note.words, note.tags) != (words, line):
            if note.pk and base is not None and base != note.version:
                raise NoteChanged(note)
            note.version += bool(note.pk)
            note.words, note.tags, note.changed_at = words, line, now
        note.removed_at = None
        note.sought = spots.plain(" ".join((words, note.quote, *tags)))
        note.save()
        _findable(note)
    return note


def _make_room(who: Who, lesson: int) -> None:
    """One more may stand in the lesson. What is removed takes no room."""
    standing = LessonNote.objects.filter(person=who.pk, block__lesson=lesson, removed_at=None)
    if standing.count() >= MOST_IN_A_LESSON:
        raise TooManyNotes


def _made(
    who: Who, uid: str, offering: Offering, block: Block, sent: Mapping[str, Any]
) -> LessonNote:
    now = clock.now()
    spot = _marked(block, sent)
    note = LessonNote(person=who.person, uid=uid, offering=offering, block=block)
    note.part, note.quote, note.whole = spot.part, spot.quote, spot.whole
    note.before, note.after, note.at = spot.before, spot.after, spot.at
    note.media, note.second = spot.media, spot.second
    note.made_at = note.changed_at = now
    _place(note, block)
    return note


def _marked(block: Block, sent: Mapping[str, Any]) -> Spot:
    parts = spots.parts_of(block.rendered.get("body", ""), block.uid)
    film, second = _film(block), sent.get("second")
    part, quote, before, after = (
        str(sent.get(name) or "") for name in ("part", "quote", "before", "after")
    )
    if not film:
        second = None
    return spots.spot_at(parts, part, quote, before, after, film, second)


def remove_note(note: LessonNote) -> None:
    """Take a note out of the notebook; for 30 days it can be put back."""
    with writing():
        LessonNote.objects.filter(pk=note.pk).update(removed_at=clock.now())
        _findable(note)


def put_back_note(who: Who, note: LessonNote) -> None:
    """A removed note is in the notebook again, as it was.

    Raises:
        TooManyNotes: the lesson is full.
    """
    with writing():
        _make_room(who, note.block.lesson_id)
        LessonNote.objects.filter(pk=note.pk).update(removed_at=None)
        _findable(note)


def _findable(note: LessonNote) -> None:
    """Search finds the notebook of its writer as it is now."""
    index_scope("note", f"notebook:{note.person_id}")


def forget_removed_notes() -> int:
    """Delete the notes that cannot be put back any more: they are private words. A batch at a
    time, so that nobody who writes waits for long. The number that went."""
    gone = 0
    while batch := list(_long_removed().values_list("pk", flat=True)[:AT_ONCE]):
        gone += _long_removed().filter(pk__in=batch).delete()[0]
    return gone


def _long_removed() -> QuerySet[LessonNote]:
    return LessonNote.objects.filter(removed_at__lte=clock.now() - KEPT_AFTER_REMOVAL)


def find_again(course: int) -> int:
    """Find the spots of notes in those blocks of a course that changed. The number of notes."""
    noted = LessonNote.objects.filter(block__lesson__course=course)
    prints: dict[int, set[str]] = {}
    for noted_in, found_in in noted.values_list("block", "found_in").distinct():
        prints.setdefault(noted_in, set()).add(found_in)
    total = 0
    for block in Block.objects.filter(pk__in=prints).iterator(AT_ONCE):
        now = _print(block)
        if prints[block.pk] == {now}:
            continue
        with writing():
            stale = LessonNote.objects.select_for_update(of=("self",)).filter(block=block)
            notes = list(stale.exclude(found_in=now))
            for note in notes:
                _place(note, block)
            LessonNote.objects.bulk_update(notes, FOUND, batch_size=AT_ONCE)
            total += len(notes)
    return total


def _place(note: LessonNote, block: Block) -> None:
    """Where the spot is in the block as it stands."""
    found = _search(block, _spot(note))
    note.state, note.found_part = found.state, found.part
    note.start, note.end, note.found_in = found.start, found.end, _print(block)


def _spot(note: LessonNote) -> Spot:
    return Spot(
        note.part, note.quote, note.before, note.after,
        note.at, note.whole, note.media, note.second,
    )  # fmt: skip


def _search(block: Block, spot: Spot) -> Found:
    parts = spots.parts_of(block.rendered.get("body", ""), block.uid)
    return spots.find(parts, spot, _film(block))


def _film(block: Block) -> str:
    """The address of the film or sound it shows; nothing where it shows none."""
    return str(block.rendered.get("url", "")) if block.kind in ("video", "audio") else ""


def _print(block: Block) -> str:
    return spots.print_of(block.rendered.get("body", ""), _film(block))
