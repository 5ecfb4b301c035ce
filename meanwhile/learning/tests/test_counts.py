"""The counts that are kept: never stale, counted no oftener than they move."""

from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.models import Block, Course, Lesson
from meanwhile.learning import actions, queries
from meanwhile.learning.actions import counts
from meanwhile.learning.models import Participation
from meanwhile.learning.tests.conftest import RIGHT, change, kept_of, sent
from meanwhile.people.who import Who

LEARNERS = ("amina", "baraka", "ella", "freya", "hana")


def take_out(cast, uid: str = "fish-0", back: bool = False) -> None:
    moment = None if back else clock.now()
    Block.objects.filter(lesson__uid="lesson-0-0", uid=uid).update(removed_at=moment)


def finish_everything(cast, give) -> None:
    who = Who(cast.amina)
    for block in Block.objects.filter(lesson__course=cast.course).select_related("lesson"):
        if block.answers:
            give("amina", block.lesson.uid, block.uid, RIGHT)
        else:
            actions.note_reading(who, cast.offering, block.lesson, done=[block.uid])


def test_the_day_somebody_finished_is_kept_when_more_is_added(
    cast, give, offering, django_capture_on_commit_callbacks
):
    finish_everything(cast, give)
    first = kept_of(cast.amina, offering).finished_at
    assert first is not None
    more = Block.objects.create(
        lesson=Block.objects.first().lesson, uid="more", kind="text", position=9
    )
    with django_capture_on_commit_callbacks(execute=True):
        change(cast.course)
    kept = kept_of(cast.amina, offering)
    assert (kept.finished, kept.finished_at) == (False, first)
    more.delete()
    with django_capture_on_commit_callbacks(execute=True):
        change(cast.course)
    kept = kept_of(cast.amina, offering)
    assert (kept.finished, kept.finished_at) == (True, first)


def test_whoever_looks_before_all_are_counted_sees_the_course_as_it_is(cast, give, offering):
    for who in ("amina", "ella"):
        give(who, "lesson-0-0", "fish-0", RIGHT)
    take_out(cast)
    change(cast.course)  # nobody listens yet
    assert kept_of(cast.amina, offering).right == 1, "still of the edition before"
    offering.refresh_from_db()
    found = queries.participations(offering, [cast.amina, cast.ella])
    assert {row.right for row in found.values()} == {0}
    assert kept_of(cast.amina, offering).right == 1, "looking stores nothing"


def test_a_guardian_sees_the_course_as_it_is(cast, as_, give):
    give("amina", "lesson-0-0", "fish-0", RIGHT)
    before = as_("haddad").get(reverse("web:today")).content.decode()
    assert "1 of 16 parts done." in before
    take_out(cast)
    change(cast.course)
    after = as_("haddad").get(reverse("web:today")).content.decode()
    assert "0 of 15 parts done." in after


def test_everybody_is_counted_some_at_a_time_and_again_after_a_stop(
    cast, give, offering, monkeypatch
):
    for who in LEARNERS:
        give(who, "lesson-0-0", "fish-0", RIGHT)
    take_out(cast)
    change(cast.course)
    monkeypatch.setattr(counts, "AT_ONCE", 2)
    recount, sizes = counts.recount, []

    def stops_at_the_second(course, edition, rows, also=()):
        sizes.append(len(rows))
        if len(sizes) == 2:
            raise OSError("the power went")
        recount(course, edition, rows, also)

    monkeypatch.setattr(counts, "recount", stops_at_the_second)
    with pytest.raises(OSError, match="power"):
        actions.recount_course(cast.course.pk)
    assert Participation.objects.filter(right=0).count() == 2
    assert actions.recount_course(cast.course.pk) == 3
    assert sizes == [2, 2, 2, 1]
    assert not Participation.objects.exclude(right=0).exists()
    assert actions.recount_course(cast.course.pk) == 0, "and never for nothing"


def test_what_moves_no_count_counts_nothing(cast, as_, give):
    client = as_("amina")
    give("amina", "lesson-0-0", "fish-0", "same")
    part = [cast.offering.pk, "lesson-0-0", "fish-0"]
    deeds = {
        "draft": (part, {"words": '{"choice":["same"]}'}),
        "hint": ([*part, 1], {}),
        "reason": (part, {}),
        "film": ([*part[:2], "text-0"], {"seconds": "7"}),
        "reading": (part[:2], {"block": "text-1", "spot": "p1"}),
    }
    for name, (args, form) in deeds.items():
        with CaptureQueriesContext(connection) as asked:
            reply = client.post(reverse(f"learning:{name}", args=args), form | {"operation": name})
        assert reply.status_code in (200, 302), name
        assert not [each for each in asked if "GROUP BY" in each["sql"]], name
    assert Participation.objects.get().block.uid == "text-1", "the place is kept all the same"


