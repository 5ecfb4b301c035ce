"""The captions of a film while they are written, and their way into the lesson."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from meanwhile.authoring import lines
from meanwhile.authoring.actions.files import add_file
from meanwhile.authoring.actions.lessons import LONGEST, Changed, Gone, change
from meanwhile.authoring.documents import Document, Part, part_of
from meanwhile.authoring.lines.fields import with_values
from meanwhile.authoring.lines.grammar import visible
from meanwhile.authoring.models import CaptionCopy
from meanwhile.authoring.queries.captions import CaptionWork, caption_work
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.models import Course
from meanwhile.media.actions import keep_blob
from meanwhile.media.captions import captions_of
from meanwhile.media.models import Blob


class NotUnderstood(Exception):
    """The block around the captions is half-written: nothing can be put in it yet."""


def write_captions_copy(
    actor: int, course: Course, lesson: str, part: str, words: str, on: str
) -> CaptionWork:
    """Other words for the captions. `on` is the token of the words these were written on.

    Raises:
        Changed: somebody wrote something else there in the meantime.
        Gone: the film is not there any more.
    """
    words = visible(words)[:LONGEST]
    with writing():
        work = _locked(course, lesson, part)
        if words == work.words:
            return work
        if on != work.token:
            raise Changed(work.words, work.token)
        CaptionCopy.objects.update_or_create(
            course=course,
            lesson=lesson,
            part=part,
            defaults={"words": words, "changed_at": clock.now(), "changed_by_id": actor},
        )
        work.words = words
    return work


def _locked(course: Course, lesson: str, part: str) -> CaptionWork:
    Course.objects.select_for_update().get(pk=course.pk)
    found = lesson_work(course, lesson)
    work = caption_work(found, part, lock=True) if found else None
    if work is None:
        raise Gone(part)
    return work


def keep_captions(words: str, source: str, language: str) -> tuple[Blob, str]:
    """The captions as a file, and what it is called. Before any transaction.

    Raises:
        BrokenCaptions: a player would not show them; with the line.
    """
    text = captions_of(words.encode())
    name = f"{PurePosixPath(source).stem or 'captions'}.{language}.vtt"
    return keep_blob(BytesIO(text.encode()), name), name


def put_captions_in(
    actor: int, course: Course, lesson: str, part: str, blob: Blob, name: str, on: str
) -> str:
    """The captions become a file of the course, and the film's. Where it is.

    Raises:
        Changed: somebody wrote other captions in the meantime.
        Gone: the film is not there any more.
        NotUnderstood: the film's block is half-written as source.
    """
    with writing():
        work = _locked(course, lesson, part)
        if on != work.token:
            raise Changed(work.words, work.token)
        path = add_file(actor, course, blob, name)

        def act(document: Document) -> Document:
            found = document.part(part)
            if found is None:
                raise Gone(part)
            return document.with_part(_with_captions(found, path, work.language))

        change(actor, course, lesson, act)
        CaptionCopy.objects.filter(course=course, lesson=lesson, part=part).delete()
    return path


def _with_captions(part: Part, path: str, language: str) -> Part:
    """The block with these captions; its other words stay, also half-written ones."""
    speaks = part.kind == "video"
    if part.form == lines.FIELD:
        values = {"captions": path}
        read = part.read()
        if speaks and not read.data.get("captions_language"):
            values["captions_language"] = language
        words = with_values(part.kind, part.words, values)
        return Part(part.uid, part.kind, part.form, words, part.held)
    read = part.read()
    if read.problems:
        raise NotUnderstood
    data: dict[str, Any] = {**read.data, "captions": path}
    if speaks:
        data.setdefault("captions_language", language)
    return part_of(part.uid, part.kind, data, read.body)
