"""From files to a course in memory: everything that is wrong is said at once."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as say
from pydantic import BaseModel

from meanwhile.courses import not_here
from meanwhile.courses.files import references
from meanwhile.courses.files.blocks import split
from meanwhile.courses.files.listing import Listing, text_of
from meanwhile.courses.files.paths import is_uid
from meanwhile.courses.files.shapes import CourseShape, LessonShape, NotHereShape, UnitShape, shaped
from meanwhile.courses.files.yamls import BadYaml, Read, read_yaml
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    NotHere,
    ObjectiveSource,
    Refused,
    Remark,
    UnitSource,
)
from meanwhile.media import pictures, types
from meanwhile.media.svg import svg_problems

COURSE, UNIT, MEDIA = "course.md", "unit.md", "media/"
S = TypeVar("S", bound=BaseModel)


@dataclass
class _Reader:
    """One course while it is read."""

    files: dict[str, FileSource]
    wrong: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    lessons: dict[str, str] = field(default_factory=dict)  # id -> path

    def front(self, path: str, shape: type[S]) -> tuple[S | None, str, Read]:
        """The front matter of a file as its type, and the text below it."""
        self.read.add(path)
        try:
            text = text_of(self.files[path])
            yaml, body, first = _divided(text, path)
            read = read_yaml(yaml, 2)
        except Refused as refused:
            self.wrong += refused.remarks
            return None, "", Read()
        except BadYaml as error:
            self.wrong.append(Remark(path, error.line, error.says))
            return None, "", Read()
        self.lines[path] = first
        found = shaped(shape, read, path)
        if isinstance(found, list):
            self.wrong += found
            return None, body, read
        return found, body, read

    def bad(self, path: str, line: int, says: str) -> None:
        self.wrong.append(Remark(path, line, says))

    def not_here(
        self, path: str, shapes: list[NotHereShape], read: Read, blocks: Iterable[BlockSource] = ()
    ) -> list[NotHere]:
        """What its author does not want the course check to say."""
        items = [NotHere(each.check, each.because, each.block) for each in shapes]
        there = {block.uid for block in blocks}
        self.wrong += not_here.problems(items, read.lines, path, there)
        return items


def is_course(listing: Listing) -> bool:
    return COURSE in listing.files


def read_files(listing: Listing) -> CourseSource:
    """A course from its files.

    Raises:
        Refused: with everything that is wrong, each with file, line and what was expected.
    """
    reader = _Reader(listing.files, wrong=list(listing.odd))
    if COURSE not in listing.files:
        raise Refused([Remark(COURSE, 0, say("There is no course.md here; every course has one."))])
    source = _course(reader)
    if source is not None:
        _pictures(reader)
        wrong, used = references.check(source, reader.lines)
        reader.wrong += wrong
        _left_over(reader, used)
        source.remarks = reader.remarks
    if reader.wrong or source is None:
        raise Refused(_in_order(reader.wrong))
    return source


def _in_order(wrong: Iterable[Remark]) -> list[Remark]:
    return sorted(
        dict.fromkeys(wrong), key=lambda each: (each.path != COURSE, each.path, each.line)
    )


def _divided(text: str, path: str) -> tuple[str, str, int]:
    """The front matter, the text below it, and the line the text begins on."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Refused([Remark(path, 1, say("A file begins with “---” and its keys."))])
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise Refused([Remark(path, 1, say("The keys at the top are never closed with “---”."))])


def _course(reader: _Reader) -> CourseSource | None:
    shape, body, read = reader.front(COURSE, CourseShape)
    names = shape.units if shape else _names(read, "units")
    units = [unit for n, name in enumerate(names) if (unit := _unit(reader, name, n, read))]
    if shape is None:
        return None
    for n, objective in enumerate(shape.objectives):
        reader.lines[f"objective {objective.id}"] = read.lines.get(f"objectives.{n}", 1)
    _twice(reader, COURSE, read, "objectives", [each.id for each in shape.objectives])
    _twice(reader, COURSE, read, "units", names)
    if not names:
        reader.bad(COURSE, read.lines.get("units", 1), say("A course has at least one unit."))
    return CourseSource(
        uid=shape.id,
        title=shape.title,
        summary=shape.summary,
        description=_trimmed(body),
        language=shape.language,
        licence=shape.licence,
        authors=list(shape.authors),
        ages=shape.ages,
        hours_per_week=shape.hours_per_week,
        objectives=[ObjectiveSource(o.id, o.text, list(o.builds_on)) for o in shape.objectives],
        units=units,
        files={p: file for p, file in reader.files.items() if p.startswith(MEDIA)},
        not_here=reader.not_here(COURSE, shape.not_here, read),
        lines=read.lines,
    )


