"""The notebook as a Markdown file."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from meanwhile.learning.queries.notes import Noted

MARKS = re.compile(r"([\\`*_\[\]<>#])")


def markdown_of(notes: Iterable[Noted]) -> str:
    """Courses and lessons as headings; what was marked as a quotation, then the note as it was
    written."""
    return "\n".join(_lines(notes)).rstrip() + "\n"


def _lines(notes: Iterable[Noted]) -> Iterator[str]:
    yield f"# {_('My notebook')}"
    course = lesson = None
    for noted in notes:
        here = noted.note.block.lesson
        if here.course_id != course:
            yield from ("", f"## {_plain(here.course.title)}")
        if here.pk != lesson:
            yield from ("", f"### {_plain(here.title)}")
        course, lesson = here.course_id, here.pk
        yield from ("", *_note(noted))


def _note(noted: Noted) -> Iterator[str]:
    quoted = noted.note.quote or noted.about
    yield f"> {_plain(quoted)}"
    if noted.says:
        yield f">\n> ({noted.says})"
    if noted.note.words:
        yield from ("", noted.note.words)
    if noted.tags:
        yield from ("", " ".join(f"#{tag}" for tag in noted.tags))


def _plain(text: str) -> str:
    """Words of a course on one line, that no Markdown reader takes for marks."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
