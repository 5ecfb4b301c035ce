"""A course in memory, as the checks look at it: lessons in order, parts with their kind, words,
pictures and minutes, each worked out once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from markdown_it.token import Token

from meanwhile.courses.activity import KINDS, AnswerData, Data, Kind, data_of
from meanwhile.courses.files.blocks import heading_of, line_at
from meanwhile.courses.files.colons import parser
from meanwhile.courses.minutes import prose_minutes
from meanwhile.courses.rendering import minutes_of
from meanwhile.courses.source import BlockSource, CourseSource, LessonSource, UnitSource
from meanwhile.courses.variants import Way, families
from meanwhile.insights import words

OWN_WORDS = frozenset({"reveal", "task", "essay", "discussion", "writing", "upload", "recording"})
"""Kinds in which somebody says something in their own words."""
CHOOSING = frozenset({"choice", "choices", "matching", "ordering"})
"""Kinds in which the answer stands on the page and has only to be found."""
SHOWING = frozenset({"video", "audio"})
ENTRIES = 5
"""Fewer terms with what they mean are a box in a lesson, not a glossary."""


@dataclass(frozen=True)
class Place:
    """Where something is. `line` counts from 1 in `path`; 0 where it is not known, as in a course
    from the database. `part` tells two findings of one check in one block apart."""

    path: str = "course.md"
    line: int = 0
    unit: str = ""
    lesson: str = ""
    block: str = ""
    part: str = ""
    title: str = ""
    offering: str = ""


@dataclass(frozen=True)
class Heading:
    level: int
    words: str
    line: int


@dataclass(frozen=True)
class Picture:
    path: str
    alt: str
    title: str
    line: int


@dataclass(frozen=True)
class Link:
    target: str
    words: str
    line: int


@dataclass(eq=False)
class Part:
    """One block in its place."""

    lesson: "Lesson"
    source: BlockSource
    number: int
    ways: list["Part"] = field(default_factory=list)
    """The other ways to meet it; they have its number."""

    @property
    def plainest(self) -> "Part":
        """How it is said in shorter sentences, where it is; else itself."""
        return next((way for way in self.ways if way.data.way == Way.PLAIN), self)

    @property
    def can_be_parted(self) -> bool:
        """Whether a new block may begin inside it: not where other ways stand right behind it, nor
        in one of those."""
        return not self.ways and not self.source.instead_of

    @cached_property
    def kind(self) -> Kind[Any]:
        return KINDS[self.source.kind]

    @cached_property
    def data(self) -> Data:
        return data_of(self.source.kind, self.source.data)

    @cached_property
    def texts(self) -> dict[str, str]:
        return self.kind.texts(self.data)

    @cached_property
    def minutes(self) -> float:
        return minutes_of(self.source.kind, self.source.data, self.source.body)

    @cached_property
    def reading(self) -> float:
        """Minutes of reading words. Code is not read but worked through, so it is not counted."""
        return prose_minutes(self.source.body)

    @property
    def asks(self) -> bool:
        return self.kind.answers

    @property
    def works(self) -> bool:
        """Whether somebody does something here: answers, or makes something and hands it in."""
        return self.kind.answers or self.kind.handed_in

    @property
    def aims(self) -> set[str]:
        """The objectives it practises: its own, or those of its lesson where it names none."""
        return set(self.data.objectives or self.lesson.source.objectives)

    @property
    def explains(self) -> bool:
        """Whether somebody who answers learns why: a reason, a reply to a mistake, an answer."""
        names = {key.partition(".")[0] for key, text in self.texts.items() if text.strip()}
        return bool(names & {"why", "feedback", "near", "answer", "above", "below"})

    @property
    def hints(self) -> list[str] | None:
        """Its hints; None where its kind has none."""
        return self.data.hints if isinstance(self.data, AnswerData) else None

    @property
    def options(self) -> list[Any]:
        return list(getattr(self.data, "options", []))

    @property
    def title(self) -> str:
        """Its name for people: its heading, its title, or its first words."""
        body = self.source.body
        first = heading_of(body) or str(self.source.data.get("title", ""))
        return first or words.shortened(" ".join(words.plain(self.tokens)))

    @cached_property
    def tokens(self) -> list[Token]:
        return parser().parse(self.source.body)

    @cached_property
    def said(self) -> list[tuple[str, int]]:
        """Its paragraphs as plain words, each with its line in the body, from 0."""
        return list(words.paragraphs(self.tokens))

    @cached_property
    def headings(self) -> list[Heading]:
        return [
            Heading(int(token.tag[1]), words.of_inline(self.tokens[n + 1]), _line(token))
            for n, token in enumerate(self.tokens)
            if token.type == "heading_open"
        ]

    @cached_property
    def pictures(self) -> list[Picture]:
        return [
            Picture(str(c.attrs["src"]), c.content.strip(), str(c.attrs.get("title", "")), line)
            for c, line in words.inline(self.tokens)
            if c.type == "image"
        ]

    @cached_property
    def links(self) -> list[Link]:
        return [Link(*each) for each in words.links(self.tokens)]

    def callouts(self, name: str) -> Iterator[tuple[str, int]]:
        """The words of its callouts of this name, with the line each begins on, from 0."""
        depth = start = 0
        for n, token in enumerate(self.tokens):
            if token.type == "callout_open" and (depth or token.info == name):
                start = start if depth else n
                depth += 1
            elif token.type == "callout_close" and depth:
                depth -= 1
                if not depth:
                    yield (
                        " ".join(words.plain(self.tokens[start : n + 1])),
                        _line(self.tokens[start]),
                    )

    def place(self, key: str = "", line: int | None = None, part: str = "") -> Place:
        """Here; at a key of its YAML, or at a line of its body (from 0)."""
        at = line_at(self.source, key) if self.source.line else 0
        if line is not None and self.source.line:
            at = self.source.lines.get("body", self.source.line) + line
        found = self.lesson.place()
        return replace(
            found, line=at, block=self.source.uid, title=self.title, part=part or key or str(line)
        )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


@dataclass(eq=False)
class Lesson:
    study: "Study"
    unit: UnitSource
    source: LessonSource
    number: int
    parts: list[Part] = field(default_factory=list)

    @cached_property
    def minutes(self) -> float:
        """What its author says, or what its contents say."""
        return float(self.source.minutes or self.estimate)

    @cached_property
    def sitting(self) -> float:
        """Its minutes without those of tasks in steps: these are done over days, step by step."""
        steps = sum(part.minutes for part, task in self.tasks if task.steps)
        return max(0.0, self.minutes - steps)

    @property
    def tasks(self) -> list[tuple[Part, Any]]:
        """What is handed in, each with its data."""
        return [(part, part.data) for part in self.parts if part.kind.name == "task"]

    @cached_property
    def estimate(self) -> float:
        return sum(part.minutes for part in self.parts)

    @property
    def questions(self) -> list[Part]:
        return [part for part in self.parts if part.asks]

    @property
    def work(self) -> list[Part]:
        """Its questions and tasks."""
        return [part for part in self.parts if part.works]

    @cached_property
    def looked_up(self) -> bool:
        """Whether it is a list of words and what they mean: looked things up in, not learned from."""
        said = [words.begins_with_term(part.tokens) for part in self.parts]
        entries, paragraphs = sum(n for n, _all in said), sum(n for _entries, n in said)
        return not self.work and paragraphs >= ENTRIES and entries > paragraphs / 2

    @cached_property
    def aims(self) -> set[str]:
        """The objectives it names, itself or in a question."""
        return set(self.source.objectives).union(*(part.data.objectives for part in self.parts))

    @cached_property
    def prose(self) -> list[str]:
        """All its paragraphs, and the wording of its questions, as who finds reading hard can meet
        them: in shorter sentences where they are there."""
        return [text for part in self.parts for text, _line_of in part.plainest.said]

    def place(self, key: str = "") -> Place:
        lines = self.source.lines
        line = lines.get(key) or lines.get("title", 1) if lines else 0
        path = self.source.path or f"{self.unit.uid}/{self.source.uid}.md"
        return Place(path, line, self.unit.uid, self.source.uid, part=key)


@dataclass(frozen=True)
class Due:
    """When a unit is meant to be finished: a moment, or days after a learner's own start."""

    unit: str
    title: str
    at: datetime | None = None
    after_days: int | None = None


