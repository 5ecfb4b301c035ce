"""The progress page, and the figures behind it."""

import re

import pytest
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.courses.models import Block, Lesson, Objective, Offering
from meanwhile.learning import progress, queries
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import Figures, Mark, Part
from meanwhile.learning.tests.conftest import RIGHT, WRONG
from meanwhile.people.who import Who
from meanwhile.testing import make_course


def page_of(client) -> str:
    return re.sub(r"\s+", " ", client.get(reverse("learning:progress")).content.decode())


def finish(client, cast, *lessons: str) -> None:
    for lesson in lessons:
        at = reverse("learning:reading", args=[cast.offering.pk, lesson])
        client.post(at, {"finish": "1"})


def test_it_says_what_is_done_and_understood(cast, as_, give):
    client = as_("amina")
    finish(client, cast, "lesson-0-0")
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    give("amina", "lesson-0-0", "fish-1", WRONG)
    page = page_of(client)
    assert "You have done 4 of 16 parts." in page
    assert "1 of 4 lessons" in page
    assert "1 of 2 right" in page
    assert "4 of 4 parts done. 1 of 2 last answers right." in page


def test_nothing_done_is_said_kindly(cast, as_):
    page = page_of(as_("amina"))
    assert "You have done 0 of 16 parts." in page
    assert "no answers yet" in page
    assert "How well do you know" not in page


def test_a_finished_but_shaky_unit_has_its_own_next_step(cast, as_, give, offering):
    client = as_("amina")
    finish(client, cast, "lesson-0-0", "lesson-0-1", "lesson-1-0", "lesson-1-1")
    for lesson in ("lesson-0-0", "lesson-0-1", "lesson-1-0", "lesson-1-1"):
        for block in ("fish-0", "fish-1"):
            give("amina", lesson, block, WRONG if lesson == "lesson-0-1" else RIGHT)
    give("amina", "lesson-0-0", "fish-1", WRONG)
    step = queries.next_step(Who(cast.amina), offering)
    assert (step.kind, step.unit.uid) == ("practice", "unit-0")
    assert step.url.endswith("/lesson-0-0/#fish-1")
    assert "1 of your last 4 answers" in step.says
    assert Participation.objects.get().shaky_in.uid == "unit-0"
    page = page_of(client)
    assert "Done, still shaky" in page
    assert "Your next step: Unit 0, once more" in page
    for lesson, block in (("lesson-0-0", "fish-1"), ("lesson-0-1", "fish-0")):
        give("amina", lesson, block, RIGHT)
    assert queries.next_step(Who(cast.amina), offering).kind == "finished"


def test_the_next_step_goes_on_from_the_place(cast, as_, give, offering):
    who = Who(cast.amina)
    assert queries.next_step(who, offering).kind == "start"
    client = as_("amina")
    finish(client, cast, "lesson-0-0")
    step = queries.next_step(who, offering)
    assert (step.kind, step.lesson.uid) == ("lesson", "lesson-0-1")
    give("amina", "lesson-0-1", "fish-0", RIGHT)
    step = queries.next_step(who, offering)
    assert (step.kind, step.lesson.uid, step.minutes) == ("resume", "lesson-0-1", 10)
    finish(client, cast, "lesson-0-1", "lesson-1-0", "lesson-1-1")
    assert queries.next_step(who, offering).lesson.uid == "lesson-1-1", "its questions are open"
    Lesson.objects.filter(unit__uid="unit-1").update(draft=True)
    assert queries.next_step(who, offering).lesson.uid == "lesson-0-0", "back to what is open"
    Lesson.objects.update(draft=True)
    assert queries.next_step(who, offering).kind == "empty"


def test_the_continue_card_is_of_the_course_they_were_last_in(cast, give, offering):
    other = Offering.objects.create(
        course=make_course(cast.schools["riverside"], uid="sound"),
        cohort=cast.cohorts["8b"],
        starts_on="2026-10-01",
        zone="Europe/London",
        made_at=clock.now(),
    )
    who = Who(cast.amina)
    assert queries.continue_card(who).offering.pk == other.pk, "the newest, while none is begun"
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    assert queries.continue_card(who).offering.pk == offering.pk
    Offering.objects.update(closed_at=clock.now())
    assert queries.continue_card(who) is None
    assert queries.continue_card(Who(cast.okafor)) is None


def test_ideas_count_their_own_blocks_or_those_of_their_lesson(cast, give):
    idea = Objective.objects.create(course=cast.course, uid="see", text="I can see it.")
    idea.builds_on.add(Objective.objects.get(uid="bend"))
    block = Block.objects.get(lesson__uid="lesson-0-0", uid="text-0")
    block.objectives.add(idea)
    [page] = queries.courses_progress(Who(cast.amina))
    bend, see = page.ideas
    assert see.can == "see it"
    assert [other.uid for other in see.builds_on] == ["bend"]
    assert see.figures.total == 1
    assert bend.figures.total == 15, "that block has an objective of its own"


def test_confidence_against_result_is_shown_from_eight_answers_on(cast, as_, give):
    client = as_("amina")
    for number in range(7):
        give("amina", "lesson-0-0", "fish-0", RIGHT if number % 2 else WRONG, sure=2)
    assert "How well do you know" not in page_of(client)
    give("amina", "lesson-0-0", "fish-0", RIGHT, sure=0)
    page = page_of(client)
    assert "When you say “very sure” you are right 3 times in 7." in page
    assert "Very sure: 3 of 7 right" in page
    assert "Guessing: 1 of 1 right" in page


@pytest.mark.parametrize("lessons", [2, 12])
def test_the_page_takes_the_same_queries_however_long_the_course(
    cast, as_, lessons, django_assert_num_queries
):
    Offering.objects.create(
        course=make_course(cast.schools["riverside"], uid="long", units=4, lessons=lessons),
        cohort=cast.cohorts["8b"],
        starts_on="2026-10-01",
        zone="Europe/London",
        made_at=clock.now(),
    )
    client = as_("amina")
    with django_assert_num_queries(14):
        client.get(reverse("learning:progress"))


def part(done: bool, minutes: float = 1, answers: bool = False) -> Part:
    return Part(1, answers, minutes, Mark(done=done))


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ([], 0),
        ([part(False)], 12),
        ([part(True)], 0),
        ([part(True, 1), part(False, 2)], 8),
        ([part(True, 99), part(False, 1)], 1),
        ([part(True, 0), part(False, 0)], 6),
        ([part(True, 5), part(False, 0)], 1),
    ],
)
def test_minutes_left_follow_the_minutes_of_what_is_open(parts, left):
    assert progress.minutes_left(12, parts) == left


def test_every_figure_has_its_sentence():
    assert Figures(12, 8, 9, 7, 5).says == "8 of 12 parts done. 5 of 7 last answers right."
    assert Figures(1, 0).says == "0 of 1 part done."
    assert Figures().says == "Nothing to do here yet."
    assert Figures(3, 1, 2).says == "1 of 3 parts done. 2 questions, no answers yet."
