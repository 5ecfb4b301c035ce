"""Files sent bit by bit: taken up where they were cut, never longer than said, cleared away."""

import base64
import errno
import hashlib
import io
import os
import time
from datetime import timedelta

import pytest
from django.db import transaction
from PIL import Image

from meanwhile.core import clock
from meanwhile.media import actions, store
from meanwhile.media.models import Blob, Upload
from meanwhile.media.types import NotTaken
from meanwhile.people.models import Membership
from meanwhile.people.who import Who

HEAD = b"\0\0\0\x18ftypmp42"
FILM = HEAD + os.urandom(300_000)
TUS = {"Tus-Resumable": "1.0.0"}


def named(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()}"


def begin(client, name: str = "prism.mp4", size: int = len(FILM)):
    headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": named(name)}
    return client.post("/uploads/", headers=headers)


def send(client, address: str, data: bytes, offset: int, **headers):
    kind = headers.pop("kind", "application/offset+octet-stream")
    return client.generic(
        "PATCH", address, data, kind, headers=TUS | {"Upload-Offset": str(offset)} | headers
    )


@pytest.fixture
def teacher(as_, cast):
    return as_("okafor")


def test_a_film_comes_in_three_parts_and_is_kept_whole(teacher, django_capture_on_commit_callbacks):
    address = begin(teacher)["Location"]
    for start in range(0, len(FILM), 120_000):
        answer = send(teacher, address, FILM[start : start + 120_000], start)
        assert answer.status_code == 204, answer.content
    assert answer["Upload-Offset"] == str(len(FILM))
    upload = Upload.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        blob = actions.keep_upload(upload)
    assert blob.sha256 == hashlib.sha256(FILM).hexdigest()
    assert blob.type == "video/mp4"
    assert actions.keep_upload(Upload.objects.get()) == blob
    assert not store.part_of(upload).exists()


def test_it_says_how_much_is_here_and_goes_on_from_there(teacher):
    address = begin(teacher)["Location"]
    send(teacher, address, FILM[:1000], 0)
    here = teacher.head(address, headers=TUS)
    assert (here.status_code, here["Upload-Offset"]) == (200, "1000")
    assert here["Upload-Length"] == str(len(FILM))
    wrong = send(teacher, address, FILM[500:], 500)
    assert (wrong.status_code, wrong["Upload-Offset"]) == (409, "1000")
    assert send(teacher, address, FILM[1000:], 1000).status_code == 204
    assert actions.keep_upload(Upload.objects.get()).size == len(FILM)


def test_what_came_before_the_cut_stays(cast, media_folder):
    """The connection breaks in the middle of a part."""
    upload = actions.begin_upload(Who(cast.okafor), "prism.mp4", len(FILM))

    class Cut:
        def __init__(self) -> None:
            self.left = [FILM[:70_000], FILM[70_000:90_000]]

        def read(self, size: int = -1) -> bytes:
            if not self.left:
                raise OSError("reset by peer")
            return self.left.pop(0)

    with pytest.raises(OSError, match="reset"):
        actions.take_part(upload, 0, Cut())
    assert store.received(upload) == 90_000


def test_an_unfinished_file_is_not_kept(teacher):
    send(teacher, begin(teacher)["Location"], FILM[:1000], 0)
    with pytest.raises(actions.Unfinished):
        actions.keep_upload(Upload.objects.get())
    assert not Blob.objects.exists()


def test_more_than_was_said_is_refused(teacher):
    address = begin(teacher, size=2000)["Location"]
    answer = send(teacher, address, FILM[:2001], 0)
    assert answer.status_code == 422
    assert "More of" in answer.content.decode()


def test_what_is_no_film_is_refused_at_its_first_part(teacher):
    address = begin(teacher, size=9000)["Location"]
    answer = send(teacher, address, b"<script>" * 1000, 0)
    assert answer.status_code == 422
    assert "not what its name says" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("virus.exe", 10, "not a kind of file"),
        ("", 10, "not a kind of file"),
        ("prism.mp4", 0, "is empty"),
        ("prism.mp4", 2 * 2**30 + 1, "larger than 2 GB"),
    ],
)
def test_it_says_before_the_first_byte_what_cannot_come(teacher, name, size, sentence):
    answer = begin(teacher, name, size)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_full_disk_is_said_before_the_first_byte(teacher, monkeypatch):
    usage = type("Usage", (), {"free": 600 * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    assert begin(teacher, size=10 * 2**20).status_code == 201
    answer = begin(teacher, size=200 * 2**20)
    assert answer.status_code == 422
    assert "no room" in answer.content.decode()


def test_one_person_has_at_most_twenty_under_way(teacher):
    answers = [begin(teacher).status_code for _ in range(actions.MOST_AT_ONCE + 1)]
    assert answers == [201] * actions.MOST_AT_ONCE + [422]


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "ten"},
        {},
        {"Upload-Length": "10", "Upload-Metadata": "filename ***"},
        {"Upload-Length": "10", "Upload-Metadata": "filename /w=="},
    ],
)
def test_broken_headers_get_a_plain_answer(teacher, headers):
    assert teacher.post("/uploads/", headers=TUS | headers).status_code == 400


