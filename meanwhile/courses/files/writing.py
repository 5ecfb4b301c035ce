"""From a course in memory to files: one way to write each thing."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import BinaryIO

from meanwhile.courses.files.blocks import join
from meanwhile.courses.files.shapes import (
    CourseShape,
    LessonShape,
    NotHereShape,
    ObjectiveShape,
    Shape,
    UnitShape,
    plain,
)
from meanwhile.courses.files.yamls import write_yaml
from meanwhile.courses.not_here import still_there
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    NotHere,
    UnitSource,
)


def files_of(source: CourseSource) -> dict[str, FileSource]:
    """The files of a course, by path: what is read first comes first."""
    files = {"course.md": _course(source)}
    for unit in source.units:
        files[f"{unit.uid}/unit.md"] = _unit(unit)
        for lesson in unit.lessons:
            files[f"{unit.uid}/{lesson.uid}.md"] = lesson_text(lesson)
    written = {path: _text_file(path, text) for path, text in files.items()}
    return written | {path: source.files[path] for path in sorted(source.files)}


def _text_file(path: str, text: str) -> FileSource:
    data = text.encode()
    opened: Callable[[], BinaryIO] = partial(BytesIO, data)
    return FileSource(path, len(data), opened)


def _page(shape: Shape, body: str) -> str:
    front = f"---\n{write_yaml(plain(shape))}---\n"
    return f"{front}\n{body}\n" if body else front


def _course(source: CourseSource) -> str:
    shape = CourseShape.model_construct(
        id=source.uid,
        title=source.title,
        summary=source.summary,
        language=source.language,
        licence=source.licence,
        authors=source.authors,
        ages=source.ages,
        hours_per_week=source.hours_per_week,
        objectives=[
            ObjectiveShape.model_construct(id=o.uid, text=o.text, builds_on=o.builds_on)
            for o in source.objectives
        ],
        units=[unit.uid for unit in source.units],
        not_here=_not_here(source.not_here),
    )
    return _page(shape, source.description)


def _unit(unit: UnitSource) -> str:
    lessons = [lesson.uid for lesson in unit.lessons]
    shape = UnitShape.model_construct(
        id=unit.uid,
        title=unit.title,
        summary=unit.summary,
        lessons=lessons,
        not_here=_not_here(unit.not_here),
    )
    return _page(shape, unit.intro)


def lesson_text(lesson: LessonSource) -> str:
    """A lesson as its file."""
    shape = LessonShape.model_construct(
        id=lesson.uid,
        title=lesson.title,
        summary=lesson.summary,
        objectives=lesson.objectives,
        minutes=lesson.minutes,
        draft=lesson.draft,
        not_here=_not_here(lesson.not_here, lesson.blocks),
    )
    return _page(shape, join(lesson.blocks))


def _not_here(items: list[NotHere], blocks: list[BlockSource] | None = None) -> list[NotHereShape]:
    """A block that was taken out takes what was said of it along."""
    return [
        NotHereShape.model_construct(check=each.check, block=each.block, because=each.because)
        for each in still_there(items, blocks or [])
    ]
