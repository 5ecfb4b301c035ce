"""A lesson as one named learner meets it: for who watches their class, without writing anything."""

import re
from datetime import UTC, datetime, time

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meanwhile.assessment.models import TaskDate
from meanwhile.core import clock
from meanwhile.courses.models import Block, Lesson, Milestone, Offering
from meanwhile.learning.models import WayChoice, WayStart, WayWish
from meanwhile.people import actions
from meanwhile.testing import make_task
from tests.growth import grow
from tests.personas import PERSONAS, SIGNED_OUT, STAFF, WATCHERS, World, client_of, make_world

WHY = "zzcanaryreason"
WRITTEN = "writing/"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@pytest.fixture
def world(cast) -> World:
    return make_world(cast)


@pytest.fixture
def lesson(cast, world) -> Lesson:
    """A lesson with a part to listen to and in plainer words, and a task."""
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-1")
    main = Block.objects.get(lesson=lesson, uid="text-0")
    for way, words in (("listen", "Here it is spoken."), ("plain", "Short words.")):
        Block.objects.create(
            lesson=lesson, uid=f"look-{way}", kind="text", way=way, instead_of=main,
            data={"instead_of": main.uid, "way": way}, body=words, rendered={"body": f"<p>{words}</p>"}, position=main.position,
        )  # fmt: skip
    make_task(lesson, "explain")
    return lesson


@pytest.fixture
def agreed(cast, lesson):
    """Amina (Nairobi) has a quarter more time, two days, no timers, and listens first."""
    return actions.keep_accommodation(
        cast.farouk, cast.amina, cast.schools["riverside"], reason=WHY,
        extra_time=25, extra_days=2, hides_timers=True, formats=["listen"],
    )  # fmt: skip


@pytest.fixture
def look(cast, lesson, as_):
    def get(person: str = "amina", who: str = "okafor", page: str = "", **asked):
        key = f"{cast.offering.pk}-{cast.people[person].pk}" if person else ""
        address = f"/courses/{cast.course.pk}/{page}lessons/{lesson.uid}/"
        address += "view/" if page else ""
        return as_(who).get(address, {"as": key, **asked})

    return get


def dated(cast, lesson) -> None:
    """The unit ends and the task is due on a Friday in October, 20:00 London."""
    Offering.objects.filter(pk=cast.offering.pk).update(mode="cohort", zone="Europe/London")
    at = datetime(2026, 10, 16, 19, tzinfo=UTC)
    Milestone.objects.create(
        offering=cast.offering, unit=lesson.unit, at=at, wall="2026-10-16T20:00"
    )
    TaskDate.objects.create(
        offering=cast.offering, block=Block.objects.get(lesson=lesson, kind="task"),
        kind="fixed", zone="Europe/London", time=time(20), due_at=at, due_wall="2026-10-16T20:00", hard=True,
    )  # fmt: skip


# ── What is shown ──────────────────────────────────────────────────────────────────────────────


def test_what_is_agreed_shows_as_what_it_does(look, agreed, text):
    reply = look()
    words = text(reply)
    assert "What is different for Amina" in words
    assert "This lesson counts as 15 minutes, from 12 minutes (25% more time)" in words
    assert "Clocks and countdowns are hidden" in words
    assert "“Look first” begins this way: To listen to" in words
    assert "Here it is spoken." in words
    assert WHY not in reply.content.decode()


def test_a_learner_without_any_meets_the_lesson_as_written(look, agreed, text):
    words = text(look("leo"))
    assert "Nothing in this lesson is different for Leo" in words
    assert "Here it is spoken." not in words
    assert "counts as" not in words


def test_in_general_nothing_is_said_of_anybody(look, agreed, text):
    words = text(look(""))
    assert "What is different" not in words
    assert "Here it is spoken." not in words


def test_dates_are_theirs_where_they_are_and_where_the_reader_is(look, agreed, cast, lesson, text):
    dated(cast, lesson)
    for name in ("amina", "okafor"):
        assert cast.people[name].zone  # London and Nairobi, see the cast
    reply = look()
    page, words = reply.content.decode(), text(reply)
    assert page.count('datetime="2026-10-18T22:00+03:00"') == 2, "the unit and the task, both later"
    assert page.count('datetime="2026-10-18T20:00+01:00"') == 2
    assert "Nairobi" in words
    assert "where you are" in words
    assert "2 extra days are in it." in words
    assert 'datetime="2026-10-16T' in look("leo").content.decode()


def test_where_the_clocks_agree_a_date_stands_once(look, cast, lesson, text):
    dated(cast, lesson)
    type(cast.amina).objects.filter(pk=cast.amina.pk).update(zone="Europe/London")
    assert "where you are" not in text(look())


def test_a_form_that_is_agreed_and_missing_is_said(look, agreed, cast, lesson, text):
    Block.objects.filter(lesson=lesson, way="listen").delete()
    assert "Nothing in this lesson comes this way yet: To listen to" in text(look())


def test_a_teachers_start_shows_and_what_is_agreed_comes_first(look, cast, text):
    WayStart.objects.create(
        offering=cast.offering, person=cast.amina, way="plain", set_at=clock.now()
    )
    assert "begins this way: In shorter sentences" in text(look())
    actions.keep_accommodation(
        cast.farouk, cast.amina, cast.schools["riverside"], formats=["listen"]
    )
    assert "begins this way: To listen to" in text(look())


