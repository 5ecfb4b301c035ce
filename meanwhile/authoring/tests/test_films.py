"""A film chosen while writing: made ready, cut, and never published while it is still to be cut."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meanwhile.authoring.actions.files import add_file
from meanwhile.authoring.models import NewFile
from meanwhile.authoring.queries.films import still_cut
from meanwhile.core import jobs
from meanwhile.core.ids import operation_id
from meanwhile.core.models import Job
from meanwhile.courses.actions import import_course
from meanwhile.courses.models import Asset
from meanwhile.courses.queries import source_of
from meanwhile.media import store
from meanwhile.media.actions import keep_blob
from meanwhile.media.models import Blob, Film
from meanwhile.media.tests.films import film, needs_ffmpeg

PATH = "media/prism.mp4"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(data: bytes, name: str = "prism.mp4") -> Blob:
    from io import BytesIO

    return keep_blob(BytesIO(data), name)


@pytest.fixture
def whole(writer, cast) -> Blob:
    """Four seconds of film in a lesson that is being written."""
    blob = kept(film(seconds=4.0))
    add_file(cast.okafor.pk, writer.course, blob, "prism.mp4")
    writer.arrange("add", kind="video", uid="prism", after="text-0")
    [part] = [p for p in writer.lesson().document.parts if p.kind == "video"]
    answer = writer.post(
        "words",
        {"src": PATH, "title": "A prism", "base_version": part.token},
        lesson="lesson-0-0",
        part=part.uid,
    )
    assert answer.status_code in (200, 302)
    return blob


def cut(writer, start="1", end="0:03", **more):
    return writer.post("film", {"deed": "cut", "start": start, "end": end, **more}, path=PATH)


def work() -> None:
    while jobs.do_next():
        pass


@needs_ffmpeg
def test_a_chosen_film_is_made_ready_and_the_page_says_so(writer, whole, cast):
    waiting = writer.client.get(writer.address("film", path=PATH), headers={"HX-Request": "1"})
    assert b"waiting for its turn" in waiting.content
    assert b"hx-trigger" in waiting.content
    work()
    done = writer.client.get(writer.address("film", path=PATH), headers={"HX-Request": "1"})
    assert b"Ready" in done.content
    assert b"hx-trigger" not in done.content
    page = writer.get("film", path=PATH)
    assert f"{writer.address('file', path=PATH)}?version=high".encode() in page.content
    version = writer.client.get(writer.address("file", path=PATH), {"version": "high"})
    assert version["Content-Type"] == "video/mp4"


@needs_ffmpeg
def test_the_cut_off_part_is_nowhere(writer, whole, as_, django_capture_on_commit_callbacks):
    work()
    with django_capture_on_commit_callbacks(execute=True):
        assert cut(writer).status_code == 302
    refused = writer.get("publishing").content
    assert b"still being cut" in refused
    writer.publish()
    assert not Asset.objects.filter(path=PATH).exists(), "learners would see the whole"
    with django_capture_on_commit_callbacks(execute=True):
        work()
    new = NewFile.objects.get(course=writer.course, path=PATH)
    assert new.blob_id != whole.pk
    assert Film.objects.get(blob=new.blob).seconds == pytest.approx(2, abs=0.1)
    assert not Job.objects.filter(name="media.cut").exists()
    assert b"still being cut" not in writer.get("publishing").content
    assert writer.publish().status_code == 302
    asset = Asset.objects.get(course=writer.course, path=PATH)
    assert asset.blob_id == new.blob_id
    shown = reverse("courses:asset", args=[writer.course.pk, PATH])
    data = as_("amina").get(shown).getvalue()
    assert data == store.path_of(new.blob.sha256).read_bytes()
    assert not Blob.objects.shown().filter(pk=whole.pk).exists(), "somebody shows the whole still"


@needs_ffmpeg
def test_a_published_film_that_is_cut_waits_to_be_published_again(
    writer, whole, django_capture_on_commit_callbacks
):
    work()
    writer.publish()
    with django_capture_on_commit_callbacks(execute=True):
        cut(writer)
        work()
    assert Asset.objects.get(path=PATH).blob_id == whole.pk
    part = NewFile.objects.get(path=PATH).blob_id
    assert writer.publish().status_code == 302
    assert Asset.objects.get(path=PATH).blob_id == part
    assert not NewFile.objects.filter(path=PATH).exists()


@needs_ffmpeg
def test_another_file_chosen_meanwhile_is_left_alone(
    writer, whole, django_capture_on_commit_callbacks
):
    other = kept(film(seconds=1.0))
    with django_capture_on_commit_callbacks(execute=True):
        cut(writer)
        NewFile.objects.filter(path=PATH).update(blob=other)
        work()
    assert NewFile.objects.get(path=PATH).blob_id == other.pk
    assert not Job.objects.filter(name="media.cut").exists()


@needs_ffmpeg
def test_it_can_be_kept_whole_after_all(writer, whole):
    cut(writer)
    assert writer.post("film", {"deed": "whole"}, path=PATH).status_code == 302
    work()
    assert NewFile.objects.get(path=PATH).blob_id == whole.pk
    assert b"still being cut" not in writer.get("publishing").content


@needs_ffmpeg
def test_a_cut_that_stopped_is_said_and_tried_again(
    writer, whole, django_capture_on_commit_callbacks
):
    cut(writer)
    Job.objects.filter(name="media.cut").update(problem="too-slow")
    page = writer.client.get(writer.address("film", path=PATH), headers={"HX-Request": "1"})
    assert b"took too long" in page.content
    assert b"still being cut" in writer.get("publishing").content, "the whole would be shown"
    with django_capture_on_commit_callbacks(execute=True):
        writer.post("film", {"deed": "again"}, path=PATH)
        work()
    assert NewFile.objects.get(path=PATH).blob_id != whole.pk


@needs_ffmpeg
@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("3", "1", "inside it"),
        ("0", "0.1", "inside it"),
        ("100", "200", "inside it"),
        ("one", "2", "0:12"),
        ("", "2", "0:12"),
    ],
)
def test_what_is_no_part_is_said_in_words(writer, whole, start, end, says):
    work()
    answer = cut(writer, start, end)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Job.objects.filter(name="media.cut").exists()


def test_without_ffmpeg_nothing_can_be_cut_and_the_page_says_so(writer, cast, settings):
    settings.FFMPEG = "none"
    blob = kept(b"\0\0\0\x18ftypmp42")
    add_file(cast.okafor.pk, writer.course, blob, "prism.mp4")
    page = writer.get("film", path=PATH).content.decode()
    assert "This server has no ffmpeg" in page
    assert "Cut the ends off" not in page
    answer = cut(writer)
    assert answer.status_code == 422
    assert "ffmpeg is not on it" in answer.content.decode()


@pytest.mark.parametrize("person", ["amina", "farouk", "moura", "haddad", "osei"])
def test_nobody_else_sees_or_cuts_it(writer, cast, as_, person):
    add_file(cast.okafor.pk, writer.course, kept(b"\0\0\0\x18ftypmp42"), "prism.mp4")
    where = writer.address("film", path=PATH)
    assert as_(person).get(where).status_code == 404
    assert as_(person).post(where, {"deed": "whole"}).status_code == 404


def test_a_course_that_is_taken_in_asks_for_its_films(writer, cast):
    Asset.objects.create(
        course=writer.course, path=PATH, blob=kept(b"\0\0\0\x18ftypmp42" + b"film")
    )
    source = source_of(writer.course)
    assert not Job.objects.exists()
    import_course(source, writer.course.school, actor=None)
    assert [job.name for job in Job.objects.all()] == ["media.prepare"]


@needs_ffmpeg
def test_a_recording_is_cut_as_it_is_taken_in(writer, cast):
    sent = SimpleUploadedFile("film.webm", film("webm", seconds=3.0))
    sends = {"operation": operation_id(), "file": sent, "start": "0.5", "end": "2"}
    answer = writer.client.post(writer.address("files"), sends)
    path = answer.json()["path"]
    assert still_cut(cast.course, [path]) == [path]


@pytest.mark.parametrize(("start", "end"), [("2", "1"), ("x", "2"), ("nan", "2"), ("0", "inf")])
def test_a_part_that_is_none_is_refused_and_nothing_is_taken_in(writer, start, end):
    data = b"\x1a\x45\xdf\xa3" + bytes(50)
    sends = {
        "operation": operation_id(),
        "file": SimpleUploadedFile("film.webm", data),
        "start": start,
        "end": end,
    }
    answer = writer.client.post(writer.address("files"), sends)
    assert answer.status_code == 422
    assert answer.json()["says"]
    assert not NewFile.objects.exists()
