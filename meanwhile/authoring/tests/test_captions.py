"""Captions written beside their film, and files of captions that are brought in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meanwhile.authoring.models import CaptionCopy, NewFile
from meanwhile.core.ids import operation_id
from meanwhile.media.store import words_of

WORDS = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nLight slows down.\n"
SRT = b"1\r\n00:00:01,000 --> 00:00:02,500\r\nLight slows down.\r\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def film(writer) -> str:
    """A film in the lesson, and its id."""
    writer.arrange("add", kind="video", uid="")
    uid = next(each.uid for each in writer.lesson().document.parts if each.kind == "video")
    writer.write(uid, '{"title": "A beam", "src": "media/a-beam.mp4", "seconds": "60"}')
    return uid


def address(film: str) -> dict[str, str]:
    return {"lesson": "lesson-0-0", "part": film}


def token(writer, film: str) -> str:
    return writer.get("captions", **address(film)).context["work"].token


def keep(writer, film: str, words: str, on: str | None = None):
    sends = {"words": words, "base_version": token(writer, film) if on is None else on}
    return writer.post("captions", sends, json=True, **address(film))


def use(writer, film: str, words: str):
    sends = {"words": words, "base_version": token(writer, film), "deed": "use"}
    return writer.post("captions", sends, **address(film))


def bring(writer, film: str, name: str, data: bytes):
    sends = {
        "deed": "bring",
        "base_version": token(writer, film),
        "operation": operation_id(),
        "file": SimpleUploadedFile(name, data),
    }
    return writer.client.post(writer.address("captions", **address(film)), sends)


def test_half_written_captions_are_kept_and_not_in_the_lesson(writer, film):
    answer = keep(writer, film, "WEBVTT\n\n00:01 nothing yet")
    assert answer.status_code == 200
    assert answer.json()["received_at"]
    page = writer.get("captions", **address(film))
    assert "00:01 nothing yet" in page.content.decode()
    assert "captions" not in writer.lesson().document.part(film).read().data


def test_two_who_write_never_write_over_each_other(writer, film):
    before = token(writer, film)
    keep(writer, film, WORDS, before)
    answer = keep(writer, film, "WEBVTT\n\nother", before)
    assert answer.status_code == 409
    assert answer.json()["theirs"] == WORDS
    assert CaptionCopy.objects.get().words == WORDS


def test_put_in_the_lesson_they_are_a_file_and_the_films(writer, film):
    answer = use(writer, film, WORDS)
    assert answer.status_code == 302
    data = writer.lesson().document.part(film).read().data
    assert data["captions"] == "media/a-beam-en.vtt"
    assert data["captions_language"] == "en"
    assert data["title"] == "A beam"
    assert words_of(NewFile.objects.get(path="media/a-beam-en.vtt").blob) == WORDS
    assert not CaptionCopy.objects.exists()
    # opened again, they are what is typed on
    assert WORDS in writer.get("captions", **address(film)).content.decode().replace("&gt;", ">")


def test_captions_that_were_in_use_are_not_written_over(writer, film):
    use(writer, film, WORDS)
    use(writer, film, WORDS.replace("slows", "speeds"))
    assert {row.path for row in NewFile.objects.all()} == {
        "media/a-beam-en.vtt",
        "media/a-beam-en-2.vtt",
    }
    data = writer.lesson().document.part(film).read().data
    assert data["captions"] == "media/a-beam-en-2.vtt"


def test_broken_ones_say_the_line_and_stay_in_the_box(writer, film):
    answer = use(writer, film, "WEBVTT\n\n00:05.000 --> 00:02.000\nBack in time.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 3: The words end before they begin." in page
    assert "Back in time." in page
    assert CaptionCopy.objects.get().words.endswith("Back in time.")
    assert not NewFile.objects.exists()


def test_a_block_that_is_written_as_source_gets_its_captions_too(writer, film):
    writer.arrange("turn", uid=film, form="source")
    use(writer, film, WORDS)
    part = writer.lesson().document.part(film)
    assert part.read().data["captions"] == "media/a-beam-en.vtt"


def test_a_file_is_brought_in_and_can_be_looked_through_first(writer, film):
    assert bring(writer, film, "words.srt", SRT).status_code == 302
    assert CaptionCopy.objects.get().words == WORDS
    assert not NewFile.objects.exists()


def test_a_file_that_is_none_is_told_with_its_line(writer, film):
    answer = bring(writer, film, "words.srt", b"1\n00:00:01,000 --> x\nLight")
    assert answer.status_code == 422
    assert "words.srt: Line 2: Not a time." in answer.content.decode()
    assert bring(writer, film, "words.srt", b"").status_code == 422


def test_a_text_has_no_captions(writer):
    assert writer.get("captions", lesson="lesson-0-0", part="text-0").status_code == 404
    assert writer.get("captions", lesson="lesson-0-0", part="nothing").status_code == 404


def test_subrip_chosen_in_the_block_becomes_webvtt(writer):
    sent = SimpleUploadedFile("My words.srt", SRT)
    answer = writer.client.post(
        writer.address("files"), {"operation": operation_id(), "file": sent}
    )
    assert answer.json() == {"path": "media/my-words.vtt"}
    assert words_of(NewFile.objects.get().blob) == WORDS


def test_broken_captions_chosen_in_the_block_are_told_with_their_line(writer):
    sent = SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 -> 00:02.000\nx")
    answer = writer.client.post(
        writer.address("files"), {"operation": operation_id(), "file": sent}
    )
    assert answer.status_code == 422
    assert answer.json()["says"].startswith("a.vtt, line 3: Words without a time.")


def test_the_block_leads_to_its_captions_once_it_has_a_film(writer, film):
    page = writer.get("lesson", f"?part={film}", lesson="lesson-0-0").content.decode()
    assert writer.address("captions", **address(film)) in page


def test_source_that_is_half_written_is_never_written_over(writer, film):
    writer.arrange("turn", uid=film, form="source")
    part = writer.lesson().document.part(film)
    writer.write(film, part.words + "\nno-such-key: 1\n---\n")
    answer = use(writer, film, WORDS)
    assert answer.status_code == 422
    assert CaptionCopy.objects.get().words == WORDS
