"""What the page of a lesson being written shows: each block as learners will see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.translation import gettext as say

from meanwhile.authoring import lines
from meanwhile.authoring.documents import Document, Part, lesson_of
from meanwhile.authoring.lines import Problem
from meanwhile.authoring.lines.fields import FIELDS, REQUIRED, values_of
from meanwhile.authoring.lines.legend import Mark, legend_of
from meanwhile.authoring.models import NewFile
from meanwhile.authoring.queries.lessons import LessonWork
from meanwhile.authoring.queries.work import Work
from meanwhile.courses.activity import KINDS, AnswerData, Kind, data_of
from meanwhile.courses.files import references
from meanwhile.courses.models import Block, Course, Objective
from meanwhile.courses.queries.films import Played, played
from meanwhile.courses.rendering import Shelf, rendered_of, shelf_of
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    ObjectiveSource,
    UnitSource,
)
from meanwhile.courses.variants import Way, name_of_language, words_for
from meanwhile.media.store import open_blob


@dataclass(frozen=True)
class Field:
    """One field of a film, a sound or a file. widget: select (a file of the course), area, line."""

    name: str
    id: str
    label: str
    value: str
    widget: str
    required: bool
    options: list[str] = field(default_factory=list)
    accept: str = ""
    hint: str = ""


@dataclass
class Shown:
    """One block on the page. `open`: its words stand in a box. `aside`: what learners see only
    after an answer, each with what it is."""

    part: Part
    kind: Kind[Any]
    rendered: dict[str, str] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    response: dict[str, Any] | None = None
    verdict: Any = None
    aside: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    open: bool = False
    fresh: bool = False
    number: int = 0
    first: bool = False
    last: bool = False
    theirs: str = ""
    typed: str | None = None
    key: str = ""
    prefix: str = ""
    fields: list["Field"] = field(default_factory=list)
    plays: str = ""
    film: Played | None = None

    ends: bool = True
    """Whether something else may stand behind it: none of the ways to meet one block follows."""
    ways_left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return self.part.uid

    @property
    def plays_here(self) -> bool:
        """Whether it is a film or a sound, which can be made in the browser."""
        return self.part.kind in ("video", "audio")

    @property
    def way(self) -> str:
        """The way it is of another block, in words; "" for a block of its own."""
        if not self.part.instead_of:
            return ""
        return words_for(str(self.held.get("way", "")), str(self.held.get("language", "")))

    @property
    def language(self) -> str:
        """Its own, where it is not that of the course."""
        return str(self.held.get("language", ""))

    @property
    def kinds(self) -> list[Kind[Any]]:
        """The kinds that another way to meet it may be of."""
        return kinds_for(self.part.kind)

    @property
    def template(self) -> str:
        return f"{self.kind.name}/learn.html"

    @property
    def words(self) -> str:
        """What stands in the box: what was typed last, where it was not taken in."""
        return self.part.words if self.typed is None else self.typed

    @property
    def empty(self) -> bool:
        return not self.rendered.get("body") and not self.view and not self.problems

    @property
    def legend(self) -> list[Mark]:
        return legend_of(self.kind.name) if self.part.form == lines.LINES else []

    @property
    def other_form(self) -> str:
        """The other way to write this block, where there is one."""
        forms = [form for form in lines.forms_of(self.part.kind) if form != self.part.form]
        return forms[0] if forms else ""

    @property
    def settles(self) -> bool:
        """Whether it has settings that its words do not show."""
        return self.part.form in (lines.LINES, lines.FIELD)

    @property
    def held(self) -> dict[str, Any]:
        return dict(self.part.held.get("data", {}))

    @property
    def shuffles(self) -> bool:
        return "shuffle" in self.kind.Data.model_fields

    @property
    def rows(self) -> int:
        return min(30, max(5, len(self.words) // 70 + self.words.count("\n") + 2))


def films_on(shelf: Shelf, paths: Iterable[str]) -> dict[str, Played]:
    """What there is of those files of a shelf that are films or sounds. Two queries, or none."""
    return played({path: shelf.blobs[path] for path in paths if path in shelf.blobs}, shelf.url)


def shelf_with_new(course: Course) -> Shelf:
    """The files of the course, and those that were chosen while writing. Two queries."""
    shelf = shelf_of(course)
    new = NewFile.objects.filter(course=course).select_related("blob")
    fresh = {row.path: row.blob for row in new}
    published = shelf.address

    def address(path: str) -> str:
        if path in fresh:
            return reverse("authoring:file", args=[course.pk, path])
        return published(path)

    return Shelf(address, {**shelf.blobs, **fresh}, course.language)


def shown(part: Part, shelf: Shelf) -> Shown:
    """One block as learners will see it, with the right answer chosen."""
    kind = KINDS[part.kind]
    found, read = Shown(part, kind, prefix=f"{part.uid}-"), part.read()
    found.problems = list(read.problems)
    if read.problems:
        text = rendered_of(lines.TEXT, {}, read.body, part.uid, shelf)
        found.rendered = {"body": text["body"]}
        return found
    if not read.body and not read.data:
        return found
    data = data_of(part.kind, read.data)
    found.rendered = rendered_of(part.kind, read.data, read.body, part.uid, shelf)
    found.view = kind.view(data, found.rendered, "editor")
    found.plays = kind.plays(data)
    if kind.answers:
        found.response = kind.right(data)
        found.verdict = kind.score(data, found.response)
        found.aside = _aside(kind, data, found.rendered)
    return found


def _aside(kind: Kind[Any], data: Any, rendered: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is not on the page before an answer: replies, hints, why."""
    assert isinstance(data, AnswerData)
    found = []
    for key in kind.texts(data):
        word, _, name = key.partition(".")
        if word not in kind.seen:
            found.append((_called(word, name), rendered.get(key, "")))
    return found


