"""What a teacher sees of a class, and a class of itself."""

from datetime import timedelta

import pytest

from meanwhile.core import clock
from meanwhile.courses.models import Block, Unit
from meanwhile.learning import actions, queries
from meanwhile.learning.models import Participation
from meanwhile.learning.tests.conftest import RIGHT, WRONG, change, kept_of
from meanwhile.people.models import Enrolment, Person
from meanwhile.people.who import Who

LEARNERS = ("amina", "baraka", "ella", "freya", "hana", "jonah")


def test_cells_hold_everybody_and_every_unit(cast, give, offering):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    give("amina", "lesson-0-0", "fish-1", WRONG)
    cells = queries.unit_cells(offering, [cast.amina, cast.ella])
    first, second = Unit.objects.filter(course=cast.course)
    amina = cells[cast.amina.pk]
    assert (amina[first.pk].done, amina[first.pk].answered, amina[first.pk].right) == (2, 2, 1)
    assert amina[second.pk].done == 0
    assert cells[cast.ella.pk][first.pk].total == 8


@pytest.mark.parametrize("people", [3, 60])
def test_cells_take_two_queries_however_large_the_class(
    cast, give, offering, people, django_assert_num_queries
):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    made = [Person(username=f"learner-{n}", name=f"Learner {n}") for n in range(people)]
    Person.objects.bulk_create(made)
    with django_assert_num_queries(2):
        queries.unit_cells(offering, [cast.amina, *made])


def test_company_is_told_in_words_while_it_is_small(cast, give, offering):
    unit = Unit.objects.get(uid="unit-0")
    assert queries.company(offering, unit).says == ""
    for who in LEARNERS[:3]:
        give(who, "lesson-0-0", "fish-0", RIGHT)
    found = queries.company(offering, unit, but=cast.amina)
    assert (found.count, found.says) == (2, "Others in your class are in this unit this week.")
    for who in LEARNERS[3:]:
        give(who, "lesson-0-0", "fish-0", RIGHT)
    found = queries.company(offering, unit, but=cast.amina)
    assert found.says == "5 other people are in this unit this week."
    Participation.objects.update(last_active_at=clock.now() - timedelta(days=8))
    assert queries.company(offering, unit).count == 0


def test_the_timeline_lists_days_and_lessons(cast, give, offering):
    give("amina", "lesson-0-0", "fish-0", WRONG)
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    give("amina", "lesson-0-1", "fish-0", RIGHT)
    latest, before = queries.timeline(Who(cast.okafor), cast.amina, offering)
    assert (latest.lesson, latest.says) == ("Lesson 0.1", "1 part done · 1 answer, 1 right")
    assert before.says == "1 part done · 2 answers, 1 right"


def test_a_changed_course_is_counted_afresh_for_everybody(
    cast, give, offering, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    for who in LEARNERS:
        give(who, "lesson-0-0", "fish-0", RIGHT)
    Block.objects.filter(lesson__uid="lesson-0-0", uid="fish-0").update(removed_at=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        change(cast.course)
    assert not Participation.objects.exclude(done=0, answered=0, right=0).exists()
    Participation.objects.update(counted_in=1)
    with django_assert_max_num_queries(14):
        actions.recount_course(cast.course.pk)


def test_what_is_put_back_comes_back_with_its_progress(
    cast, give, offering, django_capture_on_commit_callbacks
):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    block = Block.objects.filter(lesson__uid="lesson-0-0", uid="fish-0")
    for removed, right in ((clock.now(), 0), (None, 1)):
        block.update(removed_at=removed)
        with django_capture_on_commit_callbacks(execute=True):
            change(cast.course)
        assert kept_of(cast.amina, offering).right == right


def test_who_left_keeps_their_work(cast, give, offering):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    Enrolment.objects.filter(person=cast.amina).update(left_at=clock.now())
    assert queries.unit_cells(offering, [cast.amina])[cast.amina.pk]
    assert queries.timeline(Who(cast.okafor), cast.amina, offering)
