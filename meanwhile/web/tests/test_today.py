"""Today: for a learner, a teacher, a guardian, a school admin, nobody."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from meanwhile.core import clock
from meanwhile.courses.actions import make_offering
from meanwhile.courses.models import Mode, Unit
from meanwhile.people.models import Enrolment, Membership, Note, Person
from meanwhile.testing import make_course

EVENING = datetime(2026, 10, 13, 15, 42, tzinfo=UTC)  # 18:42 in Nairobi, 16:42 in Leeds


def test_somebody_who_is_not_signed_in_goes_to_the_sign_in(client, cast):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_it_greets_by_the_readers_own_clock(as_, text):
    with time_machine.travel(EVENING, tick=False):
        assert "Good evening, Amina" in text(as_("amina").get("/"))
        assert "Good afternoon, Leo" in text(as_("leo").get("/"))
    with time_machine.travel(datetime(2026, 10, 13, 0, 30, tzinfo=UTC), tick=False):
        assert "Hello, Amina" in text(as_("amina").get("/"))


def test_it_begins_with_the_one_next_thing_and_its_minutes(as_, cast, worked, text):
    worked(cast.amina, parts=1)
    words = text(as_("amina").get("/"))
    assert "You stopped at “What the water does”." in words
    assert "9 minutes left." in words
    page = as_("amina").get("/").content.decode()
    assert page.count("button-main") == 1
    assert f'href="/learn/{cast.offering.pk}/lesson-0-0/' in page


def test_a_learner_who_begins_is_told_where_to_start(as_, text):
    words = text(as_("amina").get("/"))
    assert "Start" in words
    assert "Lesson 0.0" in words
    assert "After that" in words


def test_in_a_paced_course_start_is_a_deed(as_, cast):
    cast.offering.mode = Mode.PACED
    cast.offering.save()
    page = as_("amina").get("/").content.decode()
    assert f'action="/learn/{cast.offering.pk}/start/"' in page
    assert "count from the day you start" in page


def test_dates_come_in_the_readers_zone_with_what_is_possible_afterwards(as_, cast, text):
    first, second = Unit.objects.filter(course=cast.course).order_by("position")
    cast.offering.delete()
    with time_machine.travel(datetime(2026, 9, 7, tzinfo=UTC)):
        make_offering(
            None, cast.course, cast.cohorts["8b"], Mode.COHORT, EVENING.date(), "Europe/London",
            {first.pk: datetime(2026, 10, 16, 20), second.pk: datetime(2026, 10, 23, 20)},
        )  # fmt: skip
    with time_machine.travel(EVENING, tick=False):
        words = text(as_("amina").get("/"))
    assert "Fri 16 Oct, 22:00 Nairobi · in 3 days" in words
    assert "Nothing closes and nothing is taken off." in words


def test_a_date_that_has_passed_is_never_blamed(as_, cast, text):
    first, second = Unit.objects.filter(course=cast.course).order_by("position")
    with time_machine.travel(datetime(2026, 9, 7, tzinfo=UTC)):
        cast.offering.delete()
        make_offering(
            None, cast.course, cast.cohorts["8b"], Mode.COHORT, EVENING.date(), "Europe/London",
            {first.pk: datetime(2026, 9, 20, 20), second.pk: datetime(2026, 10, 1, 20)},
        )  # fmt: skip
    with time_machine.travel(EVENING, tick=False):
        words = text(as_("amina").get("/"))
    assert words.count("The date has passed. You can still do it, and nothing is taken off.") == 1
    assert "overdue" not in words.lower()
    assert "late" not in words.lower().split()


def test_it_shows_how_far_on_two_axes(as_, cast, worked, text):
    worked(cast.amina, parts=4, right=False)
    words = text(as_("amina").get("/"))
    assert "4 of 16 parts done." in words
    assert "0 of 2 last answers right." in words


def test_notes_of_teachers_are_read_here(as_, cast, text):
    now = clock.now()
    for days, words in ((1, "A short one this week."), (30, "Long ago.")):
        Note.objects.create(
            cohort=cast.cohorts["8b"], author=cast.okafor, words=words,
            sent_at=now - timedelta(days=days),
        )  # fmt: skip
    words = text(as_("amina").get("/"))
    assert "A short one this week." in words
    assert "Ms Okafor" in words
    assert "Long ago." not in words
    assert "A short one" not in text(as_("ruby").get("/"))


def test_company_is_one_line_and_only_for_five_or_more(as_, cast, worked, text):
    worked(cast.amina, parts=2)
    for person in (cast.leo, cast.mei, cast.baraka, cast.yusuf):
        worked(person, parts=2)
    few = text(as_("amina").get("/"))
    assert "Others in your class are in this unit this week." in few
    worked(cast.freya, parts=2)
    many = as_("amina").get("/")
    assert "5 others in your class are in this unit this week." in text(many)
    for name in ("Freya", "Mei", "Baraka"):
        assert name not in text(many)


def test_several_courses_stand_below_the_first(as_, cast, worked, text):
    other = make_course(cast.schools["riverside"], uid="other")
    other.title = "Sound"
    other.save()
    make_offering(None, other, cast.cohorts["8b"], Mode.OPEN, EVENING.date(), "UTC")
    worked(cast.amina)
    words = text(as_("amina").get("/"))
    assert "Your other courses" in words
    assert "Sound" in words


def test_a_course_that_is_finished_says_so(as_, cast, worked, text):
    worked(cast.amina, parts=16)
    words = text(as_("amina").get("/"))
    assert "You finished this course" in words
    assert "Read again" in words


def test_somebody_without_a_class_is_led_to_the_class_code(as_, cast, text):
    nobody = Person.objects.create_user("new.one", "x", name="New One")
    words = text(as_(nobody).get("/"))
    assert "No class yet" in words


def test_a_teacher_sees_their_classes_and_who_needs_a_look(as_, cast, worked, text):
    worked(cast.amina, parts=8, right=False)
    worked(cast.hana, parts=3, right=False, wrong_run=3)
    words = text(as_("okafor").get("/"))
    assert "8B Science" in words
    assert "1 stuck, 1 done but shaky" in words
    assert "2 need a look" in words
    assert "8C Science" not in words


def test_a_guardian_sees_how_far_and_when_but_no_answers(as_, cast, worked, text):
    worked(cast.amina, parts=3, right=False)
    worked(cast.leo, parts=3)
    response = as_("haddad").get("/")
    words = text(response)
    assert "Amina knows that you can see this" in words
    assert "3 of 16 parts done." in words
    assert "Exactly where it looks" not in words
    assert "Leo" not in words


def test_a_child_who_left_the_class_takes_its_course_along(as_, cast, text):
    Enrolment.objects.filter(person=cast.amina).update(left_at=clock.now())
    assert "In no course right now." in text(as_("haddad").get("/"))


def test_a_school_admin_without_classes_goes_to_the_school(as_, cast):
    response = as_("reyes").get("/")
    assert response.status_code == 302
    assert response.url == f"/school/{cast.schools['riverside'].pk}/"


def test_who_is_shut_out_of_their_school_comes_no_further_than_the_sign_in(as_, cast):
    Membership.objects.filter(person=cast.amina).update(suspended_at=clock.now())
    assert as_("amina").get("/").status_code == 302


@pytest.mark.parametrize("who", ["amina", "okafor", "haddad"])
def test_it_asks_no_more_of_a_class_ten_times_as_large(
    as_, cast, worked, who, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for person in (cast.amina, cast.leo, cast.mei):
        worked(person, parts=4)
    client = as_(who)
    client.get("/")
    with CaptureQueriesContext(connection) as before:
        client.get("/")
    for n in range(30):
        person = Person.objects.create_user(f"more.{n}", None, name=f"More {n}")
        Membership.objects.create(person=person, school=cast.schools["riverside"], role="learner")
        Enrolment.objects.create(
            person=person, cohort=cast.cohorts["8b"], role="learner", joined_at=clock.now()
        )
        worked(person, parts=4)
    with django_assert_num_queries(len(before)):
        client.get("/")
