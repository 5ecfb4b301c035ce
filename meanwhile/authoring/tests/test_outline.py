"""The outline: changed step by step, taken back, and nobody's progress touched."""

from datetime import timedelta

import pytest
import time_machine

from meanwhile.authoring.models import WorkingCopy
from meanwhile.authoring.outline import NotThere, Outline, UnitPlan, caught_up
from meanwhile.core import clock
from meanwhile.courses.models import Course, Lesson, Unit


def plan(writer) -> dict[str, list[str]]:
    return {unit.uid: list(unit.lessons) for unit in writer.work().outline.units}


AS_PUBLISHED = {"unit-0": ["lesson-0-0", "lesson-0-1"], "unit-1": ["lesson-1-0", "lesson-1-1"]}


def test_looking_begins_no_working_copy(writer):
    assert writer.get("outline").status_code == 200
    assert not WorkingCopy.objects.exists()


def test_a_lesson_moves_within_its_unit_and_over_its_edge(writer):
    writer.order("lesson down", uid="lesson-0-0")
    assert plan(writer)["unit-0"] == ["lesson-0-1", "lesson-0-0"]
    writer.order("lesson down", uid="lesson-0-0")
    assert plan(writer) == {
        "unit-0": ["lesson-0-1"],
        "unit-1": ["lesson-0-0", "lesson-1-0", "lesson-1-1"],
    }
    writer.order("lesson up", uid="lesson-0-0")
    assert plan(writer)["unit-0"] == ["lesson-0-1", "lesson-0-0"]


def test_the_first_lesson_cannot_go_up(writer):
    writer.order("lesson up", uid="lesson-0-0")
    assert plan(writer) == AS_PUBLISHED


def test_a_lesson_is_dropped_at_a_place_of_another_unit(writer):
    writer.order("place lesson", uid="lesson-0-0", unit="unit-1", place="1")
    assert plan(writer)["unit-1"] == ["lesson-1-0", "lesson-0-0", "lesson-1-1"]
    writer.order("place lesson", uid="lesson-0-0", unit="unit-0")
    assert plan(writer)["unit-0"] == ["lesson-0-1", "lesson-0-0"]


def test_units_are_added_changed_and_moved(writer):
    writer.order("add unit", title="What's the rule?")
    writer.order("unit up", uid="whats-the-rule")
    assert list(plan(writer)) == ["unit-0", "whats-the-rule", "unit-1"]
    writer.order("change unit", uid="unit-0", title="Light", summary="Soon", intro="Welcome.")
    first = writer.work().outline.units[0]
    assert (first.uid, first.title, first.summary, first.intro) == (
        "unit-0", "Light", "Soon", "Welcome.",
    )  # fmt: skip


def test_undo_and_redo_go_step_by_step(writer):
    writer.order("lesson down", uid="lesson-0-0")
    writer.order("remove unit", uid="unit-1")
    assert list(plan(writer)) == ["unit-0"]
    writer.order("undo")
    assert list(plan(writer)) == ["unit-0", "unit-1"]
    writer.order("undo")
    assert plan(writer) == AS_PUBLISHED
    assert not writer.work().undo
    writer.order("redo")
    assert plan(writer)["unit-0"] == ["lesson-0-1", "lesson-0-0"]
    writer.order("add unit", title="More")
    assert not writer.work().redo, "a new step forgets what could be done again"


def test_what_is_taken_out_comes_back_for_thirty_days(writer):
    writer.order("remove lesson", uid="lesson-0-0")
    assert plan(writer)["unit-0"] == ["lesson-0-1"]
    assert [each.title for each in writer.work().gone] == ["Lesson 0.0"]
    now = clock.now()
    with time_machine.travel(now + timedelta(days=29), tick=False):
        writer.order("bring back", uid="lesson-0-0")
        assert "lesson-0-0" in plan(writer)["unit-0"]
        writer.order("remove lesson", uid="lesson-0-0")
    with time_machine.travel(now + timedelta(days=60), tick=False):
        assert not writer.work().gone
        writer.order("bring back", uid="lesson-0-0")
        assert "lesson-0-0" not in plan(writer)["unit-0"]


