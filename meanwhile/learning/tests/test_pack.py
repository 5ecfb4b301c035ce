"""A unit for paper: everything to work on, and the answers for staff alone."""

import re
from itertools import pairwise

import pytest
from django.urls import reverse

from meanwhile.courses.activity import KINDS, data_of
from meanwhile.courses.models import Block, Lesson
from meanwhile.courses.rendering import block_fields
from meanwhile.learning.tests.conftest import RIGHT
from meanwhile.learning.tests.test_canary import asked, secrets

__all__ = ["asked"]


def pack_of(cast, client, unit="unit-0") -> str:
    reply = client.get(reverse("learning:pack", args=[cast.offering.pk, unit]))
    assert reply.status_code == 200
    return re.sub(r"\s+", " ", reply.content.decode())


def staff_pack_of(cast, client) -> str:
    reply = client.get(reverse("web:pack", args=[cast.course.pk, "unit-0"]))
    return re.sub(r"\s+", " ", reply.content.decode())


def test_it_holds_every_lesson_of_the_unit_and_of_no_other(cast, as_):
    page = pack_of(cast, as_("amina"))
    assert "Lesson 0.0" in page
    assert "Lesson 0.1" in page
    assert "Lesson 1.0" not in page
    assert page.count("Where is the fish really?") == 4


def test_nothing_can_be_typed_there(cast, as_):
    page = pack_of(cast, as_("amina"))
    main = page[page.index("<main") :]
    assert not re.search(r"<(input|select|textarea|form)\b", main)


def test_a_draft_is_on_the_paper_of_staff_alone(cast, as_):
    Lesson.objects.filter(uid="lesson-0-1").update(draft=True)
    assert "Lesson 0.1" not in pack_of(cast, as_("amina"))
    assert "Lesson 0.1" in staff_pack_of(cast, as_("okafor"))


def test_staff_find_the_answers_at_the_end(cast, as_):
    page = staff_pack_of(cast, as_("okafor"))
    end = page[page.index("Answers, for the teacher") :]
    assert end.count("Deeper than it looks") == 4
    assert "Light bends when it leaves the water." in end


def test_a_unit_that_is_not_there_is_not_there(cast, as_):
    away = reverse("learning:pack", args=[cast.offering.pk, "unit-9"])
    assert as_("amina").get(away).status_code == 404


@pytest.mark.promise("T10")
def test_no_answer_is_on_a_learners_paper(cast, as_, asked, give):
    """A canary in every secret field of every kind, before and after an answer elsewhere."""
    page = pack_of(cast, as_("amina"))
    assert "Wording" in page
    assert {secret for secret in secrets(asked) if secret in page} == set()


def test_an_answer_given_does_not_open_the_paper(cast, as_, give):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    assert "Light bends when it leaves the water." not in pack_of(cast, as_("amina"))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_stands_on_paper_with_its_sample(cast, as_, name):
    data, body = KINDS[name].sample()
    lesson = Lesson.objects.get(uid="lesson-0-0")
    lesson.blocks.all().delete()
    fields = block_fields(name, data, body, "sample", lambda path: f"/{path}")
    Block.objects.create(lesson=lesson, uid="sample", kind=name, data=data, body=body, **fields)
    page = pack_of(cast, as_("amina"))
    if KINDS[name].answers:
        assert "paper-" in page[page.index("paper-question") + 20 :], "no room to answer"
        right = KINDS[name].right(data_of(name, data))
        assert KINDS[name].say(data_of(name, data), right)
    assert "Answers, for the teacher" not in page


def test_places_of_two_lessons_never_have_one_name(as_, cast):
    """Lessons begin alike (“Look first”); on one page each place is its lesson's own."""
    page = '<h2 id="look">Look</h2><p id="look-p1">A<a href="#look">b</a> <a href="https://x.org/#look">c</a></p>'
    Block.objects.filter(uid="text-0").update(rendered={"body": page})
    answer = as_("amina").get(f"/learn/{cast.offering.pk}/units/unit-0/paper/")
    html = answer.content.decode()
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names))
    assert 'id="lesson-0-1--look-p1"' in html
    assert 'href="#lesson-0-1--look"' in html
    assert 'href="https://x.org/#look"' in html


def paper_of(cast, client, lesson="lesson-0-0") -> str:
    reply = client.get(reverse("learning:paper", args=[cast.offering.pk, lesson]))
    assert reply.status_code == 200
    return re.sub(r"\s+", " ", reply.content.decode())


def test_a_lesson_alone_holds_itself_and_nothing_else(cast, as_):
    page = paper_of(cast, as_("amina"))
    main = page[page.index("<main") :]
    assert "Lesson 0.0</h1>" in main
    assert "Lesson 0.1" not in main
    assert main.count("Where is the fish really?") == 2
    assert not re.search(r"<(input|select|textarea|form)\b", main)


@pytest.mark.promise("T10")
def test_no_answer_is_on_the_paper_of_a_lesson(cast, as_, asked):
    page = paper_of(cast, as_("amina"))
    assert {secret for secret in secrets(asked) if secret in page} == set()


@pytest.mark.parametrize("uid", ["lesson-9-9", "lesson-0-1"])
def test_a_lesson_that_learners_do_not_see_is_not_there(cast, as_, uid):
    Lesson.objects.filter(uid="lesson-0-1").update(draft=True)
    away = reverse("learning:paper", args=[cast.offering.pk, uid])
    assert as_("amina").get(away).status_code == 404


def test_headings_go_down_one_step_at_a_time(cast, as_):
    body = "<h2 id='look'>Look</h2><p>A</p><h3 id='then'>Then</h3>"
    Block.objects.filter(uid="text-0").update(rendered={"body": body})
    for page in (pack_of(cast, as_("amina")), paper_of(cast, as_("amina"))):
        levels = [int(each) for each in re.findall(r"<h([1-6])\b", page[page.index("<main") :])]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
