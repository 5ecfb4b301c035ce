"""A course taken in from files: made, or changed in place by its stable ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from math import ceil
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as say
from django.utils.translation import override

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.markdown import render
from meanwhile.courses.models import Asset, Block, Course, Lesson, Objective, Unit
from meanwhile.courses.not_here import as_rows, still_there
from meanwhile.courses.queries.changes import Change, differences
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.rendering import Shelf, block_fields, shelf_of
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    Refused,
    Remark,
    UnitSource,
)
from meanwhile.media.actions import keep_blob, prepare_films
from meanwhile.media.models import Blob
from meanwhile.media.store import open_blob
from meanwhile.media.types import NotTaken
from meanwhile.people.models import School


class CourseMoved(Exception):
    """Somebody changed the course since it was read."""


@dataclass
class ImportResult:
    """What an import did. `changes` says it in sentences, `remarks` what was left out."""

    course: Course
    made: bool
    changed: bool
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def import_course(
    source: CourseSource,
    school: School,
    *,
    actor: int | None,
    course: Course | None = None,
    publish: bool = False,
) -> ImportResult:
    """Take a course in, whole or not at all. A course of the same id is changed in place; what is
    not in the source any more is taken out, keeps its progress, and comes back when put back.

    Raises:
        Refused: a file cannot be taken in, or the source is another course than `course`.
    """
    if course is not None and course.uid != source.uid:
        says = say("This is the course “%(one)s”, not “%(other)s”.")
        line = Remark("course.md", 0, says % {"one": source.uid, "other": course.uid})
        raise Refused([line])
    blobs = _keep_files(source)
    with writing():
        return _import(source, school, actor, blobs, publish)


def keep_files(source: CourseSource) -> CourseSource:
    """The same source with all its files kept, so that taking it in copies nothing more. For who
    takes it in inside a transaction of their own: a film must not hold up everybody's writes.

    Raises:
        Refused: a file cannot be taken in.
    """
    blobs = _keep_files(source)
    files = {
        path: FileSource(path, blob.size, partial(open_blob, blob), kept=blob.sha256)
        for path, blob in blobs.items()
    }
    return replace(source, files=files)


def _keep_files(source: CourseSource) -> dict[str, Blob]:
    names = {file.kept for file in source.files.values() if file.kept}
    known = {blob.sha256: blob for blob in Blob.objects.filter(sha256__in=names)}
    blobs, wrong = {}, []
    for path, file in source.files.items():
        if file.kept in known:
            blobs[path] = known[file.kept]
            continue
        try:
            with file.open() as stream:
                blobs[path] = keep_blob(stream, path)
        except NotTaken as refused:
            wrong.append(Remark(path, 0, str(refused)))
    if wrong:
        raise Refused(wrong)
    return blobs


def _import(
    source: CourseSource,
    school: School,
    actor: int | None,
    blobs: Mapping[str, Blob],
    publish: bool,
) -> ImportResult:
    rows = Course.objects.select_for_update()
    course = rows.filter(school=school, uid=source.uid).first()
    made = course is None
    changes = [] if course is None else differences(source, course)
    if course is None:
        course = Course.objects.create(school=school, uid=source.uid, title=source.title)
    changed = _Taking(course, source, blobs, clock.now()).run() or made
    if publish and course.published_at is None:
        changed = _set(course, published_at=clock.now())
    if changed:
        edition = course.edition if made else course.edition + 1
        _set(course, edition=edition)
        record(CourseChanged(actor=actor, school=school.pk, course=course.pk, edition=edition))
    return ImportResult(course, made, changed, changes, list(source.remarks))


def rewrite_course(
    actor: int | None, course: Course, before: CourseSource, after: CourseSource
) -> None:
    """Put `after` in the place of `before`, with the files the course has.

    Raises:
        CourseMoved: the course is not as it was in `before`.
    """
    with writing():
        course = Course.objects.select_for_update().get(pk=course.pk)
        if not _same(source_of(course), before):
            raise CourseMoved
        assets = Asset.objects.filter(course=course).select_related("blob")
        blobs = {asset.path: asset.blob for asset in assets}
        if _Taking(course, after, blobs, clock.now()).run():
            _set(course, edition=course.edition + 1)
            record(
                CourseChanged(
                    actor=actor, school=course.school_id, course=course.pk, edition=course.edition
                )
            )


def _same(one: CourseSource, other: CourseSource) -> bool:
    """Every word the same, and under every name the same bytes."""
    kept = [{path: file.kept for path, file in each.files.items()} for each in (one, other)]
    return kept[0] == kept[1] and replace(one, files={}) == replace(other, files={})


def _set(row: Model, **values: Any) -> bool:
    """Save what differs. Whether anything did."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different and row.pk:
        row.save(update_fields=different)
    return bool(different)