@dataclass(frozen=True)
class Run:
    """The course as a class has it: what a check may know of people is how many are in which zone."""

    name: str
    zone: str
    starts_on: date
    dues: tuple[Due, ...] = ()
    term: tuple[date, date] | None = None
    zones: tuple[tuple[str, int], ...] = ()
    last_note: datetime | None = None
    learners: int = 0
    now: datetime | None = None
    pk: int = 0

    def place(self, *parts: str) -> Place:
        """The class itself: no file says how a course is offered."""
        key = str(self.pk)
        return Place("", part=" ".join([key, *parts]), title=self.name, offering=key)


@dataclass(eq=False)
class Study:
    """A course as the checks see it."""

    source: CourseSource
    runs: list[Run] = field(default_factory=list)
    tried: dict[str, str] = field(default_factory=dict)
    """Addresses that were asked, each with what is wrong with it; nothing where it works."""

    @cached_property
    def lessons(self) -> list[Lesson]:
        found: list[Lesson] = []
        for unit in self.source.units:
            for each in unit.lessons:
                lesson = Lesson(self, unit, each, len(found))
                lesson.parts = [
                    Part(lesson, main, n, [Part(lesson, way, n) for way in ways])
                    for n, (main, ways) in enumerate(families(each.blocks))
                ]
                found.append(lesson)
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """One for each place: what somebody goes through, whichever way it is met."""
        return [part for lesson in self.lessons for part in lesson.parts]

    @cached_property
    def every(self) -> list[Part]:
        """Each in every way: what stands in it has to be right in all of them."""
        return [each for part in self.parts for each in (part, *part.ways)]

    @cached_property
    def worded(self) -> list[Part]:
        """Every one in the language of the course."""
        return [part for part in self.every if not part.data.language]

    @cached_property
    def questions(self) -> list[Part]:
        return [part for part in self.parts if part.asks]

    @cached_property
    def tasks(self) -> list[tuple[Part, Any]]:
        """What is handed in, each with its data."""
        return [each for lesson in self.lessons for each in lesson.tasks]

    @cached_property
    def practice(self) -> dict[str, list[Part]]:
        """The questions and tasks for each objective, in order."""
        found: dict[str, list[Part]] = {each.uid: [] for each in self.source.objectives}
        for part in self.parts:
            for aim in part.aims if part.works else ():
                found.setdefault(aim, []).append(part)
        return found

    @cached_property
    def taught(self) -> dict[str, list[Lesson]]:
        """The lessons that name each objective, in order."""
        found: dict[str, list[Lesson]] = {each.uid: [] for each in self.source.objectives}
        for lesson in self.lessons:
            for aim in lesson.aims:
                found.setdefault(aim, []).append(lesson)
        return found

    @cached_property
    def language(self) -> str:
        """The first part of its language tag, in lower case: "en" of "en-GB"."""
        return self.source.language.partition("-")[0].lower()

    @cached_property
    def ages(self) -> tuple[int, int] | None:
        """From and to, where it says; the same twice for one age."""
        return words.ages(self.source.ages)

    @cached_property
    def prose(self) -> list[str]:
        """Every paragraph of the course: descriptions, introductions, lessons, and what is said
        before and after answers."""
        said = [self.source.description, *(unit.intro for unit in self.source.units)]
        more = [text for part in self.parts for text in part.texts.values()]
        found = [p for text in [*said, *more] if text for p, _n in _paragraphs(text)]
        return found + [text for lesson in self.lessons for text in lesson.prose]

    def objective(self, uid: str) -> Any:
        return next((each for each in self.source.objectives if each.uid == uid), None)

    def place(self, key: str = "", part: str = "") -> Place:
        """The course itself, at a key of course.md."""
        lines = self.source.lines
        line = lines.get(key) or lines.get(key.partition(".")[0]) or 1 if lines else 0
        return Place("course.md", line, part=part or key)

    def aim_place(self, uid: str) -> Place:
        at = next((n for n, each in enumerate(self.source.objectives) if each.uid == uid), 0)
        return replace(self.place(f"objectives.{at}"), part=uid)

    def unit_place(self, unit: UnitSource, key: str = "title") -> Place:
        path = unit.path or f"{unit.uid}/unit.md"
        line = unit.lines.get(key, 1) if unit.lines else 0
        return Place(path, line, unit.uid, part=f"{unit.uid} {key}")


def _paragraphs(markdown: str) -> list[tuple[str, int]]:
    return list(words.paragraphs(parser().parse(markdown)))
