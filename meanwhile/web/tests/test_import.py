"""Bringing in a course: looking changes nothing, taking in happens once."""

import io
import re
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from meanwhile.courses.files import write_zip
from meanwhile.courses.models import Asset, Course, Lesson
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    UnitSource,
)
from meanwhile.media.actions import begin_upload, keep_blob, take_part
from meanwhile.media.models import Upload
from meanwhile.people.who import Who

ADDRESS = "/courses/import/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def package(
    title: str = "Sound", lesson: str = "Waves", files: dict[str, bytes] | None = None
) -> SimpleUploadedFile:
    block = BlockSource("text", "text-1", body="Sound is a wave in the air.")
    source = CourseSource(
        uid="sound", title=title,
        units=[UnitSource("one", "Unit one", lessons=[LessonSource("waves", lesson, blocks=[block])])],
    )  # fmt: skip
    for path, data in (files or {}).items():
        source.files[path] = FileSource(path, len(data), partial(io.BytesIO, data))
    file = io.BytesIO()
    write_zip(source, file)
    return SimpleUploadedFile("sound.zip", file.getvalue(), "application/zip")


def held(response) -> str:
    return re.search(r'name="held" value="([^"]+)"', response.content.decode())[1]


def test_looking_changes_nothing(as_, cast):
    response = as_("okafor").post(ADDRESS, {"file": package()})
    words = response.content.decode()
    assert response.status_code == 200
    assert "Sound" in words
    assert "A new course" in words
    assert not Course.objects.filter(uid="sound").exists()


def test_it_is_taken_in_once(as_, cast):
    client = as_("okafor")
    word = held(client.post(ADDRESS, {"file": package()}))
    sent = {"held": word, "publish": "1", "operation": "i1"}
    for _ in range(2):
        response = client.post(ADDRESS, sent)
        assert response.status_code == 302, response.content.decode()
    course = Course.objects.get(uid="sound")
    assert response.url == f"/courses/{course.pk}/"
    assert course.published_at


def test_a_package_that_was_sent_before_the_form_is_looked_at(as_, cast):
    data = package().read()
    upload = begin_upload(Who(cast.okafor), "sound.zip", len(data))
    take_part(upload, 0, io.BytesIO(data[:100]))
    early = as_("okafor").post(ADDRESS, {"upload": upload.word})
    assert early.status_code == 422
    assert "did not arrive whole" in early.content.decode()
    take_part(upload, 100, io.BytesIO(data[100:]))
    assert as_("dunn").post(ADDRESS, {"upload": upload.word}).status_code == 422
    response = as_("okafor").post(ADDRESS, {"upload": upload.word})
    assert "A new course" in response.content.decode()
    assert not Upload.objects.exists()
    again = as_("okafor").post(ADDRESS, {"held": held(response), "operation": "i3"})
    assert again.status_code == 302
    assert Course.objects.filter(uid="sound").exists()


@pytest.mark.django_db(transaction=True)
def test_files_are_kept_before_the_transaction_not_in_it(as_, cast, monkeypatch):
    """On SQLite nobody else could write while the films of a course are copied."""
    inside: list[bool] = []

    def keep(stream, name: str):
        inside.append(connection.in_atomic_block)
        return keep_blob(stream, name)

    monkeypatch.setattr("meanwhile.courses.actions.importing.keep_blob", keep)
    client = as_("okafor")
    word = held(client.post(ADDRESS, {"file": package(files={"media/a.txt": b"Waves"})}))
    for _ in range(2):
        assert client.post(ADDRESS, {"held": word, "operation": "i4"}).status_code == 302
    assert inside == [False]
    assert Asset.objects.get(path="media/a.txt").blob.size == 5


def test_a_newer_edition_shows_what_would_change(as_, cast):
    client = as_("okafor")
    client.post(ADDRESS, {"held": held(client.post(ADDRESS, {"file": package()}))})
    same = client.post(ADDRESS, {"file": package()}).content.decode()
    assert "the course is here already, exactly like this" in same
    other = client.post(ADDRESS, {"file": package(lesson="Waves in air")})
    assert "What would change" in other.content.decode()
    client.post(ADDRESS, {"held": held(other), "operation": "i2"})
    assert Lesson.objects.get(uid="waves").title == "Waves in air"


@pytest.mark.parametrize(
    ("name", "data"), [("a.zip", b"no zip"), ("a.txt", b"words"), ("a.zip", b"")]
)
def test_what_is_no_course_is_refused_in_words(as_, cast, name, data):
    response = as_("okafor").post(ADDRESS, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode() or "Nothing has changed" in (
        response.content.decode()
    )


def test_what_one_looked_at_is_taken_in_by_nobody_else(as_, cast):
    word = held(as_("okafor").post(ADDRESS, {"file": package()}))
    response = as_("dunn").post(ADDRESS, {"held": word})
    assert response.status_code == 422
    assert "no longer here" in response.content.decode()
    assert not Course.objects.filter(uid="sound").exists()


@pytest.mark.parametrize("who", ["amina", "haddad", "osei", "farouk"])
def test_it_is_for_who_may_write_courses(as_, cast, who):
    assert as_(who).get(ADDRESS).status_code == 404
    assert as_(who).post(ADDRESS, {"file": package()}).status_code == 404


def test_it_goes_to_ones_own_school_only(as_, cast):
    other = cast.schools["hillside"].pk
    response = as_("okafor").post(ADDRESS, {"file": package(), "school": other})
    assert response.status_code == 404
