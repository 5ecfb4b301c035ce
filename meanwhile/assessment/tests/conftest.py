"""What tests of the room share."""

import base64
import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from meanwhile.core.ids import operation_id
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.people.who import Who
from meanwhile.testing import Cast, make_task

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Bytes of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def offering(cast: Cast) -> Offering:
    return Offering.objects.select_related("course", "cohort").get(pk=cast.offering.pk)


@pytest.fixture
def task(cast: Cast) -> Block:
    made = make_task(Lesson.objects.get(course=cast.course, uid="lesson-0-0"))
    return Block.objects.select_related("lesson__unit").get(pk=made.pk)


@pytest.fixture
def amina(cast: Cast) -> Who:
    return Who(cast.amina)


class Desk:
    """Somebody's page of a task, asked as a browser asks."""

    def __init__(self, person, offering: Offering, task: Block) -> None:
        self.client = Client()
        self.client.force_login(person, backend=BACKEND)
        self.rows = {"offering": offering.pk, "lesson": task.lesson.uid, "block": task.uid}

    def url(self, name: str = "task", **more) -> str:
        return reverse(f"assessment:{name}", kwargs=self.rows | more)

    def get(self, name: str = "task", **more):
        return self.client.get(self.url(name, **more))

    def post(self, name: str, sent: dict | None = None, json: bool = False, **more):
        sent = {"operation": operation_id()} | (sent or {})
        headers = {"accept": "application/json"} if json else {}
        return self.client.post(self.url(name, **more), sent, headers=headers)

    def page(self) -> str:
        return self.get().content.decode()

    def send(self, name: str, data: bytes, uid: str = "", sha256: str = "", size: int = 0):
        """Announce a file, as the page does; its uid."""
        uid = uid or f"uid-{hashlib.md5(data).hexdigest()[:12]}"
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        sent = {"uid": uid, "name": name, "size": size or len(data), "sha256": sha256}
        return uid, self.post("files", sent, json=True)

    def upload(self, name: str, data: bytes) -> str:
        """All of it by tus; the word of the upload."""
        tus = {"Tus-Resumable": "1.0.0"}
        named = base64.b64encode(name.encode()).decode()
        begun = self.client.post(
            "/uploads/",
            headers=tus | {"Upload-Length": str(len(data)), "Upload-Metadata": f"filename {named}"},
        )
        assert begun.status_code == 201, begun.content
        place = begun.headers["Location"]
        part = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        sent = self.client.patch(
            place, data, content_type=part["Content-Type"], headers=tus | {"Upload-Offset": "0"}
        )
        assert sent.status_code == 204, sent.content
        return place.rstrip("/").rpartition("/")[2]


@pytest.fixture
def desk(cast: Cast, offering: Offering, task: Block) -> Desk:
    return Desk(cast.amina, offering, task)


@pytest.fixture
def desk_of(cast: Cast, offering: Offering, task: Block) -> Callable[[str], Desk]:
    return lambda key: Desk(cast.people[key], offering, task)


def photo(colour: str = "white", size: tuple[int, int] = (600, 800)) -> bytes:
    """A JPEG with a place written into it, as a phone makes one."""
    picture = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x010E] = "zzcanaryplace 51.5N 0.1W"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
