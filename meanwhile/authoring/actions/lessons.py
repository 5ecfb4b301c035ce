"""The words of a lesson while it is written: every write says on which words it was made."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from meanwhile.authoring import lines
from meanwhile.authoring.documents import Document, Part, from_plain, new_part, part_of
from meanwhile.authoring.lines.plain_text import questions_of
from meanwhile.authoring.models import LessonCopy, LessonVersion
from meanwhile.authoring.outline import KEPT
from meanwhile.authoring.queries.lessons import LessonWork, is_edited, lesson_work
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.activity import KINDS
from meanwhile.courses.files.paths import free
from meanwhile.courses.models import Course
from meanwhile.courses.variants import KEYS as VARIANT_KEYS
from meanwhile.courses.variants import NOT_HERE, Way

SITTING = timedelta(minutes=5)
"""Words typed within so long of the last version are still the same version."""
MOST_VERSIONS = 200
LONGEST = 200_000


class Changed(Exception):
    """The words were changed elsewhere since those that this write was made on."""

    def __init__(self, theirs: str, token: str) -> None:
        super().__init__(token)
        self.theirs, self.token = theirs, token


class Gone(Exception):
    """The block or lesson that was meant is not there any more."""


def new_lesson(actor: int, course: Course, uid: str, document: Document) -> LessonCopy:
    return LessonCopy.objects.create(
        course=course,
        uid=uid,
        title=document.title,
        document=document.plain(),
        edited=True,
        changed_at=clock.now(),
        changed_by_id=actor,
    )


def keep_lesson(actor: int, course: Course, uid: str) -> LessonCopy:
    """Make sure that there is a copy of the lesson, so that its words stay when it goes.

    Raises:
        Gone: there is no such lesson.
    """
    work = _locked(course, uid)
    return work.copy or _begun(actor, work)


def _locked(course: Course, uid: str) -> LessonWork:
    Course.objects.select_for_update().get(pk=course.pk)
    work = lesson_work(course, uid, lock=True)
    if work is None:
        raise Gone(uid)
    return work


def _begun(actor: int, work: LessonWork) -> LessonCopy:
    """The copy of a lesson that nobody has changed yet, and its first version."""
    copy = LessonCopy.objects.create(
        course=work.course,
        uid=work.uid,
        title=work.document.title,
        document=work.document.plain(),
        base=work.published,
        changed_at=clock.now(),
        changed_by_id=actor,
    )
    LessonVersion.objects.create(copy=copy, document=work.document.plain(), at=clock.now())
    return copy


def change(
    actor: int, course: Course, uid: str, act: Callable[[Document], Document], says: str = ""
) -> Document:
    """Change a lesson's document and keep how it was, so that it can be restored.

    Raises:
        Gone: there is no such lesson. Whatever `act` raises.
    """
    with writing():
        work = _locked(course, uid)
        after = _swept(act(work.document))
        copy = work.copy or _begun(actor, work)
        if not copy.edited:  # begun anew on what is published now
            copy.base = work.published
        _version(copy, work.document, says, actor)
        copy.document, copy.title = after.plain(), after.title or uid
        copy.edited = is_edited(work, after)
        copy.changed_at, copy.changed_by_id = clock.now(), actor
        copy.save()
    return after


def _swept(document: Document) -> Document:
    """Without what was taken out longer ago than it is kept."""
    since = (clock.now() - KEPT).isoformat()
    return replace(document, gone=tuple(each for each in document.gone if each.at >= since))


def _version(copy: LessonCopy, before: Document, says: str, actor: int) -> None:
    """How it was before this write: once a sitting, and before every larger step."""
    last = LessonVersion.objects.filter(copy=copy).first()
    recent = last is not None and clock.now() - last.at < SITTING and last.by_id == actor
    plain = before.plain()
    if (recent and not says) or (last is not None and last.document == plain):
        return
    LessonVersion.objects.create(copy=copy, document=plain, says=says, by_id=actor, at=clock.now())
    old = LessonVersion.objects.filter(copy=copy).values_list("pk", flat=True)[MOST_VERSIONS:]
    LessonVersion.objects.filter(pk__in=list(old)).delete()


# --- the words of one block -----------------------------------------------------------------


def write_part(actor: int, course: Course, lesson: str, uid: str, words: str, on: str) -> Part:
    """Other words for a block. `on` is the token of the words these were written on.

    Raises:
        Changed: somebody wrote something else there in the meantime.
        Gone: the block is not there any more.
    """

    def act(document: Document) -> Document:
        part = document.part(uid)
        if part is None:
            raise Gone(uid)
        new = rewritten(part, words)
        if new.token != part.token and on != part.token:
            raise Changed(part.words, part.token)
        return document.with_part(new)

    found = change(actor, course, lesson, act).part(uid)
    assert found is not None
    return found


def rewritten(part: Part, words: str) -> Part:
    """The block with other words; what these do not show stays with it."""
    words = lines.tidy_words(part.kind, part.form, words[:LONGEST])
    read = lines.read(part.kind, part.form, words, part.held)
    held: dict[str, Any] = part.held if read.problems and not read.held else read.held
    return replace(part, words=words, held=held)


def write_front(
    actor: int, course: Course, lesson: str, front: dict[str, Any], on: str
) -> Document:
    """Other words above the blocks: title, summary, objectives, minutes, draft.

    Raises:
        Changed: somebody wrote something else there in the meantime.
    """

    def act(document: Document) -> Document:
        after = replace(document, **front)
        if after.token != document.token and on != document.token:
            raise Changed(front_words(document), document.token)
        return after

    return change(actor, course, lesson, act)


def front_words(document: Document) -> str:
    """What stands above the blocks, as `keep-words` writes it back into the fields."""
    values: dict[str, Any] = {
        "title": document.title,
        "summary": document.summary,
        "objectives": list(document.objectives),
        "minutes": str(document.minutes or ""),
        "draft": ["on"] if document.draft else [],
    }
    return json.dumps(values, ensure_ascii=False)


def rename(actor: int, course: Course, lesson: str, title: str) -> None:
    change(actor, course, lesson, lambda document: replace(document, title=title))


# --- the order of the blocks ----------------------------------------------------------------


def add_part(
    actor: int, course: Course, lesson: str, kind: str, after: str, words: str = ""
) -> str:
    """A new block behind another, first where `after` is empty. Its id."""
    made: list[Part] = []

    def act(document: Document) -> Document:
        made.append(new_part(kind, document.uids(), words))
        return document.with_new(made[0], after)

    change(actor, course, lesson, act)
    return made[0].uid


def add_questions(actor: int, course: Course, lesson: str, text: str, after: str) -> list[str]:
    """Every question of a plain text, one after the other, behind a block. Their ids."""
    made: list[Part] = []

    def act(document: Document) -> Document:
        behind = after
        for each in questions_of(text[:LONGEST]):
            made.append(new_part(each.kind, document.uids(), each.words))
            document = document.with_new(made[-1], behind)
            behind = made[-1].uid
        return document

    change(actor, course, lesson, act, _("Questions from plain text"))
    return [part.uid for part in made]


def copy_part(actor: int, course: Course, lesson: str, uid: str) -> str:
    """The block once more, right behind it, with ids of its own. Its id."""
    made: list[Part] = []

    def act(document: Document) -> Document:
        part = document.part(uid)
        if part is None:
            raise Gone(uid)
        behind = uid
        for each in document.family(uid):
            fresh = free(each.kind, document.uids())
            made.append(_belonging(each, fresh, made[0].uid if made else ""))
            document = document.with_new(made[-1], behind)
            behind = fresh
        return document

    change(actor, course, lesson, act)
    return made[0].uid


def _belonging(part: Part, uid: str, main: str) -> Part:
    """The same words under another id, and belonging to another block; to none where `main` is
    empty: a copy of another way is a block of its own."""
    data = dict(part.held.get("data", {}))
    if main:
        data["instead_of"] = main
    else:
        data = {key: value for key, value in data.items() if key not in VARIANT_KEYS}
    held = part.held if data == part.held.get("data", {}) else part.held | {"data": data}
    return replace(part, uid=uid, held=held)


def add_way(
    actor: int, course: Course, lesson: str, uid: str, kind: str, way: str, language: str
) -> str:
    """Another way to meet a block, behind those there are. Of the same kind it begins with the
    words there are, to be said again. Its id.

    Raises:
        Gone: the block is not there any more.
    """
    made: list[Part] = []

    def act(document: Document) -> Document:
        main = document.part(document.main_of(uid))
        if main is None:
            raise Gone(uid)
        made.append(_another_way(main, document.uids(), kind, way, language))
        return document.with_new(made[0], document.family(main.uid)[-1].uid)

    change(actor, course, lesson, act)
    return made[0].uid


def _another_way(main: Part, taken: Iterable[str], kind: str, way: str, language: str) -> Part:
    name = free(f"{main.uid[:44]}-{(language or way).lower()}", taken)
    keys = {"instead_of": main.uid, "way": way} | ({"language": language} if language else {})
    read = main.read()
    if kind != main.kind or read.problems or way == Way.FURTHER:
        part = replace(new_part(kind, taken), uid=name)
        return replace(part, held=part.held | {"data": part.held.get("data", {}) | keys})
    data = {key: value for key, value in read.data.items() if key not in NOT_HERE}
    return part_of(name, kind, data | keys, read.body)


def move_part(actor: int, course: Course, lesson: str, uid: str, after: str) -> None:
    change(actor, course, lesson, lambda document: document.moved(uid, after))


def step_part(actor: int, course: Course, lesson: str, uid: str, by: int) -> None:
    """One place up (-1) or down (1)."""

    def act(document: Document) -> Document:
        part = document.part(uid)
        if part is None:
            return document
        mates = [each.uid for each in document.parts if each.instead_of == part.instead_of]
        to = mates.index(uid) + by
        if not 0 <= to < len(mates):
            return document
        first = part.instead_of  # another way stands behind its block; a block may be the first
        return document.moved(uid, mates[to] if by > 0 else mates[to - 1] if to else first)

    change(actor, course, lesson, act)


def remove_part(actor: int, course: Course, lesson: str, uid: str) -> None:
    def act(document: Document) -> Document:
        return document.without(uid, clock.now()) if document.part(uid) else document

    change(actor, course, lesson, act)


def bring_part_back(actor: int, course: Course, lesson: str, uid: str) -> None:
    """Raises:
    Gone: it is not kept any more.
    """

    def act(document: Document) -> Document:
        if all(each.part.uid != uid for each in document.gone):
            raise Gone(uid)
        return document.brought_back(uid)

    change(actor, course, lesson, act)


def settle_part(
    actor: int, course: Course, lesson: str, uid: str, settings: dict[str, Any]
) -> None:
    """What a block's words do not show: its objectives, its minutes, whether options are mixed.
    Of `settings` what is empty is left out, as in a file.

    Raises:
        Gone: the block is not there any more.
    """

    def act(document: Document) -> Document:
        part = document.part(uid)
        if part is None:
            raise Gone(uid)
        known = set(KINDS[part.kind].Data.model_fields)
        if part.instead_of:  # what it counts for stands at its block
            known -= {*NOT_HERE, *VARIANT_KEYS}
        data = {k: v for k, v in part.held.get("data", {}).items() if k not in settings}
        data |= {name: value for name, value in settings.items() if value and name in known}
        return document.with_part(replace(part, held=part.held | {"data": data}))

    change(actor, course, lesson, act)


def turn_part(actor: int, course: Course, lesson: str, uid: str, form: str) -> None:
    """Write a block in another of its forms; only what can be understood is turned.

    Raises:
        Gone: the block is not there any more.
    """

    def act(document: Document) -> Document:
        part = document.part(uid)
        if part is None:
            raise Gone(uid)
        read = part.read()
        if read.problems or form not in lines.forms_of(part.kind):
            return document
        if form == lines.SOURCE:
            written = lines.write_as(form, part.kind, read.data, read.body)
            new = Part(uid, part.kind, written.form, written.words, written.held)
            return document.with_part(new)
        return document.with_part(part_of(uid, part.kind, read.data, read.body))

    change(actor, course, lesson, act)


# --- versions -------------------------------------------------------------------------------


def restore(actor: int, course: Course, lesson: str, version: int, says: str) -> None:
    """The lesson as it was in an earlier version; how it is now becomes a version too.

    Raises:
        Gone: there is no such version of this lesson.
    """
    row = LessonVersion.objects.filter(pk=version, copy__course=course, copy__uid=lesson).first()
    if row is None:
        raise Gone(str(version))
    before = from_plain(row.document)
    change(actor, course, lesson, lambda _document: before, says)