def retired(uid: str, kind: str) -> str:
    """The id of a block that made room for one of another kind with the same id."""
    digest = sha256(f"{uid} {kind}".encode()).hexdigest()[:8]
    return f"{uid[:30]}~{kind[:18]}~{digest}"


class _Taking:
    """One course while it is taken in; each step says whether it changed anything."""

    def __init__(
        self, course: Course, source: CourseSource, blobs: Mapping[str, Blob], now: datetime
    ) -> None:
        self.course, self.source, self.blobs, self.now = course, source, blobs, now
        self.objectives: dict[str, Objective] = {}
        self.lessons: dict[str, Lesson] = {}
        self.links: dict[Any, dict[int, list[int]]] = {}
        self.changed = self.other_files = False

    def run(self) -> bool:
        self.take_course()
        self.take_assets()
        self.set(self.course, rendered=self.html(self.source.description))
        self.take_objectives()
        self.take_units()
        Blocks(self).take()
        return self.changed

    def set(self, row: Model, **values: Any) -> None:
        self.changed |= _set(row, **values)

    @cached_property
    def shelf(self) -> Shelf:
        return shelf_of(self.course)

    def html(self, markdown: str) -> str:
        if not markdown:
            return ""
        with override(self.shelf.language):
            return render(markdown, asset_url=self.shelf)

    def take_course(self) -> None:
        source = self.source
        self.set(
            self.course,
            title=source.title,
            summary=source.summary,
            description=source.description,
            language=source.language,
            licence=source.licence,
            authors=list(source.authors),
            ages=source.ages,
            hours_per_week=source.hours_per_week,
            not_here=as_rows(source.not_here),
        )

    def take_assets(self) -> None:
        before = self.changed
        there = {asset.path: asset for asset in Asset.objects.filter(course=self.course)}
        for path, blob in self.blobs.items():
            if path in there:
                self.set(there.pop(path), blob_id=blob.pk)
            else:
                Asset.objects.create(course=self.course, path=path, blob=blob)
                self.changed = True
        for asset in there.values():
            asset.delete()
            self.changed = True
        self.other_files = self.changed != before
        prepare_films(self.blobs.values())

    def take_objectives(self) -> None:
        there = {row.uid: row for row in Objective.objects.filter(course=self.course)}
        for position, each in enumerate(self.source.objectives):
            row = there.pop(each.uid, None)
            if row is None:
                row = Objective.objects.create(course=self.course, uid=each.uid, text=each.text)
                self.changed = True
            self.set(row, text=each.text, position=position, removed_at=None)
            self.objectives[each.uid] = row
        self.take_out(there.values())
        for each in self.source.objectives:
            self.link(self.objectives[each.uid], "builds_on", each.builds_on)

    def link(self, row: Any, name: str, uids: Iterable[str]) -> None:
        """Point a row to these objectives and no others, in this order."""
        wanted = [self.objectives[uid].pk for uid in dict.fromkeys(uids)]
        links = getattr(row, name)
        key = "to_objective" if name == "builds_on" else "objective"
        mine = "from_objective" if name == "builds_on" else links.source_field_name
        if self.linked(links.through, mine, key).get(row.pk, []) != wanted:
            links.through.objects.filter(**{mine: row.pk}).delete()
            links.through.objects.bulk_create(
                [links.through(**{f"{mine}_id": row.pk, f"{key}_id": pk}) for pk in wanted]
            )
            self.changed = True

    def linked(self, through: Any, mine: str, key: str) -> dict[int, list[int]]:
        """What every row of this course of one kind points to, in order: one query a kind."""
        if through not in self.links:
            inside = {"lesson": "lesson__course", "block": "block__lesson__course"}
            of_course = {inside.get(mine, f"{mine}__course"): self.course}
            found = self.links[through] = {}
            rows = through.objects.filter(**of_course).order_by("pk")
            for row, objective in rows.values_list(mine, key):
                found.setdefault(row, []).append(objective)
        return self.links[through]

    def take_out(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if row.removed_at is None:
                self.set(row, removed_at=self.now)

    def take_units(self) -> None:
        units = {row.uid: row for row in Unit.objects.filter(course=self.course)}
        lessons = {row.uid: row for row in Lesson.objects.filter(course=self.course)}
        for position, each in enumerate(self.source.units):
            row = self.take_unit(units.pop(each.uid, None), each, position)
            for place, lesson in enumerate(each.lessons):
                self.take_lesson(lessons.pop(lesson.uid, None), lesson, row, place)
        self.take_out(units.values())
        self.take_out(lessons.values())

    def take_unit(self, row: Unit | None, source: UnitSource, position: int) -> Unit:
        if row is None:
            row = Unit.objects.create(course=self.course, uid=source.uid, title=source.title)
            self.changed = True
        self.set(
            row,
            title=source.title,
            summary=source.summary,
            intro=source.intro,
            rendered=self.html(source.intro),
            position=position,
            not_here=as_rows(source.not_here),
            removed_at=None,
        )
        return row

    def take_lesson(
        self, row: Lesson | None, source: LessonSource, unit: Unit, position: int
    ) -> None:
        if row is None:
            row = Lesson.objects.create(
                course=self.course, unit=unit, uid=source.uid, title=source.title
            )
            self.changed = True
        self.set(
            row,
            unit_id=unit.pk,
            title=source.title,
            summary=source.summary,
            minutes_set=source.minutes,
            draft=source.draft,
            position=position,
            not_here=as_rows(still_there(source.not_here, source.blocks)),
            removed_at=None,
        )
        self.link(row, "objectives", source.objectives)
        self.lessons[source.uid] = row


class Blocks:
    """The blocks of all lessons at once, so that one that moved is found where it was."""

    def __init__(self, taking: _Taking) -> None:
        self.taking = taking
        rows = Block.objects.filter(lesson__course=taking.course).select_related("lesson__unit")
        self.rows = {(row.lesson_id, row.uid): row for row in rows}
        self.lessons_with: dict[str, set[int]] = {}
        for lesson, uid in self.rows:
            self.lessons_with.setdefault(uid, set()).add(lesson)
        self.wanted = {
            (taking.lessons[lesson.uid].pk, block.uid)
            for unit in taking.source.units
            for lesson in unit.lessons
            for block in lesson.blocks
        }
        self.kept: set[int] = set()

    def take(self) -> None:
        for unit in self.taking.source.units:
            for lesson in unit.lessons:
                row = self.taking.lessons[lesson.uid]
                blocks = [self.one(row, each, n) for n, each in enumerate(lesson.blocks)]
                minutes = max(1, ceil(sum(b.minutes for b in blocks if b.instead_of_id is None)))
                self.taking.set(row, minutes=lesson.minutes or minutes)
        lessons = {row.pk for row in self.taking.lessons.values()}
        gone = [r for r in self.rows.values() if r.pk not in self.kept and r.lesson_id in lessons]
        self.taking.take_out(gone)

    def one(self, lesson: Lesson, source: BlockSource, position: int) -> Block:
        row = self.same(lesson, source) or self.moved(source)
        fresh = row is None
        if row is None:
            row = Block(lesson=lesson, uid=source.uid, kind=source.kind)
        columns = {
            "lesson_id": lesson.pk,
            "uid": source.uid,
            "data": source.data,
            "body": source.body,
            "position": position,
            "instead_of_id": self.main(lesson, source),
            "removed_at": None,
        }
        if fresh or self.is_other(row, source):
            columns |= block_fields(
                source.kind, source.data, source.body, source.uid, self.taking.shelf
            )
        self.taking.set(row, **columns)
        if fresh:
            row.save(force_insert=True)
            self.taking.changed = True
        self.kept.add(row.pk)
        self.rows[lesson.pk, source.uid] = row
        self.lessons_with.setdefault(source.uid, set()).add(lesson.pk)
        self.taking.link(row, "objectives", source.data.get("objectives", []))
        return row

    def main(self, lesson: Lesson, source: BlockSource) -> int | None:
        """The block that this is another way of; it stands before it in the file."""
        return self.rows[lesson.pk, source.instead_of].pk if source.instead_of else None

    def is_other(self, row: Block, source: BlockSource) -> bool:
        """Whether what pages show of it has to be worked out anew."""
        same = (row.body, row.data, row.uid) == (source.body, source.data, source.uid)
        return not same or self.taking.other_files

    def same(self, lesson: Lesson, source: BlockSource) -> Block | None:
        """The block of this id in this lesson, also one that was taken out. One of another kind
        makes room, with its answers, and comes back should its kind come back."""
        row = self.rows.get((lesson.pk, source.uid))
        if row is not None and row.kind == source.kind:
            return row
        if row is not None:
            self.taking.set(row, uid=retired(row.uid, row.kind), removed_at=self.taking.now)
            self.rows[lesson.pk, row.uid] = self.rows.pop((lesson.pk, source.uid))
        return self.rows.get((lesson.pk, retired(source.uid, source.kind)))

    def moved(self, source: BlockSource) -> Block | None:
        """The block that had this id in another lesson and is there no more, where it is surely
        the same one."""
        found = [
            row
            for lesson in self.lessons_with.get(source.uid, ())
            if (row := self.rows.get((lesson, source.uid))) is not None
            and row.kind == source.kind
            and row.removed_at is None
            and row.pk not in self.kept
            and (lesson, source.uid) not in self.wanted
            and _surely_same(row, source)
        ]
        if len(found) != 1:
            return None
        del self.rows[found[0].lesson_id, found[0].uid]
        return found[0]


def _surely_same(row: Block, source: BlockSource) -> bool:
    """An id that was given by hand tells; one that was made from the kind needs the same words."""
    made = source.uid.rstrip("0123456789").rstrip("-") == source.kind
    by_hand = source.kind != "text" and not made
    return by_hand or row.body == source.body
