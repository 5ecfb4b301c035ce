"""The outline of a course, changed step by step: every step can be taken back."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from meanwhile.authoring.actions.lessons import keep_lesson, new_lesson
from meanwhile.authoring.documents import Document
from meanwhile.authoring.models import LessonCopy, OutlineStep, WorkingCopy
from meanwhile.authoring.outline import NotThere, Outline, UnitPlan
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.work import copy_of, outline_now, published_outline
from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.files.paths import free, slug
from meanwhile.courses.models import Course, Lesson, Unit
from meanwhile.people.models import School

MOST_STEPS = 200


def start_course(actor: int, school: School, title: str, language: str) -> Course:
    """A new course with one unit to begin in. Nobody sees it until it is published."""
    with writing():
        taken = set(Course.objects.filter(school=school).values_list("uid", flat=True))
        uid = free(slug(title, "course"), taken)
        course = Course.objects.create(school=school, uid=uid, title=title, language=language)
        add_unit(actor, course, _("First unit"))
        record(CourseChanged(actor=actor, school=school.pk, course=course.pk, edition=1))
    return course


def _change(actor: int, course: Course, act: Callable[[Outline], Outline], says: str) -> Outline:
    """One step: what can be redone after it is forgotten, as in every editor.

    Raises:
        NotThere: somebody took out what this is about.
    """
    with writing():
        copy, before = _locked(course)
        after = act(before)
        if after == before:
            return before
        if not copy.step:
            _step(copy, 0, before, "", actor)
        copy.step += 1
        OutlineStep.objects.filter(copy=copy, number__gte=copy.step).delete()
        OutlineStep.objects.filter(copy=copy, number__lt=copy.step - MOST_STEPS).delete()
        _step(copy, copy.step, after, says[:300], actor)
        copy.outline = after.plain()
        copy.save()
    return after


def _locked(course: Course) -> tuple[WorkingCopy, Outline]:
    """The course's working copy, begun where there is none, and its outline as it is now."""
    Course.objects.select_for_update().get(pk=course.pk)
    published = published_outline(course)
    copy = copy_of(course)
    outline = outline_now(copy, published)
    if copy is None:
        plain = published.plain()
        return WorkingCopy.objects.create(course=course, outline=plain, base=plain), outline
    if copy.base != published.plain():  # steps on an older edition cannot be taken back any more
        OutlineStep.objects.filter(copy=copy).delete()
        copy.base, copy.step = published.plain(), 0
    return copy, outline


def _step(copy: WorkingCopy, number: int, outline: Outline, says: str, by: int) -> None:
    OutlineStep.objects.update_or_create(
        copy=copy,
        number=number,
        defaults={"outline": outline.plain(), "says": says, "by_id": by, "at": clock.now()},
    )


def undo(actor: int, course: Course) -> str:
    """Take the last step back. What it was, in words; nothing where there is none."""
    return _go(course, -1)


def redo(actor: int, course: Course) -> str:
    return _go(course, 1)


def _go(course: Course, by: int) -> str:
    with writing():
        copy, _outline = _locked(course)
        to = OutlineStep.objects.filter(copy=copy, number=copy.step + by).first()
        if to is None:
            return ""
        undone = to if by > 0 else OutlineStep.objects.filter(copy=copy, number=copy.step).first()
        copy.outline, copy.step = to.outline, to.number
        copy.save()
        return undone.says if undone else ""


# --- units ----------------------------------------------------------------------------------


def _free_uid(course: Course, wanted: str, outline: Outline) -> str:
    """An id that nothing of the course has or ever had."""
    taken = outline.uids() | {"media", "unit"}
    for rows in (Unit.objects, Lesson.objects, LessonCopy.objects):
        taken |= set(rows.filter(course=course).values_list("uid", flat=True))
    return free(wanted, taken)


def add_unit(actor: int, course: Course, title: str) -> str:
    """A unit at the end. Its id."""
    with writing():
        _copy, outline = _locked(course)
        uid = _free_uid(course, slug(title, "unit"), outline)
        says = _("Added the unit “%(title)s”") % {"title": title}
        _change(actor, course, lambda o: o.with_unit(UnitPlan(uid, title)), says)
    return uid


def change_unit(actor: int, course: Course, uid: str, title: str, summary: str, intro: str) -> None:
    says = _("Changed the unit “%(title)s”") % {"title": title}

    def act(outline: Outline) -> Outline:
        plan = outline.unit(uid)
        return outline.with_unit(replace(plan, title=title, summary=summary, intro=intro))

    _change(actor, course, act, says)


