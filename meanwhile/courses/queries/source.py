"""A course in the database as a course in memory: what an export writes."""

from functools import partial

from meanwhile.courses.activity import data_of
from meanwhile.courses.files.shapes import plain
from meanwhile.courses.models import Asset, Block, Course, Lesson, Objective, Unit
from meanwhile.courses.not_here import from_rows
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    ObjectiveSource,
    UnitSource,
)
from meanwhile.media import store
from meanwhile.people.models import School


def school_named(slug: str) -> School | None:
    """The school of that short name; without a name, the only school there is."""
    found = list(School.objects.filter(slug=slug) if slug else School.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def school_names() -> list[str]:
    return list(School.objects.order_by("slug").values_list("slug", flat=True))


def course_named(school: School | None, uid: str) -> Course | None:
    """The course of that id; without a school, where only one school has it."""
    rows = Course.objects.filter(uid=uid, **({"school": school} if school else {}))
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def source_of(course: Course) -> CourseSource:
    """What is in the course now, drafts too, in seven queries however large it is."""
    return CourseSource(
        uid=course.uid,
        title=course.title,
        summary=course.summary,
        description=course.description,
        language=course.language,
        licence=course.licence,
        authors=list(course.authors),
        ages=course.ages,
        hours_per_week=course.hours_per_week,
        objectives=_objectives(course),
        units=_units(course),
        files=_files(course),
        not_here=from_rows(course.not_here),
    )


def _objectives(course: Course) -> list[ObjectiveSource]:
    rows = list(Objective.objects.live().filter(course=course).order_by("position"))
    uids = {row.pk: row.uid for row in rows}
    builds: dict[int, list[str]] = {row.pk: [] for row in rows}
    links = Objective.builds_on.through.objects.filter(from_objective__course=course)
    for above, below in links.order_by("pk").values_list("from_objective", "to_objective"):
        if above in builds and below in uids:
            builds[above].append(uids[below])
    return [ObjectiveSource(row.uid, row.text, builds[row.pk]) for row in rows]


def _units(course: Course) -> list[UnitSource]:
    units = {
        row.pk: UnitSource(
            uid=row.uid,
            title=row.title,
            summary=row.summary,
            intro=row.intro,
            path=f"{row.uid}/unit.md",
            not_here=from_rows(row.not_here),
        )
        for row in Unit.objects.live().filter(course=course).order_by("position")
    }
    lessons = {}
    for row in Lesson.objects.live().filter(course=course).order_by("position", "pk"):
        lessons[row.pk] = lesson = _lesson(row, units[row.unit_id].uid)
        units[row.unit_id].lessons.append(lesson)
    aims = Lesson.objectives.through.objects.filter(
        lesson__in=lessons, objective__removed_at=None
    ).order_by("pk")
    for lesson_id, uid in aims.values_list("lesson", "objective__uid"):
        lessons[lesson_id].objectives.append(uid)
    for block in Block.objects.live().filter(lesson__course=course).order_by("position", "pk"):
        lessons[block.lesson_id].blocks.append(_block(block))
    return list(units.values())


def _block(row: Block) -> BlockSource:
    return BlockSource(row.kind, row.uid, plain(data_of(row.kind, row.data)), row.body)


def _lesson(row: Lesson, unit: str) -> LessonSource:
    return LessonSource(
        uid=row.uid,
        title=row.title,
        summary=row.summary,
        minutes=row.minutes_set,
        draft=row.draft,
        path=f"{unit}/{row.uid}.md",
        not_here=from_rows(row.not_here),
    )


def _files(course: Course) -> dict[str, FileSource]:
    assets = Asset.objects.filter(course=course).select_related("blob").order_by("path")
    return {
        asset.path: FileSource(
            asset.path, asset.blob.size, partial(store.open_blob, asset.blob), asset.blob.sha256
        )
        for asset in assets
    }


def lesson_source_of(lesson: Lesson) -> LessonSource:
    """One lesson as its file holds it, also one that was taken out. Two queries; its unit's id
    is asked for where it is not loaded."""
    source = _lesson(lesson, lesson.unit.uid)
    aims = Lesson.objectives.through.objects.filter(
        lesson=lesson, objective__removed_at=None
    ).order_by("pk")
    source.objectives = list(aims.values_list("objective__uid", flat=True))
    blocks = Block.objects.filter(lesson=lesson, removed_at=None).order_by("position", "pk")
    source.blocks = [_block(each) for each in blocks]
    return source
