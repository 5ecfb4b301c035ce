"""The versions of a film: at the address of the film, to those who may see it, at page time."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meanwhile.core import clock
from meanwhile.courses.models import Asset, Block, Course, Lesson
from meanwhile.courses.queries.films import films_played
from meanwhile.learning.queries import lesson_view
from meanwhile.media import store
from meanwhile.media.actions import keep_blob, keep_version
from meanwhile.media.models import Blob, Film, Version, VersionName
from meanwhile.people.who import Who

MADE = {
    VersionName.HIGH: ("video/mp4", (1920, 1080)),
    VersionName.MIDDLE: ("video/mp4", (854, 480)),
    VersionName.LOW: ("video/mp4", (426, 240)),
    VersionName.SOUND: ("audio/mp4", (0, 0)),
    VersionName.POSTER: ("image/webp", (1280, 720)),
    VersionName.WAVES: ("application/json", (0, 0)),
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def film_in(course: Course, path: str, names=tuple(MADE)) -> Blob:
    """A film of the course with versions whose bytes are their name, ten times."""
    blob = keep_blob(BytesIO(b"\0\0\0\x18ftypmp42" + path.encode()), path)
    Asset.objects.create(course=course, path=path, blob=blob)
    film = Film.objects.create(blob=blob, seconds=61.5, sounds=True, made_at=clock.now())
    for name in names:
        made = store.blobs_folder() / "made"
        made.write_bytes(name.encode() * 10)
        keep_version(film, name, made, *MADE[name])
    return blob


def shown_in(lesson: Lesson, path: str) -> Block:
    url = reverse("courses:asset", args=[lesson.course_id, path])
    return Block.objects.create(
        lesson=lesson,
        uid=f"film-{Block.objects.count()}",
        kind="video",
        data={"src": path, "title": "A beam"},
        rendered={"body": "", "url": url},
        position=50,
    )


@pytest.fixture
def address(cast) -> str:
    film_in(cast.course, "media/beam.mp4")
    return reverse("courses:asset", args=[cast.course.pk, "media/beam.mp4"])


@pytest.mark.parametrize("name", list(MADE))
@pytest.mark.parametrize("person", ["amina", "leo", "okafor", "osei", "brandt", "farouk", "reyes"])
def test_who_may_see_the_film_gets_each_version(as_, address, person, name):
    answer = as_(person).get(address, {"version": name})
    assert answer.status_code == 200
    assert answer.getvalue() == name.encode() * 10
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Type"] == MADE[name][0]


@pytest.mark.parametrize("name", list(MADE))
@pytest.mark.parametrize("person", ["ruby", "tiago", "moura", "costa", "haddad", "sato", "site"])
def test_other_people_get_the_same_404_as_for_no_such_version(as_, address, person, name):
    assert as_(person).get(address, {"version": name}).status_code == 404
    assert as_(person).get(address, {"version": "none"}).status_code == 404


@pytest.mark.parametrize("name", list(MADE))
def test_nobody_gets_a_version_unsigned(client, address, name):
    answer = client.get(address, {"version": name})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", list(MADE))
def test_leaving_the_class_ends_every_version_at_once(cast, as_, address, name):
    amina = as_("amina")
    tag = amina.get(address, {"version": name})["ETag"]
    cast.amina.enrolments.update(left_at=timezone.now())
    again = amina.get(address, {"version": name}, headers={"If-None-Match": tag})
    assert again.status_code == 404


def test_withdrawing_the_course_ends_it_for_learners(cast, as_, address):
    Course.objects.filter(pk=cast.course.pk).update(published_at=None)
    assert as_("amina").get(address, {"version": "low"}).status_code == 404
    assert as_("okafor").get(address, {"version": "low"}).status_code == 200


def test_a_version_can_be_entered_in_the_middle(as_, address):
    amina = as_("amina")
    part = amina.get(address, {"version": "low"}, headers={"Range": "bytes=27-"})
    assert (part.status_code, part.getvalue()) == (206, b"low")
    assert part["Content-Range"] == "bytes 27-29/30"
    none = amina.get(address, {"version": "low"}, headers={"Range": "bytes=30-"})
    assert (none.status_code, none["Content-Range"]) == (416, "bytes */30")
    tag = amina.get(address, {"version": "low"})["ETag"]
    assert tag != amina.get(address)["ETag"]
    other = {"Range": "bytes=27-", "If-Range": amina.get(address)["ETag"]}
    assert amina.get(address, {"version": "low"}, headers=other).status_code == 200
    known = amina.get(address, {"version": "low"}, headers={"If-None-Match": tag})
    assert known.status_code == 304


def test_the_film_itself_is_still_there(as_, address):
    assert as_("amina").get(address).getvalue().startswith(b"\0\0\0\x18ftyp")


@pytest.mark.parametrize("name", ["", "HIGH", "../high", "x" * 5000, "high'--"])
def test_another_name_is_no_version(as_, address, name):
    answer = as_("amina").get(address, {"version": name})
    assert answer.status_code == (404 if name else 200)


def test_what_is_no_film_has_no_versions(cast, as_, address):
    blob = keep_blob(BytesIO(b"words"), "a.txt")
    Asset.objects.create(course=cast.course, path="media/a.txt", blob=blob)
    other = address.replace("beam.mp4", "a.txt")
    assert as_("amina").get(other, {"version": "high"}).status_code == 404


def test_a_version_whose_bytes_went_is_not_there(as_, address):
    store.place_of(Version.objects.get(name="low")).unlink()
    assert as_("amina").get(address, {"version": "low"}).status_code == 404


def test_the_server_in_front_finds_versions_beside_the_blobs(settings, as_, address):
    settings.MEDIA_ACCEL = "/blobs"
    answer = as_("amina").get(address, {"version": "low"})
    word = Version.objects.get(name="low").word
    assert answer["X-Accel-Redirect"] == f"/blobs/versions/{word[:2]}/{word}"


def test_a_page_offers_what_there_is_at_that_moment(cast):
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    film_in(cast.course, "media/beam.mp4", (VersionName.LOW,))
    shown_in(lesson, "media/beam.mp4")
    [film] = [each.film for each in seen(cast) if each.film]
    assert [each.name for each in film.sizes] == ["low"]
    assert (film.sound, film.poster, film.waves, film.seconds) == (None, "", "", 61.5)
    made = store.blobs_folder() / "made"
    made.write_bytes(b"new")
    keep_version(Film.objects.get(), VersionName.HIGH, made, *MADE[VersionName.HIGH])
    [film] = [each.film for each in seen(cast) if each.film]
    assert [(each.name, each.height) for each in film.sizes] == [("high", 1080), ("low", 240)]
    assert film.sizes[0].url == f"{film.url}?version=high"


def test_a_film_nobody_looked_into_is_shown_as_it_is(cast):
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    film_in(cast.course, "media/beam.mp4")
    Film.objects.all().delete()
    shown_in(lesson, "media/beam.mp4")
    assert not [each for each in seen(cast) if each.film]


def seen(cast):
    return lesson_view(Who(cast.amina), cast.offering, "lesson-0-0").items


def test_a_lesson_with_ten_films_asks_as_much_as_one_with_one(cast):
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    counts = []
    none = asked(cast)
    for many in (1, 9):
        for n in range(many):
            film_in(cast.course, f"media/{many}-{n}.mp4")
            shown_in(lesson, f"media/{many}-{n}.mp4")
        counts.append(asked(cast))
    assert counts == [none + 3, none + 3]
    assert sum(each.film is not None for each in seen(cast)) == 10


def asked(cast) -> int:
    with CaptureQueriesContext(connection) as queries:
        seen(cast)
    return len(queries)


def test_no_film_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert films_played(1, {}) == {}


def test_the_page_offers_the_sizes_with_their_megabytes_and_a_way_to_save_data(cast, as_):
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    film_in(cast.course, "media/beam.mp4")
    shown_in(lesson, "media/beam.mp4")
    address = reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"])
    page = as_("amina").get(address).content.decode()
    url = reverse("courses:asset", args=[cast.course.pk, "media/beam.mp4"])
    for name, words in (("high", "sharp"), ("middle", "medium"), ("low", "small")):
        assert f'<option value="{name}" data-url="{url}?version={name}">{words}, ' in page
    assert 'value="sound"' in page
    assert "Low data: always the smallest" in page
    assert f'src="{url}?version=high"' in page
    assert f'poster="{url}?version=poster"' in page


def test_a_film_without_versions_offers_no_sizes(cast, as_):
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")
    film_in(cast.course, "media/beam.mp4", ())
    shown_in(lesson, "media/beam.mp4")
    address = reverse("learning:lesson", args=[cast.offering.pk, "lesson-0-0"])
    page = as_("amina").get(address).content.decode()
    url = reverse("courses:asset", args=[cast.course.pk, "media/beam.mp4"])
    assert f'src="{url}"' in page
    assert "data-quality" not in page
