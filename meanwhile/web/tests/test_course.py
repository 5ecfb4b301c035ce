"""The home of a course for its learners, and the list of their courses."""

from meanwhile.courses.actions import close_offering
from meanwhile.courses.models import Lesson, Mode
from meanwhile.learning.models import Participation


def test_the_map_says_where_you_are_what_is_done_and_the_minutes(as_, cast, worked, text):
    worked(cast.amina, parts=6)
    response = as_("amina").get(f"/learn/{cast.offering.pk}/")
    words = text(response)
    assert "You are here" in words
    assert "Lesson 0.0 , done" in words or "Lesson 0.0, done" in words
    assert "6 of 8 parts done." in words
    assert response.content.decode().count('aria-current="step"') == 1


def test_it_shows_where_each_idea_starts_and_returns(as_, cast, text):
    words = text(as_("amina").get(f"/learn/{cast.offering.pk}/"))
    assert "I can say which way light bends." in words
    assert "Starts in “Lesson 0.0”." in words
    assert "Returns in “Lesson 0.1” , “Lesson 1.0”" in words or "Returns in “Lesson 0.1”" in words


def test_drafts_are_not_on_the_map(as_, cast, text):
    Lesson.objects.filter(uid="lesson-1-1").update(draft=True)
    words = text(as_("amina").get(f"/learn/{cast.offering.pk}/"))
    assert "Lesson 1.0" in words
    assert "Lesson 1.1" not in words


def test_a_course_without_lessons_says_what_will_come(as_, cast, text):
    Lesson.objects.update(draft=True)
    words = text(as_("amina").get(f"/learn/{cast.offering.pk}/"))
    assert "Nothing to do here yet" in words


def test_looking_does_not_begin_a_course(as_, cast):
    as_("amina").get(f"/learn/{cast.offering.pk}/")
    as_("amina").get("/")
    assert not Participation.objects.exists()


def test_start_begins_it_once_and_leads_to_the_first_lesson(as_, cast):
    cast.offering.mode = Mode.PACED
    cast.offering.save()
    client = as_("amina")
    for _ in range(2):
        response = client.post(f"/learn/{cast.offering.pk}/start/", {"operation": "one"})
        assert response.url.startswith(f"/learn/{cast.offering.pk}/lesson-0-0/")
    row = Participation.objects.get()
    assert (row.person, row.lesson.uid) == (cast.amina, "lesson-0-0")


def test_it_is_not_there_for_who_does_not_learn_in_it(as_, cast):
    for who in ("ruby", "tiago", "okafor", "haddad"):
        assert as_(who).get(f"/learn/{cast.offering.pk}/").status_code == 404
        assert as_(who).post(f"/learn/{cast.offering.pk}/start/").status_code == 404


def test_a_closed_course_stays_readable(as_, cast, text):
    close_offering(None, cast.offering)
    words = text(as_("amina").get(f"/learn/{cast.offering.pk}/"))
    assert "You can still read everything" in words
    listed = text(as_("amina").get("/courses/"))
    assert "Finished and closed" in listed


def test_the_list_has_ones_own_courses(as_, cast, worked, text):
    worked(cast.amina, parts=2)
    words = text(as_("amina").get("/courses/"))
    assert "Light and colour" in words
    assert "2 of 16 parts done." in words
    assert "No courses yet" in text(as_("ruby").get("/courses/"))


def test_staff_who_learn_nothing_get_the_courses_of_the_school(as_, text):
    words = text(as_("brandt").get("/courses/"))
    assert "Bring in a course" in words