def move_unit(actor: int, course: Course, uid: str, by: int) -> None:
    _change(actor, course, lambda o: o.unit_moved(uid, by), _("Moved a unit"))


def remove_unit(actor: int, course: Course, uid: str) -> None:
    with writing():
        _copy, outline = _locked(course)
        plan = outline.unit(uid)
        for lesson in plan.lessons:
            keep_lesson(actor, course, lesson)
        says = _("Took out the unit “%(title)s”") % {"title": plan.title}
        _change(actor, course, lambda o: o.without_unit(uid, clock.now()), says)


def copy_unit(actor: int, course: Course, uid: str) -> str:
    """The unit with all its lessons once more, right behind it. The id of the new one."""
    with writing():
        _copy, outline = _locked(course)
        plan = outline.unit(uid)
        title = _("%(title)s, copy") % {"title": plan.title}
        new = _free_uid(course, slug(title, "unit"), outline)
        lessons: list[str] = []
        for lesson in plan.lessons:
            if work := lesson_work(course, lesson):
                lessons.append(_copied(actor, course, outline, work.document, set(lessons)))
        unit = replace(plan, uid=new, title=title, lessons=tuple(lessons))
        says = _("Copied the unit “%(title)s”") % {"title": plan.title}
        _change(actor, course, lambda o: o.with_unit_behind(unit, uid), says)
    return new


def _copied(
    actor: int, course: Course, outline: Outline, document: Document, more: set[str]
) -> str:
    """A lesson of its own with the same words. Its id."""
    fresh = replace(document, gone=())
    uid = _free_uid(course, slug(fresh.title, "lesson"), outline)
    new_lesson(actor, course, uid, fresh)
    return uid


# --- lessons --------------------------------------------------------------------------------


def add_lesson(actor: int, course: Course, unit: str, document: Document) -> str:
    """A new lesson at the end of a unit. Its id, made of its title, is for good."""
    with writing():
        _copy, outline = _locked(course)
        outline.unit(unit)
        uid = _free_uid(course, slug(document.title, "lesson"), outline)
        new_lesson(actor, course, uid, document)
        says = _("Added the lesson “%(title)s”") % {"title": document.title}
        _change(actor, course, lambda o: o.with_lesson(uid, unit), says)
    return uid


def copy_lesson(actor: int, course: Course, uid: str) -> str:
    """The lesson once more, right behind it, with ids of its own. The new lesson's id."""
    with writing():
        _copy, outline = _locked(course)
        unit, work = outline.unit_of(uid), lesson_work(course, uid)
        if work is None:
            raise NotThere(uid)
        title = _("%(title)s, copy") % {"title": work.document.title}
        new = _copied(actor, course, outline, replace(work.document, title=title[:200]), set())
        says = _("Copied the lesson “%(title)s”") % {"title": work.document.title}
        _change(actor, course, lambda o: o.with_lesson(new, unit.uid, uid), says)
    return new


def move_lesson(actor: int, course: Course, uid: str, by: int) -> None:
    says = _("Moved the lesson “%(title)s”") % {"title": _title(course, uid)}
    _change(actor, course, lambda o: o.lesson_moved(uid, by), says)


def place_lesson(actor: int, course: Course, uid: str, unit: str, place: int) -> None:
    """To a place in a unit, counted from 0; -1 is its end."""
    says = _("Moved the lesson “%(title)s”") % {"title": _title(course, uid)}
    _change(actor, course, lambda o: o.lesson_to(uid, unit, place), says)


def remove_lesson(actor: int, course: Course, uid: str) -> None:
    with writing():
        keep_lesson(actor, course, uid)
        title = _title(course, uid)
        says = _("Took out the lesson “%(title)s”") % {"title": title}
        _change(actor, course, lambda o: o.without_lesson(uid, title, clock.now()), says)


def bring_back(actor: int, course: Course, uid: str) -> None:
    """A lesson or unit that was taken out, for as long as it is kept."""
    _change(actor, course, lambda o: o.brought_back(uid, clock.now()), _("Brought something back"))


def _title(course: Course, uid: str) -> str:
    work = lesson_work(course, uid)
    return work.document.title if work else uid


def finish(course: Course) -> None:
    """After publishing: what is published now is what the next step is made on. What was left
    out of it stays in the working copy."""
    copy = copy_of(course)
    if copy is not None:
        copy.base, copy.step = published_outline(course).plain(), 0
        copy.save()
        OutlineStep.objects.filter(copy=copy).delete()
