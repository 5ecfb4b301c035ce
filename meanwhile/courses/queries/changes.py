"""What an import would do to a course, in sentences, before anybody agrees to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from meanwhile.core.models import EventRow
from meanwhile.courses.activity import KINDS
from meanwhile.courses.models import Asset, Block, Course
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import BlockSource, CourseSource, FileSource, LessonSource, UnitSource
from meanwhile.courses.variants import words_for
from meanwhile.media import pictures, types

KEYS = ("options", "answer", "answers", "tolerance", "unit", "units", "items", "pairs", "case")
"""What decides whether an answer is right: a change of these is a change of the question's key."""


@dataclass(frozen=True)
class Change:
    """One difference. `kind`: added, removed, moved, renamed, text, key, minutes, order, file,
    course. `progress` says what it does to what learners have done; often nothing."""

    kind: str
    says: str
    progress: str = ""

    def __str__(self) -> str:
        return f"{self.says} {self.progress}".rstrip()


@dataclass
class _Place:
    """A block and where it is."""

    lesson: LessonSource
    block: BlockSource


@dataclass
class _Sides:
    """The course as it is and as it would be, each thing by its id."""

    old: CourseSource
    new: CourseSource
    answered: dict[tuple[str, str], int] = field(default_factory=dict)

    def people(self, lesson: str, block: str) -> str:
        count = self.answered.get((lesson, block), 0)
        if not count:
            return ""
        return ngettext(
            "%(n)d person has answered this question; their answers are kept.",
            "%(n)d people have answered this question; their answers are kept.",
            count,
        ) % {"n": count}


def differences(source: CourseSource, course: Course) -> list[Change]:
    """What would change in `course` if `source` were taken in; nothing where they are the same."""
    sides = _Sides(source_of(course), source, _answered(course))
    found = [*_course(sides), *_objectives(sides), *_units(sides), *_lessons(sides)]
    return [*found, *_blocks(sides), *_files(source, course)]


def _answered(course: Course) -> dict[tuple[str, str], int]:
    """How many people have answered each question, by lesson and block."""
    live = Block.objects.live().filter(lesson__course=course, answers=True)
    names = {pk: (lesson, uid) for pk, lesson, uid in live.values_list("pk", "lesson__uid", "uid")}
    events = EventRow.objects.filter(name="courses.BlockAnswered", school=course.school_id)
    people = events.filter(facts__block__in=list(names)).order_by()
    counts: dict[tuple[str, str], int] = {}
    for block, _actor in people.values_list("facts__block", "actor").distinct():
        counts[names[block]] = counts.get(names[block], 0) + 1
    return counts


def _course(sides: _Sides) -> Iterator[Change]:
    words = {
        "title": say("The title"),
        "summary": say("The summary"),
        "description": say("The description"),
        "language": say("The language"),
        "licence": say("The licence"),
        "authors": say("The list of authors"),
        "ages": say("The ages"),
        "hours_per_week": say("The hours a week"),
        "not_here": say("What the course check leaves out"),
    }
    for name, what in words.items():
        if getattr(sides.old, name) != getattr(sides.new, name):
            yield Change("course", say("%(what)s of the course changes.") % {"what": what})


def _objectives(sides: _Sides) -> Iterator[Change]:
    old = {each.uid: each for each in sides.old.objectives}
    new = {each.uid: each for each in sides.new.objectives}
    for uid in new.keys() - old.keys():
        yield Change("added", say("The objective “%(text)s” is added.") % {"text": new[uid].text})
    for uid in old.keys() - new.keys():
        yield Change("removed", say("The objective “%(text)s” goes.") % {"text": old[uid].text})
    for uid in [uid for uid in new if uid in old]:
        if old[uid].text != new[uid].text:
            words = say("The objective “%(old)s” now reads “%(new)s”.")
            yield Change("text", words % {"old": old[uid].text, "new": new[uid].text})
        if old[uid].builds_on != new[uid].builds_on:
            words = say("What the objective “%(text)s” builds on changes.")
            yield Change("text", words % {"text": new[uid].text})
    yield from _order([*old], [*new], say("The objectives are in another order."))