def test_what_a_learner_chose_or_wished_for_stays_theirs(look, cast, lesson, text):
    WayWish.objects.create(person=cast.amina, way="listen")
    main = Block.objects.get(lesson=lesson, uid="text-0")
    WayChoice.objects.create(person=cast.amina, block=main, way="plain", chosen_at=clock.now())
    words = text(look())
    assert "Nothing in this lesson is different for Amina" in words
    assert "Here it is spoken." not in words
    assert "Short words." not in words


def test_another_way_is_looked_at_without_forgetting_as_whom(look, agreed, text):
    page = look(phone="1").content.decode()
    assert "as-phone" in page
    assert "&amp;phone=1&amp;show=look-plain#" in page
    words = text(look(show="look-plain"))
    assert "Short words." in words
    assert "begins this way: To listen to" in words, "what they begin with is still said"


def test_a_lesson_being_written_is_seen_as_them_too(look, agreed, text):
    words = text(look(page=WRITTEN))
    assert "What is different for Amina" in words
    assert "“Look first” begins this way: To listen to" in words


# ── Who may ────────────────────────────────────────────────────────────────────────────────────


def test_only_who_watches_the_class_may_look_as_its_learners(cast, world, lesson):
    address = f"/courses/{cast.course.pk}/lessons/{lesson.uid}/"
    key = f"{cast.offering.pk}-{cast.amina.pk}"
    name = cast.amina.name
    for persona in PERSONAS:
        client = client_of(world.cast, persona)
        reply = client.get(address, {"as": key})
        wanted = 200 if persona in WATCHERS else 302 if persona in SIGNED_OUT else 404
        assert reply.status_code == wanted, persona
        if persona in STAFF - WATCHERS:
            plain = client.get(address)
            assert plain.status_code == 200
            assert f">{name}<" not in plain.content.decode(), f"{persona} sees a name"
            nowhere = client.get(f"/courses/{cast.course.pk}/lessons/none/")
            assert reply.content.count(b"<h1") == nowhere.content.count(b"<h1")


def test_nobody_looks_as_who_is_not_a_learner_of_theirs(cast, world, lesson, as_):
    here = cast.offering.pk
    keys = [
        f"{here}-{cast.people['ruby'].pk}",  # another class
        f"{here}-{cast.people['tiago'].pk}",  # another school
        f"{here}-{cast.people['gone'].pk}",  # has left
        f"{here}-{cast.okafor.pk}",  # teaches
        f"{world.other_class.pk}-{cast.people['ruby'].pk}",
        f"{world.other_school.pk}-{cast.people['tiago'].pk}",
        "1", "-", "x-y", f"{here}-", f"{here}-{'9' * 40}", f"{here}-{cast.amina.pk}-1", "²-³",
    ]  # fmt: skip
    for key in keys:
        reply = as_("okafor").get(f"/courses/{cast.course.pk}/lessons/{lesson.uid}/", {"as": key})
        assert reply.status_code == 404, key


def test_a_class_that_ended_is_not_in_the_list(look, cast):
    assert "<optgroup" in look("").content.decode()
    Offering.objects.filter(pk=cast.offering.pk).update(closed_at=clock.now())
    assert "<optgroup" not in look("").content.decode()
    assert look().status_code == 404


def test_a_long_list_is_cut_and_searched(look, cast, monkeypatch):
    monkeypatch.setattr("meanwhile.web.queries.seen_as.MOST", 2)
    page = look("leo").content.decode()
    assert "There are more names than fit here" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "the search of the page has a name of its own"
    assert f'-{cast.leo.pk}" selected' in page, "who is chosen is in the list all the same"
    found = look("", find="leo").content.decode()
    assert f'-{cast.leo.pk}">' in found
    assert f'-{cast.amina.pk}">' not in found
    assert "Nobody in your classes here is called “Zzz”" in look("", find="Zzz").content.decode()


# ── Nothing is written, and it costs the same ──────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["", WRITTEN])
def test_looking_writes_nothing(look, agreed, cast, lesson, page):
    dated(cast, lesson)
    before = {model: model._base_manager.count() for model in apps.get_models()}
    with CaptureQueriesContext(connection) as asked:
        reply = look(page=page, phone="1")
    assert reply.status_code == 200
    first = [each["sql"].lstrip().split()[0].upper() for each in asked]
    writing = [
        each["sql"]
        for each, word in zip(asked, first, strict=True)
        if word in WRITES and not any(own in each["sql"] for own in ("session", "last_login"))
    ]
    assert not writing
    kept = {m: m._base_manager.count() for m in apps.get_models() if "Session" not in m.__name__}
    assert {m: (before[m], n) for m, n in kept.items() if before[m] != n} == {}


def test_nothing_in_it_can_be_sent(look, agreed):
    page = look().content.decode()
    main = page[page.index("<article") : page.index("</article>")]
    assert "csrfmiddlewaretoken" not in main
    assert "hx-post" not in main
    assert "action=" not in main


def test_it_asks_no_more_of_a_class_ten_times_as_large(look, agreed, cast, world, lesson):
    dated(cast, lesson)
    look()
    with CaptureQueriesContext(connection) as before:
        look()
    grow(world)
    look()
    with CaptureQueriesContext(connection) as after:
        assert look().status_code == 200
    assert len(after) == len(before)