def test_a_clock_that_was_put_back_does_not_hold_the_place(cast, as_, give, offering):
    ahead = clock.now() + timedelta(days=2)
    with clock.at(ahead):
        give("amina", "lesson-0-1", "fish-0", RIGHT)
    at = reverse("learning:reading", args=[cast.offering.pk, "lesson-0-0"])
    as_("amina").post(at, {"block": "text-1", "spot": "p1"}, headers={"X-Age": "2.7"})
    kept = kept_of(cast.amina, offering)
    assert (kept.lesson.uid, kept.block.uid) == ("lesson-0-0", "text-1")
    assert kept.last_active_at < ahead
    as_("amina").post(at, {"block": "text-0"}, headers={"X-Age": "3600"})
    assert kept_of(cast.amina, offering).block.uid == "text-1", "that one waited on a device"


@pytest.fixture
def elsewhere():
    """Run something over another connection: `thread = elsewhere(function)`."""
    threads = []

    def run(function) -> Thread:
        def work() -> None:
            try:
                function()
            finally:
                connection.close()

        threads.append(Thread(target=work))
        threads[-1].start()
        return threads[-1]

    yield run
    for thread in threads:
        thread.join(20)


two_connections = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)


@two_connections
@pytest.mark.django_db(transaction=True)
def test_a_first_answer_during_a_change_is_counted_over_what_the_course_becomes(
    cast, offering, elsewhere
):
    block = Block.objects.select_related("lesson__unit").get(lesson__uid="lesson-0-0", uid="fish-0")
    answered, go_on = Event(), Event()

    def first_answer() -> None:
        with writing():
            actions.answer(Who(cast.amina), offering, block, sent(RIGHT), None)
            answered.set()
            go_on.wait(10)

    def edit() -> None:
        with writing():
            Course.objects.select_for_update().get(pk=cast.course.pk)
            take_out(cast)
            change(cast.course)

    writer = elsewhere(first_answer)
    assert answered.wait(10)
    editor = elsewhere(edit)
    editor.join(1)
    assert editor.is_alive(), "the change waits for whoever holds the course"
    go_on.set()
    writer.join(10)
    editor.join(10)
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.answered, kept.right) == (0, 0, 0)
    assert kept.counted_in == Course.objects.get(pk=cast.course.pk).edition


@two_connections
@pytest.mark.django_db(transaction=True)
def test_two_learners_never_wait_for_each_other(cast, offering, elsewhere):
    begun, go_on = Event(), Event()

    def slow() -> None:
        with writing():
            actions.joined(Who(cast.amina), offering)
            begun.set()
            go_on.wait(10)

    slow_one = elsewhere(slow)
    assert begun.wait(10)
    lesson = Lesson.objects.get(uid="lesson-0-0")
    other = elsewhere(lambda: actions.finish_lesson(Who(cast.ella), offering, lesson, None))
    other.join(5)
    assert not other.is_alive()
    go_on.set()
    slow_one.join(10)


@two_connections
@pytest.mark.django_db(transaction=True)
def test_a_learner_and_a_change_of_their_course_never_lock_each_other_out(
    cast, offering, elsewhere
):
    """The change comes to the rows that a learner points to in the other order."""
    failed, begun = [], Event()
    first, last = Block.objects.filter(lesson__uid="lesson-0-0", kind="text").order_by("pk")

    def noting(deed) -> None:
        try:
            deed()
        except DatabaseError as failure:
            failed.append(repr(failure))

    def edit() -> None:
        with writing():
            Course.objects.select_for_update().get(pk=cast.course.pk)
            Block.objects.filter(pk=last.pk).update(uid="another")
            begun.set()
            sleep(0.5)
            Block.objects.filter(pk=first.pk).update(uid="one")
            change(cast.course)

    editor = elsewhere(lambda: noting(edit))
    assert begun.wait(10)
    lesson = Lesson.objects.get(uid="lesson-0-0")
    noting(lambda: actions.finish_lesson(Who(cast.amina), offering, lesson, None))
    editor.join(10)
    assert not failed
    kept = kept_of(cast.amina, offering)
    assert (kept.done, kept.counted_in) == (2, Course.objects.get(pk=cast.course.pk).edition)