def _names(read: Read, key: str) -> list[str]:
    """The list under a key as far as it can be read, so that what is below it is checked too."""
    found = read.value.get(key) if isinstance(read.value, dict) else None
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _trimmed(body: str) -> str:
    """Without empty lines before and after; what the first line is indented by stays."""
    lines = body.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _twice(reader: _Reader, path: str, read: Read, key: str, names: list[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            says = say("“%(name)s” is in the list twice.") % {"name": name}
            reader.bad(path, read.lines.get(f"{key}.{n}", 1), says)


def _close(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), 1)
    return say(" Did you mean “%(close)s”?") % {"close": found[0]} if found else ""


def _unit(reader: _Reader, name: str, at: int, course: Read) -> UnitSource | None:
    path, line = f"{name}/{UNIT}", course.lines.get(f"units.{at}", 1)
    if not is_uid(name) or name == "media":
        reader.bad(
            COURSE,
            line,
            say(
                "“%(name)s” cannot be the folder of a unit: it is lower-case letters, digits and hyphens, and not “media”."
            )
            % {"name": name},
        )
        return None
    if path in reader.read:
        return None
    if path not in reader.files:
        folders = {p.split("/")[0] for p in reader.files if p.endswith(f"/{UNIT}")}
        says = say("There is no file “%(path)s”.") % {"path": path} + _close(name, folders)
        reader.bad(COURSE, line, says)
        return None
    shape, body, read = reader.front(path, UnitShape)
    names = shape.lessons if shape else _names(read, "lessons")
    lessons = [
        each for n, less in enumerate(names) if (each := _lesson(reader, name, less, n, read))
    ]
    if shape is None:
        return None
    if shape.id != name:
        says = say("The id of a unit is the name of its folder, here “%(name)s”.") % {"name": name}
        reader.bad(path, read.lines.get("id", 1), says)
    _twice(reader, path, read, "lessons", names)
    return UnitSource(
        uid=shape.id,
        title=shape.title,
        summary=shape.summary,
        intro=_trimmed(body),
        lessons=lessons,
        path=path,
        not_here=reader.not_here(path, shape.not_here, read),
        lines=read.lines,
    )


def _lesson(reader: _Reader, unit: str, name: str, at: int, read_unit: Read) -> LessonSource | None:
    where, line = f"{unit}/{UNIT}", read_unit.lines.get(f"lessons.{at}", 1)
    path = f"{unit}/{name}.md"
    if not is_uid(name) or name == "unit":
        reader.bad(
            where,
            line,
            say(
                "“%(name)s” cannot be the name of a lesson: it is lower-case letters, digits and hyphens, without “.md”, and not “unit”."
            )
            % {"name": name},
        )
        return None
    if path in reader.read:
        return None
    if path not in reader.files:
        there = {
            p.split("/")[1][:-3]
            for p in reader.files
            if p.startswith(f"{unit}/") and p.endswith(".md")
        }
        says = say("There is no file “%(path)s”.") % {"path": path} + _close(name, there - {"unit"})
        reader.bad(where, line, says)
        return None
    shape, body, read = reader.front(path, LessonShape)
    blocks, wrong = split(body, path, reader.lines.get(path, 1))
    reader.wrong += wrong
    if shape is None:
        return None
    reader.lines[f"{path} objectives"] = read.lines.get("objectives", 1)
    _lesson_id(reader, path, name, shape.id, read)
    return LessonSource(
        uid=shape.id,
        title=shape.title,
        summary=shape.summary,
        objectives=list(shape.objectives),
        minutes=shape.minutes,
        draft=shape.draft,
        blocks=blocks,
        path=path,
        not_here=reader.not_here(path, shape.not_here, read, blocks),
        lines=read.lines,
    )


def _lesson_id(reader: _Reader, path: str, name: str, uid: str, read: Read) -> None:
    if uid != name:
        says = say("The id of a lesson is the name of its file, here “%(name)s”.") % {"name": name}
        reader.bad(path, read.lines.get("id", 1), says)
    other = reader.lessons.setdefault(uid, path)
    if other != path:
        says = say("The lesson “%(id)s” is also in “%(path)s”; ids are used once in a course.")
        reader.bad(path, read.lines.get("id", 1), says % {"id": uid, "path": other})


def _pictures(reader: _Reader) -> None:
    """Every file in media/ is what its name says, and drawings only draw."""
    for path, file in reader.files.items():
        if not path.startswith(MEDIA) or file.kept:
            continue
        try:
            check_media(file)
        except types.NotTaken as refused:
            reader.bad(path, 0, str(refused))


def check_media(file: FileSource) -> None:
    """Look at the first bytes of a file, and at the whole of a drawing.

    Raises:
        NotTaken: lessons do not use such files, or it is not what its name says.
    """
    with file.open() as stream:
        kind = types.type_of(stream.read(types.HEAD), file.path)
    if kind.startswith("image/"):
        with file.open() as stream:
            _check_picture(stream.read(pictures.LARGEST + 1), kind, file.path)


def _check_picture(data: bytes, kind: str, path: str) -> None:
    if len(data) > pictures.LARGEST:
        raise types.NotTaken(say("This picture is larger than 50 MB. Make it smaller."))
    if kind != types.SVG:
        pictures.size_of(data, path)
    elif problems := svg_problems(data):
        raise types.NotTaken(say("This drawing is refused: %(why)s.") % {"why": problems[0]})


def _left_over(reader: _Reader, used: set[str]) -> None:
    """Files that are there, but that nothing points to."""
    for path in reader.files:
        if path in reader.read or path in used:
            continue
        if path.startswith(MEDIA):
            says = say("No lesson shows or hands out this file. It is kept.")
        elif path.endswith(".md") and path.count("/") == 1:
            says = say("It is in no list of lessons or units. It is left out.")
        else:
            says = say("It is not part of a course. It is left out.")
        reader.remarks.append(Remark(path, 0, says))