def _called(word: str, name: str) -> str:
    if word == "hint":
        return say("Hint %(n)d") % {"n": int(name) + 1}
    if word == "why":
        return say("Why")
    return say("Reply") if not name or name.isdecimal() else say("Reply to “%(id)s”") % {"id": name}


@dataclass
class Editor:
    """The page of a lesson being written."""

    course: Course
    work: Work
    lesson: LessonWork
    parts: list[Shown]
    remarks: dict[str, list[str]]
    objectives: list[tuple[str, str]]

    @property
    def document(self) -> Document:
        return self.lesson.document

    @property
    def general(self) -> list[str]:
        """What stands in the way and is about no one block."""
        return self.remarks.get("", [])

    @property
    def in_the_way(self) -> int:
        return sum(len(each) for each in self.remarks.values())

    def part(self, uid: str) -> Shown | None:
        return next((each for each in self.parts if each.uid == uid), None)


def editor_of(lesson: LessonWork, work: Work) -> Editor:
    """Everything on the page. Four queries more, however long the lesson, and two with films."""
    course = lesson.course
    shelf = shelf_with_new(course)
    parts = [shown(part, shelf) for part in lesson.document.parts]
    films = films_on(shelf, (each.plays for each in parts))
    files = _files(shelf)
    asking = ", ".join(each.uid for each in parts if each.kind.answers)
    for number, each in enumerate(parts, 1):
        each.number = number
        each.key = f"words:{lesson.key}:{each.uid}"
        each.fields = fields_of(each, files, asking)
        each.film = films.get(each.plays)
    _in_families(parts)
    rows = Objective.objects.live().filter(course=course).order_by("position")
    objectives = list(rows.values_list("uid", "text"))
    remarks = remarks_of(lesson, work, objectives, shelf)
    for each in parts:
        each.says = remarks.get(each.uid, [])
    return Editor(course, work, lesson, parts, remarks, objectives)


AREAS = ("transcript", "chapters", "questions", "body")


def _in_families(parts: list[Shown]) -> None:
    """Which can go up and down, where something may be put in, and the ways each block lacks."""
    mates: dict[str, list[Shown]] = {}
    for each, following in zip_longest(parts, parts[1:]):
        mates.setdefault(each.part.instead_of, []).append(each)
        each.ends = following is None or not following.part.instead_of
    for found in mates.values():
        found[0].first = found[-1].last = True
    for each in mates.get("", ()):
        if each.kind.handed_in:
            continue
        taken = {str(way.held.get("way")) for way in mates.get(each.uid, ())} - {Way.LANGUAGE}
        each.ways_left = [(w.value, str(w.label)) for w in Way if w not in taken]


ACCEPTS = {
    "video": ".mp4,.webm,.m4v",
    "audio": ".mp3,.m4a,.ogg,.wav,.webm",
    "image": "image/*",
    "vtt": ".vtt,.srt",
    "all": "",
}


def fields_of(each: Shown, files: Mapping[str, list[str]], asking: str = "") -> list[Field]:
    """The fields of a block that is made of some, with what was typed so far. `asking`: the ids of
    the questions of its lesson, for those that a film may stop for."""
    if each.part.form != lines.FIELD:
        return []
    values = values_of(each.part.kind, each.words)
    return [_field(each.part, name, values[name], files, asking) for name in FIELDS[each.part.kind]]


def _field(part: Part, name: str, value: str, files: Mapping[str, list[str]], asking: str) -> Field:
    label, hint = field_words(name, asking)
    group = {"src": part.kind, "captions": "vtt", "poster": "image"}.get(name, "")
    options = list(files.get(group, files["all"])) if group else []
    if group and value and value not in options:
        options.append(value)
    return Field(
        name,
        f"{name}-{part.uid}",
        label,
        value,
        "select" if group else "area" if name in AREAS else "line",
        name in REQUIRED[part.kind],
        options,
        ACCEPTS.get(group, ""),
        hint,
    )


