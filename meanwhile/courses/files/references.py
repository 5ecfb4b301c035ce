"""What a course points to is there: objectives, lessons, blocks, files; and pictures say what they
show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.translation import gettext as say
from markdown_it.token import Token

from meanwhile.courses.activity import KINDS, data_of
from meanwhile.courses.files.blocks import line_at
from meanwhile.courses.files.colons import parser
from meanwhile.courses.files.paths import as_path
from meanwhile.courses.source import BlockSource, CourseSource, LessonSource, Remark
from meanwhile.courses.variants import problems as variant_problems

DECORATIVE = "decorative"
ELSEWHERE = ("https:", "http:", "mailto:", "tel:")


@dataclass(frozen=True)
class Link:
    """A link or picture in Markdown. `line` counts from 0 in the Markdown."""

    picture: bool
    target: str
    words: str
    title: str
    line: int


def links_of(markdown: str) -> Iterator[Link]:
    """Every link and picture, also those in tables, lists and callouts."""
    if "[" not in markdown and "<" not in markdown:
        return
    line = 0
    for token in parser().parse(markdown):
        line = token.map[0] if token.map else line
        yield from _in_line(token, line)


def _in_line(token: Token, line: int) -> Iterator[Link]:
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            yield Link(False, str(child.attrs["href"]), "", str(child.attrs.get("title", "")), line)
        elif child.type == "image":
            attrs = child.attrs
            words = child.content.strip()
            yield Link(True, str(attrs["src"]), words, str(attrs.get("title", "")), line)
            yield from (each for each in _in_line(child, line) if not each.picture)


class _Course:
    """What there is to point to."""

    def __init__(self, source: CourseSource) -> None:
        self.source = source
        self.objectives = {objective.uid for objective in source.objectives}
        self.lessons = {
            lesson.uid: {block.uid for block in lesson.blocks}
            for unit in source.units
            for lesson in unit.lessons
        }
        self.asking = {
            lesson.uid: {block.uid for block in lesson.blocks if KINDS[block.kind].answers}
            for unit in source.units
            for lesson in unit.lessons
        }
        self.used: set[str] = set()


def check(source: CourseSource, lines: dict[str, int]) -> tuple[list[Remark], set[str]]:
    """What points to nothing, and the files that something points to. `lines` says on which line
    of course.md the objectives stand and of each file its text begins."""
    course = _Course(source)
    wrong = list(_objectives(course, lines))
    wrong += _markdown(course, "course.md", source.description, lines.get("course.md", 1))
    for unit in source.units:
        wrong += _markdown(course, unit.path, unit.intro, lines.get(unit.path, 1))
        for lesson in unit.lessons:
            wrong += _lesson(course, lesson, lines)
    return wrong, course.used


def _objectives(course: _Course, lines: dict[str, int]) -> Iterator[Remark]:
    builds = {each.uid: each.builds_on for each in course.source.objectives}
    for uid, on in builds.items():
        line = lines.get(f"objective {uid}", 1)
        for missing in set(on) - course.objectives:
            yield Remark("course.md", line, _no_objective(missing))
        if uid in _below(uid, builds):
            says = say("“%(id)s” builds on itself in the end.") % {"id": uid}
            yield Remark("course.md", line, says)


def _below(uid: str, builds: dict[str, list[str]]) -> set[str]:
    """Every objective that this one builds on, however far down."""
    found: set[str] = set()
    waiting = list(builds[uid])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += builds.get(each, [])
    return found


def _no_objective(uid: str) -> str:
    return say("There is no objective “%(id)s” in course.md.") % {"id": uid}


def _lesson(course: _Course, lesson: LessonSource, lines: dict[str, int]) -> Iterator[Remark]:
    for missing in sorted(set(lesson.objectives) - course.objectives):
        yield Remark(lesson.path, lines.get(f"{lesson.path} objectives", 1), _no_objective(missing))
    for block, problem in variant_problems(lesson.blocks, course.source.language):
        yield Remark(lesson.path, line_at(block, problem.key), problem.says)
    for block in lesson.blocks:
        yield from _block(course, lesson, block)


def _block(course: _Course, lesson: LessonSource, block: BlockSource) -> Iterator[Remark]:
    for missing in sorted(set(block.data.get("objectives", [])) - course.objectives):
        yield Remark(lesson.path, line_at(block, "objectives"), _no_objective(missing))
    first = block.lines.get("body", block.line)
    yield from _markdown(course, lesson.path, block.body, first, lesson.uid)
    if not block.data:
        return
    kind, data = KINDS[block.kind], data_of(block.kind, block.data)
    places = dict(_texts_at(block.data))
    for words in kind.texts(data).values():
        yield from _markdown(
            course,
            lesson.path,
            words,
            line_at(block, places.get(words, "")),
            lesson.uid,
            exact=False,
        )
    for path in kind.files(data):
        course.used.add(as_path(path))
        if as_path(path) not in course.source.files:
            yield Remark(lesson.path, line_at(block, places.get(path, "")), _no_file(path))
    for stop in kind.stops(data):
        if says := _asked(course, lesson.uid, stop.block):
            yield Remark(lesson.path, line_at(block, stop.key), says)
    for problem in kind.check_files(data, _Inside(course.source)):
        yield Remark(lesson.path, line_at(block, problem.key), problem.says)


def _asked(course: _Course, lesson: str, block: str) -> str:
    """What is wrong with asking this block in the middle of a film of its lesson; or nothing."""
    if block not in course.lessons[lesson]:
        return say("There is no block “%(block)s” in this lesson to ask.") % {"block": block}
    if block not in course.asking[lesson]:
        return say("“%(block)s” is not a question, so it cannot be asked.") % {"block": block}
    return ""


class _Inside:
    """The files of a folder, as a kind asks for them."""

    def __init__(self, source: CourseSource) -> None:
        self.files = source.files

    def url(self, path: str) -> str:
        return path if path in self.files else ""

    def size(self, path: str) -> int:
        return self.files[path].size if path in self.files else 0

    def words(self, path: str) -> str:
        if not 0 < self.size(path) <= 2 * 2**20:
            return ""
        with self.files[path].open() as file:
            return file.read().decode("utf-8", errors="replace")


def _texts_at(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield value, place
    pairs: Iterable[tuple[object, object]] = ()
    if isinstance(value, list):
        pairs = enumerate(value)
    elif isinstance(value, dict):
        pairs = value.items()
    for key, each in pairs:
        yield from _texts_at(each, f"{place}.{key}" if place else str(key))


def _markdown(
    course: _Course, path: str, markdown: str, first: int, lesson: str = "", *, exact: bool = True
) -> Iterator[Remark]:
    for link in links_of(markdown):
        says = _picture(course, link) if link.picture else _link(course, link, lesson)
        if says:
            yield Remark(path, first + (link.line if exact else 0), says)


def _no_file(path: str) -> str:
    return say("There is no file “%(path)s”.") % {"path": path}


def _picture(course: _Course, link: Link) -> str:
    path = as_path(link.target)
    if not path.startswith("media/"):
        says = say(
            "“%(path)s” is not in the course. Put the picture in media/ and show it from there."
        )
        return says % {"path": link.target}
    course.used.add(path)
    if path not in course.source.files:
        return _no_file(path)
    if not link.words and link.title != DECORATIVE:
        says = say(
            "The picture “%(path)s” has no description. Write what it shows: ![A prism](%(path)s), "
            'or "decorative" after the path where it shows nothing.'
        )
        return says % {"path": link.target}
    return ""


def _link(course: _Course, link: Link, lesson: str) -> str:
    target = link.target
    if target.startswith("lesson:"):
        uid, _, block = unquote(target.removeprefix("lesson:")).partition("#")
        return _lesson_link(course, uid, block)
    if target.startswith("media/"):
        course.used.add(as_path(target))
        return "" if as_path(target) in course.source.files else _no_file(target)
    if target.startswith("#") and lesson:
        return _lesson_link(course, lesson, unquote(target[1:]))
    if target.lower().startswith(ELSEWHERE):
        return ""
    says = say(
        "“%(target)s” leads nowhere. A link begins with https:, with lesson: and a lesson's id, or "
        "with media/ and a file."
    )
    return says % {"target": target}


def _lesson_link(course: _Course, uid: str, block: str) -> str:
    if uid not in course.lessons:
        return say("There is no lesson “%(id)s”.") % {"id": uid}
    if block and block not in course.lessons[uid]:
        words = say("There is no block “%(block)s” in the lesson “%(id)s”.")
        return words % {"block": block, "id": uid}
    return ""