def test_a_unit_comes_back_with_its_lessons(writer):
    writer.order("remove unit", uid="unit-0")
    writer.order("bring back", uid="unit-0")
    assert plan(writer)["unit-0"] == AS_PUBLISHED["unit-0"]


def test_a_copy_has_ids_of_its_own(writer):
    writer.order("copy lesson", uid="lesson-0-0")
    one, two, *_rest = plan(writer)["unit-0"]
    assert one == "lesson-0-0"
    assert two not in {"lesson-0-0", "lesson-0-1"}
    old, new = writer.lesson(one).document, writer.lesson(two).document
    assert [part.words for part in new.parts] == [part.words for part in old.parts]
    writer.order("copy unit", uid="unit-0")
    copied = [unit for unit in plan(writer) if unit not in AS_PUBLISHED]
    lessons = [lesson for unit in plan(writer).values() for lesson in unit]
    assert len(copied) == 1
    assert len(lessons) == len(set(lessons)) == 8


def test_nothing_of_it_reaches_the_course_before_it_is_published(writer):
    writer.order("remove unit", uid="unit-1")
    writer.order("lesson down", uid="lesson-0-0")
    writer.order("add unit", title="New")
    assert Unit.objects.live().filter(course=writer.course).count() == 2
    assert Course.objects.get(pk=writer.course.pk).edition == 1


def test_an_id_is_never_given_twice(writer):
    writer.order("add unit", title="Lesson 0 0")
    assert "lesson-0-0-2" in plan(writer)


def test_two_teachers_move_different_lessons_and_both_stay(writer, writer_of):
    other = writer_of("lindqvist")
    writer.order("lesson down", uid="lesson-0-0")
    other.order("lesson down", uid="lesson-1-0")
    assert plan(writer) == {
        "unit-0": ["lesson-0-1", "lesson-0-0"],
        "unit-1": ["lesson-1-1", "lesson-1-0"],
    }


def test_what_somebody_else_took_out_is_said_and_nothing_breaks(writer):
    writer.order("remove lesson", uid="lesson-0-0")
    page = writer.client.post(
        writer.address("order"), {"deed": "lesson up", "uid": "lesson-0-0"}, follow=True
    )
    assert "not in the outline any more" in page.content.decode()


def test_lessons_that_were_taken_in_meanwhile_join_the_outline():
    base = Outline((UnitPlan("a", "A", lessons=("one", "two")),))
    mine = base.lesson_moved("one", 1)
    newer = Outline(
        (
            UnitPlan("a", "A", lessons=("one", "between", "two")),
            UnitPlan("b", "B", lessons=("three",)),
        )
    )
    units = caught_up(mine, base, newer).units
    assert [(unit.uid, unit.lessons) for unit in units] == [
        ("a", ("two", "one", "between")),
        ("b", ("three",)),
    ]


def test_what_i_took_out_stays_out_when_an_edition_is_taken_in():
    base = Outline((UnitPlan("a", "A", lessons=("one", "two")),))
    mine = base.without_lesson("two", "Two", clock.now())
    assert caught_up(mine, base, base).lessons() == ["one"]


def test_a_lesson_of_no_outline_cannot_be_moved():
    with pytest.raises(NotThere):
        Outline().lesson_moved("x", 1)


def test_a_course_is_begun_with_nothing_but_a_title(writer):
    page = writer.client.post(
        "/courses/new/",
        {"title": "Sound", "school": writer.course.school_id, "operation": "a" * 20},
    )
    course = Course.objects.get(uid="sound")
    assert page.headers["Location"] == f"/courses/{course.pk}/writing/"
    assert course.published_at is None
    assert not Lesson.objects.filter(course=course).exists()


def test_a_new_lesson_opens_for_writing(writer):
    page = writer.order("add lesson", uid="unit-0", title="Sound waves", template="explain")
    assert page.headers["Location"].endswith("/lessons/sound-waves/")
    kinds = [part.kind for part in writer.lesson("sound-waves").document.parts]
    assert kinds == ["text", "text", "text", "choice", "text"]
    assert not any(part.read().problems for part in writer.lesson("sound-waves").document.parts)
