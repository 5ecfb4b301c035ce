"""A lesson or a unit taken over into another course, with the files it shows."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from meanwhile.authoring.actions.outlines import add_lesson, add_unit
from meanwhile.authoring.documents import Document, Part
from meanwhile.authoring.models import NewFile
from meanwhile.authoring.outline import NotThere
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.work import copy_of, outline_now, published_outline
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.files.paths import folded
from meanwhile.courses.models import Asset, Course, Objective


def copy_lesson_to(actor: int, course: Course, uid: str, to: Course) -> str:
    """A lesson at the end of another course's last unit. The id it has there.

    Raises:
        NotThere: there is no such lesson.
    """
    with writing():
        units = outline_now(copy_of(to), published_outline(to)).units
        unit = units[-1].uid if units else add_unit(actor, to, _("First unit"))
        return _copied(actor, course, uid, to, unit)


def copy_unit_to(actor: int, course: Course, uid: str, to: Course) -> str:
    """A unit with all its lessons, at the end of another course. The id it has there.

    Raises:
        NotThere: there is no such unit.
    """
    with writing():
        plan = outline_now(copy_of(course), published_outline(course)).unit(uid)
        unit = add_unit(actor, to, plan.title)
        for lesson in plan.lessons:
            _copied(actor, course, lesson, to, unit)
    return unit


def _copied(actor: int, course: Course, uid: str, to: Course, unit: str) -> str:
    work = lesson_work(course, uid)
    if work is None:
        raise NotThere(uid)
    names = _files(actor, course, to, work.document)
    known = set(Objective.objects.live().filter(course=to).values_list("uid", flat=True))
    parts = tuple(_at_home(part, names, known) for part in work.document.parts)
    document = replace(
        work.document,
        parts=parts,
        objectives=tuple(each for each in work.document.objectives if each in known),
        gone=(),
        not_here=(),
    )
    return add_lesson(actor, to, unit, document)


def _files(actor: int, course: Course, to: Course, document: Document) -> dict[str, str]:
    """Bring the files that the lesson names along; from the name here to the name there."""
    words = "\n".join(f"{part.words}\n{part.held}" for part in document.parts)
    here = {a.path: a.blob_id for a in Asset.objects.filter(course=course)}
    here |= {a.path: a.blob_id for a in NewFile.objects.filter(course=course)}
    there = {a.path: a.blob_id for a in Asset.objects.filter(course=to)}
    there |= {a.path: a.blob_id for a in NewFile.objects.filter(course=to)}
    taken = {folded(path): path for path in there}
    names = {}
    for path, blob in here.items():
        if path not in words and path.replace(" ", "%20") not in words:
            continue
        name = _name(path, blob, there, taken)
        if name not in there:
            NewFile.objects.create(course=to, path=name, blob_id=blob, by_id=actor, at=clock.now())
            there[name], taken[folded(name)] = blob, name
        names[path] = name
    return {path: name for path, name in names.items() if path != name}


def _name(path: str, blob: int, there: dict[str, int], taken: dict[str, str]) -> str:
    """The same name where it is free or is the same file; else one of its own."""
    stem, _dot, end = path.rpartition(".")
    name, number = path, 1
    while folded(name) in taken and there.get(taken[folded(name)]) != blob:
        number += 1
        name = f"{stem}-{number}.{end}"
    return taken.get(folded(name), name)


def _at_home(part: Part, names: dict[str, str], known: set[str]) -> Part:
    """A block with the names of files and the objectives that the other course has."""
    words = part.words
    for old, new in names.items():
        words = words.replace(old, new).replace(old.replace(" ", "%20"), new.replace(" ", "%20"))
    held: dict[str, Any] = dict(part.held)
    if aims := held.get("data", {}).get("objectives"):
        kept = [each for each in aims if each in known]
        rest = {name: value for name, value in held["data"].items() if name != "objectives"}
        held["data"] = rest | ({"objectives": kept} if kept else {})
    return replace(part, words=words, held=held)