def test_another_protocol_is_told_which_one_we_speak(teacher):
    answer = teacher.post("/uploads/", headers={"Upload-Length": "5"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_the_wrong_kind_of_body_is_refused(teacher):
    address = begin(teacher)["Location"]
    assert send(teacher, address, FILM[:10], 0, kind="text/plain").status_code == 415
    assert send(teacher, address, FILM[:10], 0, **{"Upload-Offset": "x"}).status_code == 400


def test_somebody_elses_file_is_not_there(teacher, as_, cast):
    address = begin(teacher)["Location"]
    other = as_("lindqvist")
    assert other.head(address, headers=TUS).status_code == 404
    assert send(other, address, FILM[:10], 0).status_code == 404
    assert other.delete(address, headers=TUS).status_code == 404
    with pytest.raises(actions.Unfinished):
        actions.sent_file(Who(cast.lindqvist), Upload.objects.get().word)


def test_who_neither_writes_courses_nor_learns_sends_nothing_here(as_, cast):
    assert begin(as_("haddad")).status_code == 404


def test_what_is_not_wanted_goes_at_once(teacher):
    address = begin(teacher)["Location"]
    send(teacher, address, FILM[:1000], 0)
    part = store.part_of(Upload.objects.get())
    assert part.exists()
    assert teacher.delete(address, headers=TUS).status_code == 204
    assert not part.exists()
    assert not Upload.objects.exists()


def test_a_name_never_becomes_a_path(teacher, media_folder):
    send(teacher, begin(teacher, "../../../etc/prism.mp4")["Location"], FILM, 0)
    assert Upload.objects.get().name == "prism.mp4"
    actions.keep_upload(Upload.objects.get())
    outside = list(media_folder.parent.rglob("*.mp4"))
    assert not outside


def test_pictures_are_cleaned_like_any_other(teacher, media_folder):
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    Image.new("RGB", (20, 10), "red").save(picture, "JPEG", exif=exif)
    data = picture.getvalue()
    send(teacher, begin(teacher, "a.jpg", len(data))["Location"], data, 0)
    blob = actions.keep_upload(Upload.objects.get())
    assert (blob.width, blob.height) == (20, 10)
    with store.open_blob(blob) as file:
        assert b"Camera of somebody" not in file.read()


def test_what_nobody_went_on_with_is_cleared_away_after_a_day(teacher):
    old = begin(teacher)["Location"]
    send(teacher, old, FILM[:1000], 0)
    going = begin(teacher)["Location"]
    send(teacher, going, FILM[:1000], 0)
    begun, other = Upload.objects.order_by("pk")
    Upload.objects.update(begun_at=clock.now() - timedelta(hours=25))
    yesterday = time.time() - 25 * 3600
    os.utime(store.part_of(begun), (yesterday, yesterday))
    stray = store.parts_folder() / "stray"
    stray.write_bytes(b"x")
    os.utime(stray, (yesterday, yesterday))
    assert actions.forget_old_uploads() == 2
    assert [each.name for each in store.parts_folder().iterdir()] == [other.word]
    assert list(Upload.objects.all()) == [other]


def test_a_form_takes_a_file_that_was_sent_before_it(teacher, cast):
    address = begin(teacher, "a.mp4", len(FILM))["Location"]
    word = address.rstrip("/").rpartition("/")[2]
    who = Who(cast.okafor)
    with pytest.raises(actions.Unfinished):
        actions.sent_file(who, word)
    send(teacher, address, FILM, 0)
    with actions.sent_file(who, word) as file:
        assert (file.name.rpartition("/")[2], file.read()) == ("a.mp4", FILM)
    assert not Blob.objects.exists()


def test_a_name_that_nobody_typed_is_taken_as_typed(cast):
    assert actions.begin_upload(Who(cast.okafor), "a\x00\ud800b.mp4", 5).name == "ab.mp4"


def test_room_that_was_promised_is_not_promised_again(cast, monkeypatch):
    usage = type("Usage", (), {"free": 3 * 2**30})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    actions.begin_upload(Who(cast.okafor), "a.mp4", 2 * 2**30)
    with pytest.raises(NotTaken, match="no room"):
        actions.begin_upload(Who(cast.brandt), "b.mp4", 2**30)


def test_a_disk_that_fills_up_meanwhile_is_said_in_words_and_keeps_what_came(teacher, monkeypatch):
    address = begin(teacher)["Location"]
    send(teacher, address, FILM[:1000], 0)

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = send(teacher, address, FILM[1000:], 1000)
    assert answer.status_code == 422
    assert "no room" in answer.content.decode()
    assert Upload.objects.exists()


def test_what_is_no_film_is_over(teacher):
    address = begin(teacher, size=9000)["Location"]
    send(teacher, address, b"<script>" * 600, 0)
    assert send(teacher, address, b"<script>" * 525, 4800).status_code == 404
    assert not list(store.parts_folder().iterdir())


def test_who_may_not_write_courses_any_more_sends_nothing_more(teacher, cast):
    address = begin(teacher)["Location"]
    Membership.objects.filter(person=cast.okafor).delete()
    assert send(teacher, address, FILM[:10], 0).status_code == 404


def test_what_is_kept_never_changes_again(teacher):
    """An old connection that lives on still writes to the part."""
    send(teacher, begin(teacher)["Location"], FILM, 0)
    part = store.part_of(Upload.objects.get())
    with part.open("r+b") as late:
        blob = actions.keep_upload(Upload.objects.get())
        late.write(b"X" * 1000)
    with store.open_blob(blob) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == blob.sha256


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_afterwards_loses_nothing_that_came(teacher):
    send(teacher, begin(teacher)["Location"], FILM, 0)
    with transaction.atomic():
        actions.keep_upload(Upload.objects.get())
        transaction.set_rollback(True)
    assert store.received(Upload.objects.get()) == len(FILM)
    assert actions.keep_upload(Upload.objects.get()).size == len(FILM)


def test_what_a_killed_process_left_half_kept_is_cleared_away(teacher, media_folder):
    folder = store.blobs_folder()
    folder.mkdir(parents=True)
    for name, age in (("new-old", 25), ("new-young", 1)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age * 3600,) * 2)
    assert actions.forget_old_uploads() == 1
    assert [each.name for each in folder.glob("new-*")] == ["new-young"]