def _order(old: list[str], new: list[str], says: str) -> Iterator[Change]:
    """Whether what is on both sides is in another order."""
    if [uid for uid in old if uid in new] != [uid for uid in new if uid in old]:
        yield Change("order", says)


def _units(sides: _Sides) -> Iterator[Change]:
    old = {unit.uid: unit for unit in sides.old.units}
    new = {unit.uid: unit for unit in sides.new.units}
    for uid, unit in new.items():
        if uid not in old:
            yield Change("added", say("The unit “%(title)s” is added.") % {"title": unit.title})
        else:
            yield from _unit(old[uid], unit)
    for uid, unit in old.items():
        if uid not in new:
            yield Change(
                "removed", say("The unit “%(title)s” goes.") % {"title": unit.title}, _kept()
            )
    yield from _order([*old], [*new], say("The units are in another order."))


def _kept() -> str:
    return say("What learners did in it is kept, and comes back if it is put back.")


def _unit(old: UnitSource, new: UnitSource) -> Iterator[Change]:
    if old.title != new.title:
        words = say("The unit “%(old)s” is now called “%(new)s”.")
        yield Change("renamed", words % {"old": old.title, "new": new.title})
    if (old.summary, old.intro) != (new.summary, new.intro):
        words = say("The introduction to the unit “%(title)s” changes.")
        yield Change("text", words % {"title": new.title})
    if old.not_here != new.not_here:
        words = say("What the course check leaves out in the unit “%(title)s” changes.")
        yield Change("text", words % {"title": new.title})
    words = say("The lessons of the unit “%(title)s” are in another order.") % {"title": new.title}
    yield from _order([x.uid for x in old.lessons], [x.uid for x in new.lessons], words)


def _by_lesson(source: CourseSource) -> dict[str, tuple[UnitSource, LessonSource]]:
    return {lesson.uid: (unit, lesson) for unit in source.units for lesson in unit.lessons}


def _lessons(sides: _Sides) -> Iterator[Change]:
    old, new = _by_lesson(sides.old), _by_lesson(sides.new)
    for uid, (unit, lesson) in new.items():
        words = {"title": lesson.title, "unit": unit.title}
        if uid not in old:
            yield Change("added", say("The lesson “%(title)s” is added to “%(unit)s”.") % words)
            continue
        if old[uid][0].uid != unit.uid:
            says = say("The lesson “%(title)s” moves to the unit “%(unit)s”.") % words
            yield Change("moved", says, say("What learners did in it goes with it."))
        yield from _lesson(old[uid][1], lesson)
    for uid, (_unit_of, lesson) in old.items():
        if uid not in new:
            says = say("The lesson “%(title)s” goes.") % {"title": lesson.title}
            yield Change("removed", says, _kept())


def _lesson(old: LessonSource, new: LessonSource) -> Iterator[Change]:
    words = {"old": old.title, "new": new.title, "title": new.title}
    if old.title != new.title:
        yield Change("renamed", say("The lesson “%(old)s” is now called “%(new)s”.") % words)
    if old.summary != new.summary:
        yield Change("text", say("The summary of the lesson “%(title)s” changes.") % words)
    if old.objectives != new.objectives:
        yield Change("text", say("The objectives of the lesson “%(title)s” change.") % words)
    if old.minutes != new.minutes:
        yield Change("minutes", say("The minutes of the lesson “%(title)s” change.") % words)
    if old.draft != new.draft:
        draft, ready = (
            say("The lesson “%(title)s” becomes a draft; learners do not see it."),
            say("The lesson “%(title)s” is a draft no more; learners see it."),
        )
        yield Change("text", (draft if new.draft else ready) % words)
    if old.not_here != new.not_here:
        says = say("What the course check leaves out in the lesson “%(title)s” changes.")
        yield Change("text", says % words)
    says = say("The blocks of the lesson “%(title)s” are in another order.") % words
    yield from _order([b.uid for b in old.blocks], [b.uid for b in new.blocks], says)


def _places(source: CourseSource) -> dict[tuple[str, str], _Place]:
    return {
        (lesson.uid, block.uid): _Place(lesson, block)
        for unit in source.units
        for lesson in unit.lessons
        for block in lesson.blocks
    }


