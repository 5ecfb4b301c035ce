"""What of the notebooks their writers can find."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial

from meanwhile.core.rules import visible
from meanwhile.learning.models import LessonNote
from meanwhile.learning.queries.notes import Noted, full, shown
from meanwhile.people.who import Who
from meanwhile.search.sources import Cut, Item


def writers() -> list[int]:
    """Keys of those who have a notebook."""
    rows = LessonNote.objects.filter(removed_at=None)
    return list(rows.order_by().values_list("person", flat=True).distinct())


def note_items(person: int) -> Iterator[Item]:
    """The notes of somebody. One query."""
    rows = LessonNote.objects.filter(person=person, removed_at=None)
    for note in rows.select_related("block__lesson__course").order_by("pk"):
        lesson = note.block.lesson
        words = " ".join(filter(None, [note.words, note.tags.strip(), note.quote]))
        seen = json.dumps([lesson.title, lesson.course.language, words])
        yield Item(
            f"note:{note.pk}",
            note.pk,
            hashlib.sha256(seen.encode()).hexdigest(),
            lesson.course.language,
            partial(list, [Cut(words, lesson.title, "note")]),
        )


def notes_by_key(who: Who, keys: Sequence[int]) -> dict[int, Noted]:
    """One's own notes of these keys, with where they open. Two queries."""
    rows = full(visible(who, LessonNote).filter(pk__in=keys))
    return {noted.note.pk: noted for noted in shown(who, rows)}