def field_words(name: str, asking: str = "") -> tuple[str, str]:
    """What a field is called, and a hint where it needs one."""
    if name == "questions":
        there = say("The questions of this lesson: %(ids)s.") % {"ids": asking}
        none = say("This lesson has no question yet. Add one, before or after this block.")
        how = say(
            "One a line: when it stops, and the name of the question, for example 0:42 choice."
        )
        return say("Questions it stops for"), f"{how} {there if asking else none}"
    return {
        "title": (say("Title"), ""),
        "src": (say("File"), ""),
        "link": (say("Or a link to a film elsewhere"), say("It begins with https://")),
        "captions": (say("Captions"), say("A file whose name ends in .vtt or .srt.")),
        "captions_language": (say("Language of the captions"), say("For example en.")),
        "transcript": (say("What is said, in words"), say("Where there are no captions.")),
        "chapters": (
            say("Chapters"),
            say("One a line: when it begins, and its title, for example 1:23 The surface."),
        ),
        "poster": (say("Picture to show before it plays"), ""),
        "seconds": (say("How long, in seconds"), ""),
        "body": (say("Words before it"), ""),
    }[name]


def _files(shelf: Shelf) -> dict[str, list[str]]:
    """The files that each field of a film, a sound or a file may name."""
    by_kind: dict[str, list[str]] = {"video": [], "audio": [], "image": [], "vtt": [], "all": []}
    for path, blob in sorted(shelf.blobs.items()):
        by_kind["all"].append(path)
        group = "vtt" if blob.type == "text/vtt" else blob.type.split("/")[0]
        if group in by_kind:
            by_kind[group].append(path)
    return by_kind


# --- what stands in the way -----------------------------------------------------------------


def remarks_of(
    lesson: LessonWork, work: Work, objectives: Iterable[tuple[str, str]], shelf: Shelf
) -> dict[str, list[str]]:
    """What has to be put right before publishing, by block; "" is about none. One query."""
    made = lesson_of(lesson.uid, lesson.document, "lesson.md")
    found: dict[str, list[str]] = {
        uid: [problem.says for problem in problems] for uid, problems in made.problems.items()
    }
    around = _around(lesson, work, made.source, objectives, shelf)
    by_line: dict[int, str] = {}
    for block in made.source.blocks:
        block.line = len(by_line) + 1  # a number of its own, to know it again
        by_line[block.line] = block.uid
        block.lines = {}
    for remark in references.check(around, {})[0]:
        if remark.path == "lesson.md":
            found.setdefault(by_line.get(remark.line, ""), []).append(remark.says)
    return found


def _around(
    lesson: LessonWork,
    work: Work,
    source: LessonSource,
    objectives: Iterable[tuple[str, str]],
    shelf: Shelf,
) -> CourseSource:
    """Just enough of the course to see what the lesson points to."""
    there: dict[str, list[BlockSource]] = {line.uid: [] for line in work.lessons}
    rows = Block.objects.live().filter(lesson__course=lesson.course)
    for name, uid in rows.values_list("lesson__uid", "uid"):
        if name in there:
            there[name].append(BlockSource("text", uid))
    others = [LessonSource(uid, uid, blocks=b) for uid, b in there.items() if uid != lesson.uid]
    files = {
        path: FileSource(path, blob.size, lambda blob=blob: open_blob(blob))  # type: ignore[misc]
        for path, blob in shelf.blobs.items()
    }
    return CourseSource(
        uid="course",
        title="course",
        language=lesson.course.language,
        objectives=[ObjectiveSource(uid, text) for uid, text in objectives],
        units=[UnitSource("unit", "unit", lessons=[*others, source], path="unit.md")],
        files=files,
    )


def kinds_for(kind: str) -> list[Kind[Any]]:
    """The kinds that another way to meet a block of this kind may be of, its own first."""
    same = [each for each in KINDS.values() if each.answers == KINDS[kind].answers]
    return sorted((each for each in same if not each.handed_in), key=lambda e: e.name != kind)


def languages_to_add(course: Course) -> list[tuple[str, str]]:
    """Every language that can be named, as its speakers call it, without that of the course."""
    found = {tag: name_of_language(tag) for tag, info in LANG_INFO.items() if "name_local" in info}
    found.pop(course.language.lower(), None)
    return sorted(found.items(), key=lambda each: each[1].casefold())


def kinds_to_add() -> list[Kind[Any]]:
    """Every kind, text first, in the order of their list."""
    return list(KINDS.values())
