"""What publishing would take over, what it changes and for whom, and what stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from django.utils.translation import gettext as _

from meanwhile.authoring.documents import Lesson, from_plain, lesson_of
from meanwhile.authoring.models import LessonCopy, NewFile
from meanwhile.authoring.outline import Outline
from meanwhile.authoring.queries.films import still_cut
from meanwhile.authoring.queries.work import copy_of, outline_now, published_outline
from meanwhile.courses.files import normal
from meanwhile.courses.models import Course
from meanwhile.courses.queries import source_of
from meanwhile.courses.queries.changes import Change, differences
from meanwhile.courses.queries.offerings import learners_of
from meanwhile.courses.source import (
    CourseSource,
    FileSource,
    LessonSource,
    Refused,
    Remark,
    UnitSource,
)
from meanwhile.media import store


@dataclass
class Choice:
    """A lesson that could be published: its own problems keep only itself back."""

    uid: str
    title: str
    new: bool
    chosen: bool
    ready: bool


@dataclass
class Publishing:
    """What would be published. `token` names exactly this: the deed does that or nothing."""

    course: Course
    choices: list[Choice]
    outline: bool
    outline_changed: bool
    needs_outline: bool
    source: CourseSource | None = None
    changes: list[Change] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    learners: int = 0
    token: str = ""

    @property
    def possible(self) -> bool:
        return self.source is not None and (bool(self.changes) or not self.course.published_at)


def publishing_of(
    course: Course, chosen: Iterable[str] | None = None, *, outline: bool | None = None
) -> Publishing:
    """What would come of publishing these lessons; all that are ready where none are named.

    outline: whether the order, the units and the new lessons go with them; where it is not said,
    they do.
    """
    published = source_of(course)
    base = published_outline(course)
    mine = outline_now(copy_of(course), base)
    edited = _edited(course, mine)
    wanted = {u for u, each in edited.items() if not each.problems}
    wanted = wanted if chosen is None else set(chosen) & set(edited)
    new = wanted - set(base.lessons())
    reordered = _reordered(mine, base, edited)
    # where there is nothing of it to choose the page asks nothing, and both come to the same
    with_outline = bool(new) or (reordered and outline is not False)
    found = Publishing(
        course,
        _choices(edited, base, wanted),
        with_outline,
        reordered,
        bool(new),
        learners=learners_of(course),
    )
    made = _composed(course, published, mine if with_outline else base, edited, wanted)
    found.refused = _still_cut(course, published, made)
    if found.refused:
        return found
    try:
        found.source = normal(made)
    except Refused as refused:
        found.refused = refused.remarks
        return found
    found.changes = differences(found.source, course)
    found.token = _token(course, found.changes, wanted, with_outline, edited)
    return found


def _still_cut(course: Course, published: CourseSource, made: CourseSource) -> list[Remark]:
    """New films that are still whole, of which learners are to see a part only."""
    new = [path for path, file in made.files.items() if file is not published.files.get(path)]
    says = _("It is still being cut. Publish it when that is done, or keep it whole.")
    return [Remark(path, 0, says) for path in still_cut(course, new)]


def written_source(course: Course) -> CourseSource:
    """The course as it is being written, whole: what is published, with every lesson and the outline
    as they are now, also what could not be published yet. Its author's words are always theirs to
    take away."""
    base = published_outline(course)
    mine = outline_now(copy_of(course), base)
    edited = _edited(course, mine)
    return _composed(course, source_of(course), mine, edited, set(edited))


def _edited(course: Course, mine: Outline) -> dict[str, Lesson]:
    """Every lesson of the outline whose words are other than published."""
    rows = LessonCopy.objects.filter(course=course, edited=True)
    there = set(mine.lessons())
    documents = {row.uid: from_plain(row.document) for row in rows if row.uid in there}
    return {uid: lesson_of(uid, document) for uid, document in documents.items()}


def _choices(edited: Mapping[str, Lesson], base: Outline, wanted: set[str]) -> list[Choice]:
    there = set(base.lessons())
    return [
        Choice(uid, each.source.title, uid not in there, uid in wanted, not each.problems)
        for uid, each in edited.items()
    ]


def _reordered(mine: Outline, base: Outline, edited: Mapping[str, Lesson]) -> bool:
    """Whether the outline differs in more than lessons that are not published yet."""
    known = set(base.lessons())
    less = tuple(
        replace(u, lessons=tuple(x for x in u.lessons if x in known or x not in edited))
        for u in mine.units
    )
    return less != base.units


def _composed(
    course: Course,
    published: CourseSource,
    outline: Outline,
    edited: Mapping[str, Lesson],
    wanted: set[str],
) -> CourseSource:
    """The course as it would be: a course's files in memory."""
    there = {lesson.uid: lesson for unit in published.units for lesson in unit.lessons}
    back = {
        row.uid: lesson_of(row.uid, from_plain(row.document)).source
        for row in LessonCopy.objects.filter(course=course)
        if row.uid not in there and row.uid not in edited and row.base
    }
    lessons: dict[str, LessonSource] = {**back, **there}
    for uid in wanted:
        lessons[uid] = edited[uid].source
        if uid in there:  # said on the page of the course check, whatever is being written
            lessons[uid] = replace(lessons[uid], not_here=there[uid].not_here)
    silenced = {unit.uid: unit.not_here for unit in published.units}
    units = [
        UnitSource(
            uid=unit.uid,
            title=unit.title,
            summary=unit.summary,
            intro=unit.intro,
            lessons=[lessons[uid] for uid in unit.lessons if uid in lessons],
            not_here=silenced.get(unit.uid, []),
        )
        for unit in outline.units
    ]
    made = replace(published, units=units)
    made.files = published.files | _new_files(course, made)
    return made


def _new_files(course: Course, made: CourseSource) -> dict[str, FileSource]:
    """The files chosen while writing that something in it points to."""
    rows = NewFile.objects.filter(course=course).select_related("blob")
    words = "\n".join(
        f"{block.body}\n{block.data}"
        for unit in made.units
        for lesson in unit.lessons
        for block in lesson.blocks
    )
    words += made.description + "".join(unit.intro for unit in made.units)
    return {
        row.path: FileSource(
            row.path, row.blob.size, partial(store.open_blob, row.blob), row.blob.sha256
        )
        for row in rows
        if row.path in words
    }


def _token(
    course: Course,
    changes: list[Change],
    wanted: set[str],
    outline: bool,
    edited: Mapping[str, Lesson],
) -> str:
    said = [str(course.edition), *map(str, changes), *sorted(wanted), str(outline)]
    said += [repr(edited[uid].source.blocks) for uid in sorted(wanted)]
    return sha256("\0".join(said).encode()).hexdigest()[:16]
