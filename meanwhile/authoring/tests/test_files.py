"""Files chosen while writing: with the form, or bit by bit before it."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from meanwhile.authoring.models import NewFile
from meanwhile.core import clock
from meanwhile.media.actions import begin_upload, keep_upload, take_part
from meanwhile.media.models import Blob, Upload
from meanwhile.operations.tasks import CHORES
from meanwhile.people.models import Person
from meanwhile.people.who import Who

FILM = b"\0\0\0\x18ftypmp42" + os.urandom(50_000)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sent(person: Person, data: bytes = FILM, name: str = "Prism film.mp4") -> Upload:
    upload = begin_upload(Who(person), name, len(FILM))
    take_part(upload, 0, io.BytesIO(data))
    return upload


def test_a_file_with_the_form_is_kept_under_a_name_of_its_own(writer):
    for name, path in (("a.txt", "media/a.txt"), ("a.txt", "media/a-2.txt")):
        data = path.encode()
        answer = writer.post("files", {"file": SimpleUploadedFile(name, data)})
        assert answer.json() == {"path": path}


def test_a_film_that_came_bit_by_bit_is_kept_once(writer, cast):
    upload = sent(cast.okafor)
    for _ in range(2):
        answer = writer.post("files", {"upload": upload.word})
        assert answer.json() == {"path": "media/prism-film.mp4"}
    assert NewFile.objects.get().blob.size == len(FILM)


def test_what_did_not_arrive_whole_is_said(writer, cast):
    answer = writer.post("files", {"upload": sent(cast.okafor, FILM[:100]).word})
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.json()["says"]
    assert not NewFile.objects.exists()


def test_nobody_takes_in_what_somebody_else_sent(writer, cast):
    assert writer.post("files", {"upload": sent(cast.brandt).word}).status_code == 404


def test_no_file_at_all_is_said_in_words(writer):
    answer = writer.post("files", {})
    assert answer.status_code == 422
    assert "Choose a file" in answer.json()["says"]


def forgotten() -> int:
    return next(chore for chore in CHORES if chore.name == "files nobody published").do()


def later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def test_a_file_that_nothing_names_is_forgotten_after_thirty_days(writer):
    writer.post("files", {"file": SimpleUploadedFile("a.txt", b"one")})
    assert forgotten() == 0
    with later(29):
        assert forgotten() == 0
    with later(31):
        assert (forgotten(), forgotten()) == (1, 0)
    assert not NewFile.objects.exists()


def test_a_file_that_a_lesson_names_is_kept_and_so_is_one_of_an_earlier_version(writer):
    for name in ("here.txt", "before.txt", "nowhere.txt"):
        writer.post("files", {"file": SimpleUploadedFile(name, name.encode())})
    assert writer.write("text-0", "[It](media/before.txt)").status_code < 300
    with later(1):
        assert writer.write("text-0", "[It](media/here.txt)").status_code < 300
    with later(60):
        assert forgotten() == 1
    kept = set(NewFile.objects.values_list("path", flat=True))
    assert kept == {"media/here.txt", "media/before.txt"}


def test_a_file_that_a_units_introduction_names_is_kept(writer):
    writer.post("files", {"file": SimpleUploadedFile("map.txt", b"map")})
    plan = writer.work().units[0].plan
    words = {"uid": plan.uid, "title": plan.title, "intro": "[Map](media/map.txt)"}
    writer.order("change unit", **words)
    with later(60):
        assert forgotten() == 0


@pytest.mark.django_db(transaction=True)
def test_bytes_are_kept_before_the_transaction_not_in_it(writer, cast, monkeypatch):
    """On SQLite nobody else could write while a film of 2 GB is copied."""
    inside: list[bool] = []

    def keep(upload: Upload) -> Blob:
        inside.append(connection.in_atomic_block)
        return keep_upload(upload)

    monkeypatch.setattr("meanwhile.authoring.views.files.keep_upload", keep)
    answer = writer.post("files", {"upload": sent(cast.okafor).word})
    assert answer.json() == {"path": "media/prism-film.mp4"}
    assert inside == [False]