def _blocks(sides: _Sides) -> Iterator[Change]:
    old, new = _places(sides.old), _places(sides.new)
    lessons = _by_lesson(sides.old).keys() & _by_lesson(sides.new).keys()
    came = {key: place for key, place in new.items() if key not in old}
    went = {key: place for key, place in old.items() if key not in new}
    for key in [*came]:
        yield from _moved(came, went, key)
    for key, place in came.items():
        if key[0] in lessons:
            words = say("%(what)s is added to the lesson “%(lesson)s”.")
            yield Change("added", words % _words(place))
    for key, place in went.items():
        if key[0] in lessons:
            words = say("%(what)s goes from the lesson “%(lesson)s”.")
            kept = sides.people(*key)
            if place.block.instead_of in {uid for lesson, uid in new if lesson == key[0]}:
                kept = say("Who met it that way goes on as it is written; what they did counts.")
            yield Change("removed", words % _words(place), kept)
    for key in [key for key in new if key in old]:
        yield from _block(sides, old[key].block, new[key], key)


def _moved(
    came: dict[tuple[str, str], _Place], went: dict[tuple[str, str], _Place], key: tuple[str, str]
) -> Iterator[Change]:
    kind = came[key].block.kind
    found = [k for k, place in went.items() if k[1] == key[1] and place.block.kind == kind]
    if len(found) == 1:
        place = came.pop(key)
        went.pop(found[0])
        words = say("%(what)s moves to the lesson “%(lesson)s”.") % _words(place)
        yield Change("moved", words, say("What learners did with it goes with it."))


def _words(place: _Place) -> dict[str, Any]:
    label = str(KINDS[place.block.kind].label)
    what = say("“%(label)s” (%(id)s)") % {"label": label, "id": place.block.uid}
    if main := place.block.instead_of:
        way = words_for(place.block.data.get("way", ""), place.block.data.get("language", ""))
        what = say("“%(way)s”, another way to meet “%(main)s” (%(id)s),") % {
            "way": way,
            "main": main,
            "id": place.block.uid,
        }
    return {"what": what, "lesson": place.lesson.title}


def _block(
    sides: _Sides, old: BlockSource, place: _Place, key: tuple[str, str]
) -> Iterator[Change]:
    new, words = place.block, _words(place)
    people = sides.people(*key)
    if old.kind != new.kind:
        says = say("In the lesson “%(lesson)s”, %(what)s takes the place of another kind.") % words
        yield Change("key", says, people)
        return
    if any(old.data.get(name) != new.data.get(name) for name in KEYS):
        yield Change(
            "key",
            say("In the lesson “%(lesson)s”, the answers of %(what)s change.") % words,
            people,
        )
    rest = [
        {k: v for k, v in each.data.items() if k not in (*KEYS, "minutes")} for each in (old, new)
    ]
    if old.body != new.body or rest[0] != rest[1]:
        yield Change(
            "text", say("In the lesson “%(lesson)s”, the text of %(what)s changes.") % words
        )
    if old.data.get("minutes") != new.data.get("minutes"):
        yield Change(
            "minutes", say("In the lesson “%(lesson)s”, the minutes of %(what)s change.") % words
        )


def _files(source: CourseSource, course: Course) -> Iterator[Change]:
    assets = Asset.objects.filter(course=course).values_list("path", "blob__sha256")
    there = dict(assets)
    for path, file in source.files.items():
        if path not in there:
            yield Change("file", say("The file “%(path)s” is added.") % {"path": path})
        elif _digest(file) != there.pop(path):
            yield Change("file", say("The file “%(path)s” changes.") % {"path": path})
    for path in there.keys() - source.files.keys():
        yield Change("file", say("The file “%(path)s” goes.") % {"path": path})


def _digest(file: FileSource) -> str:
    """The name its bytes would be kept under: photos are kept without what a camera wrote."""
    if file.kept:
        return file.kept
    kind = types.promised(file.path) or ""
    with file.open() as stream:
        if kind == types.SVG or not kind.startswith("image/") or file.size > pictures.LARGEST:
            return file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        data = stream.read()
    try:
        return sha256(pictures.cleaned(data, kind)).hexdigest()
    except (OSError, ValueError):
        return ""
