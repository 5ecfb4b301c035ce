"""The captions of one film while they are written."""

from dataclasses import dataclass
from hashlib import sha256

from meanwhile.authoring.documents import Part
from meanwhile.authoring.models import CaptionCopy
from meanwhile.authoring.queries.editor import shelf_with_new
from meanwhile.authoring.queries.lessons import LessonWork
from meanwhile.courses.rendering import Shelf

NOTHING = "WEBVTT\n\n"


@dataclass
class CaptionWork:
    """Captions being written. `words` is WebVTT, or on the way there; `copy` is None where they are
    as the lesson has them."""

    lesson: LessonWork
    part: Part
    shelf: Shelf
    words: str
    copy: CaptionCopy | None = None

    @property
    def token(self) -> str:
        """Names these very words: a write says which words it was made on."""
        return sha256(self.words.encode()).hexdigest()[:16]

    @property
    def data(self) -> dict[str, object]:
        return self.part.read().data

    @property
    def title(self) -> str:
        return str(self.data.get("title", ""))

    @property
    def source(self) -> str:
        """The path of the film or the sound."""
        return str(self.data.get("src", ""))

    @property
    def url(self) -> str:
        return self.shelf.url(self.source)

    @property
    def path(self) -> str:
        """The file that the lesson shows now."""
        return str(self.data.get("captions", ""))

    @property
    def language(self) -> str:
        return str(self.data.get("captions_language", "")) or self.lesson.course.language


def caption_work(lesson: LessonWork, uid: str, *, lock: bool = False) -> CaptionWork | None:
    """The captions of a film or a sound as they stand for its writers; None where that block is
    none. Three queries.

    lock: for a write: nobody else changes them until the transaction ends.
    """
    part = lesson.document.part(uid)
    if part is None or part.kind not in ("video", "audio"):
        return None
    rows = CaptionCopy.objects.filter(course=lesson.course, lesson=lesson.uid, part=uid)
    copy = (rows.select_for_update() if lock else rows).first()
    shelf = shelf_with_new(lesson.course)
    work = CaptionWork(lesson, part, shelf, "", copy)
    work.words = copy.words if copy else _published(work)
    return work


def _published(work: CaptionWork) -> str:
    words = work.shelf.words(work.path) if work.path else ""
    return words.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") or NOTHING
