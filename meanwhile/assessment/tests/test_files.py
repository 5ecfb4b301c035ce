"""Files: known by their hash first, their bytes later; in order; private."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from meanwhile.assessment import actions
from meanwhile.assessment.models import Submission, WorkFile
from meanwhile.assessment.receipts import contents_hash
from meanwhile.assessment.tests.conftest import photo
from meanwhile.core import clock
from meanwhile.media import store
from meanwhile.media.models import Blob

NOTES = b"Measured twice.\n"


def of(desk, name: str = "file", **more) -> bytes:
    response = desk.client.get(desk.url(name, **more))
    return b"".join(response) if response.streaming else response.content


def test_the_hand_in_counts_before_the_bytes_have_come_and_they_must_be_the_ones(desk):
    uid, answer = desk.send("notes.txt", NOTES)
    assert answer.status_code == 200
    desk.post("hand_ins", {"text": "See the file.", "base_version": "0"})
    row = Submission.objects.get()
    assert row.files_until - row.handed_in_at == timedelta(hours=72)
    digest = hashlib.sha256(NOTES).hexdigest()
    assert row.sha256 == contents_hash("See the file.", "", [("notes.txt", len(NOTES), digest)])
    assert "1 file is still on its way." in desk.page()
    wrong = desk.upload("notes.txt", b"x" * len(NOTES))
    refused = desk.post("arrival", {"upload": wrong}, json=True, uid=uid)
    assert refused.status_code == 422
    assert "not the file" in refused.json()["says"]
    word = desk.upload("notes.txt", NOTES)
    with clock.at(clock.now() + timedelta(hours=5)):
        assert desk.post("arrival", {"upload": word}, json=True, uid=uid).status_code == 200
        assert desk.post("arrival", {"upload": word}, json=True, uid=uid).status_code == 200
    handed = row.handed_in_at
    row.refresh_from_db()
    assert row.handed_in_at == handed, "the time does not move with the bytes"
    assert "still on its way" not in desk.page()
    assert WorkFile.objects.get().blob.sha256 == digest


def test_a_file_that_has_not_all_come_is_not_taken(desk):
    uid, _answer = desk.send("notes.txt", NOTES)
    assert desk.post("arrival", {"upload": "nothing"}, json=True, uid=uid).status_code == 409


def test_another_persons_upload_is_not_taken(desk, desk_of):
    uid, _answer = desk.send("notes.txt", NOTES)
    word = desk_of("leo").upload("notes.txt", NOTES)
    assert desk.post("arrival", {"upload": word}, json=True, uid=uid).status_code == 409


def test_what_is_no_file_for_us_is_refused_in_words(desk):
    _uid, answer = desk.send("virus.exe", b"MZ")
    assert answer.status_code == 422
    assert "virus.exe" in answer.json()["says"]
    _uid, answer = desk.send("empty.txt", b"", size=0, sha256="0" * 64)
    assert answer.status_code == 422
    assert not WorkFile.objects.exists()


def test_a_hand_in_holds_so_many_files_and_no_more(desk, monkeypatch):
    from meanwhile.assessment.actions import files

    monkeypatch.setattr(files, "MOST_FILES", 2)
    said = [desk.send(f"{n}.txt", b"%d" % n)[1].status_code for n in range(3)]
    assert said == [200, 200, 422]


def test_without_script_many_files_come_with_the_form_and_the_words_are_kept(desk):
    sent = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    answer = desk.post("files", {"files": sent, "text": "So far.", "base_version": "0"})
    assert answer.status_code == 302
    page = desk.page()
    assert "a.txt" in page
    assert "b.txt" in page
    assert "So far.</textarea>" in page
    again = [SimpleUploadedFile("a.txt", b"a")]  # the button pressed twice
    desk.post("files", {"files": again, "text": "So far.", "base_version": "1"})
    assert WorkFile.objects.count() == 2


def test_photos_are_ordered_by_buttons_and_become_one_pdf_right_way_up(desk):
    for name, colour in (("one.jpg", "red"), ("two.jpg", "blue"), ("three.jpg", "lime")):
        desk.post("files", {"files": [SimpleUploadedFile(name, photo(colour))]})
    last = WorkFile.objects.get(name="three.jpg")
    desk.post("file_place", {"by": "-1"}, uid=last.uid)
    desk.post("file_place", {"by": "-1"}, uid=last.uid)
    names = list(WorkFile.objects.values_list("name", flat=True))
    assert names == ["three.jpg", "one.jpg", "two.jpg"]
    desk.post("hand_ins", {"text": "", "base_version": "0"})
    assert actions.bind_waiting_photos() == 1
    assert actions.bind_waiting_photos() == 0
    row = Submission.objects.select_related("photos").get()
    pages = PdfReader(BytesIO(store.path_of(row.photos.sha256).read_bytes())).pages
    assert len(pages) == 3
    colours = [page.images[0].image.convert("RGB").getpixel((5, 5)) for page in pages]
    assert [max(range(3), key=lambda n: colour[n]) for colour in colours] == [1, 0, 2]
    shown = desk.client.get(f"/hand-ins/{row.pk}/photos/")
    assert shown.headers["Content-Type"] == "application/pdf"


def test_one_photo_or_one_that_has_not_come_is_not_bound(desk):
    desk.post("files", {"files": [SimpleUploadedFile("one.jpg", photo("red"))]})
    desk.send("two.jpg", photo("blue"))
    desk.post("hand_ins", {"text": "", "base_version": "0"})
    assert actions.bind_waiting_photos() == 0


def test_a_photo_that_cannot_be_read_is_left_out_and_the_others_bound(tmp_path):
    from meanwhile.assessment.photos import bind

    paths = []
    for n, data in enumerate((photo("red"), b"\xff\xd8\xff broken", photo("blue"))):
        paths.append(tmp_path / str(n))
        paths[-1].write_bytes(data)
    assert bind(paths, BytesIO()) == 2
    assert bind(paths[1:2], BytesIO()) == 0


def test_the_place_a_camera_wrote_is_taken_off(desk):
    desk.post("files", {"files": [SimpleUploadedFile("one.jpg", photo("red"))]})
    file = WorkFile.objects.get()
    data = of(desk, "own_file", uid=file.uid)
    assert data.startswith(b"\xff\xd8\xff")
    assert b"zzcanaryplace" not in data


def test_taken_out_of_the_draft_it_stays_in_the_version_that_held_it(desk):
    desk.post("files", {"files": [SimpleUploadedFile("a.txt", b"a")]})
    desk.post("hand_ins", {"text": "With it.", "base_version": "0"})
    file = WorkFile.objects.get()
    desk.post("file_removal", {}, uid=file.uid)
    desk.post("hand_ins", {"text": "Without it.", "base_version": "1"})
    first, second = Submission.objects.all()
    assert [each.file.name for each in first.files.all()] == ["a.txt"]
    assert not second.files.exists()


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("leo", 404, 404), ("okafor", 404, 200), ("haddad", 404, 404), ("dunn", 404, 404)],
)
def test_a_file_is_private_until_it_is_handed_in(desk, desk_of, key, before, after):
    desk.post("files", {"files": [SimpleUploadedFile("a.txt", b"a")]})
    file = WorkFile.objects.get()
    other = desk_of(key)
    assert other.get("own_file", uid=file.uid).status_code == before
    desk.post("hand_ins", {"text": "", "base_version": "0"})
    row = Submission.objects.get()
    page = f"/hand-ins/{row.pk}/files/{file.pk}/"
    assert other.client.get(page).status_code == after
    desk.client.post(f"/hand-ins/{row.pk}/taking-back/", {"operation": "taken-back-123"})
    assert other.client.get(page).status_code == 404, "taken back it is the learner's alone"


def test_a_file_is_served_in_a_sandbox(desk, desk_of):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>'
    desk.post("files", {"files": [SimpleUploadedFile("a.svg", svg)]})
    desk.post("hand_ins", {"text": "", "base_version": "0"})
    row, file = Submission.objects.get(), WorkFile.objects.get()
    answer = desk_of("okafor").client.get(f"/hand-ins/{row.pk}/files/{file.pk}/")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert Blob.objects.count() == 1
