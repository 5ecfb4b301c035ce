"""The list of courses and the page of one, for staff."""

import io
import zipfile

import pytest

from meanwhile.courses.models import Course


def test_the_list_tells_drafts_from_published_ones(as_, cast):
    Course.objects.create(school=cast.schools["riverside"], uid="draft", title="Sound")
    client = as_("okafor")
    drafts = client.get("/courses/all/?state=drafts").content.decode()
    assert "Sound" in drafts
    assert "Light and colour" not in drafts
    found = client.get("/courses/all/?q=light").content.decode()
    assert "Light and colour" in found
    assert "Sound" not in found


def test_courses_of_another_school_are_not_there(as_, cast):
    assert "Light and colour" not in as_("moura").get("/courses/all/").content.decode()
    assert as_("moura").get(f"/courses/{cast.course.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["amina", "haddad", "moura"])
def test_the_pages_of_a_course_are_for_its_staff(as_, cast, who):
    for path in ("", "export/", "offer/", "lessons/lesson-0-0/"):
        assert as_(who).get(f"/courses/{cast.course.pk}/{path}").status_code == 404


def test_publishing_says_who_it_touches_and_happens_once(as_, cast):
    address = f"/courses/{cast.course.pk}/"
    client = as_("okafor")
    assert "12 people work through it now" in client.get(address).content.decode()
    for _ in range(2):
        client.post(f"{address}publication/", {"to": "draft", "operation": "p1"})
    cast.course.refresh_from_db()
    assert cast.course.published_at is None
    assert cast.course.edition == 2
    assert as_("amina").get(f"/learn/{cast.offering.pk}/").status_code == 404
    client.post(f"{address}publication/", {"to": "published", "operation": "p2"})
    assert as_("amina").get(f"/learn/{cast.offering.pk}/").status_code == 200


def test_a_course_is_put_away_and_taken_out_again(as_, cast):
    address = f"/courses/{cast.course.pk}/archive/"
    client = as_("brandt")
    client.post(address, {"to": "away"})
    line = f'<a href="/courses/{cast.course.pk}/">'
    assert line not in client.get("/courses/all/").content.decode()
    assert line in client.get("/courses/all/?state=archived").content.decode()
    client.post(address, {"to": "list"})
    assert line in client.get("/courses/all/").content.decode()


def test_an_assistant_looks_but_changes_nothing(as_, cast):
    client = as_("osei")
    assert b"Make it a draft" not in client.get(f"/courses/{cast.course.pk}/").content
    assert client.post(f"/courses/{cast.course.pk}/publication/").status_code == 404
    assert client.post(f"/courses/{cast.course.pk}/archive/").status_code == 404


def test_it_goes_out_as_a_zip_of_its_files(as_, cast):
    response = as_("okafor").get(f"/courses/{cast.course.pk}/export/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="light.zip"'
    package = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    assert "light/course.md" in package.namelist()


def test_a_lesson_is_looked_at_without_a_trace(as_, cast):
    from meanwhile.learning.models import Participation

    response = as_("okafor").get(f"/courses/{cast.course.pk}/lessons/lesson-0-0/")
    assert "Nothing you do here is kept." in response.content.decode()
    assert "Where is the fish really?" in response.content.decode()
    assert not Participation.objects.exists()
    assert as_("okafor").get(f"/courses/{cast.course.pk}/lessons/none/").status_code == 404
