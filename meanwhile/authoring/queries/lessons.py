"""One lesson as it is being written."""

from dataclasses import dataclass, replace

from meanwhile.authoring.documents import Document, document_of, from_plain
from meanwhile.authoring.models import LessonCopy
from meanwhile.courses.files.writing import lesson_text
from meanwhile.courses.models import Course, Lesson
from meanwhile.courses.queries.source import lesson_source_of


@dataclass
class LessonWork:
    """A lesson being written. `published` is its file as learners see it now and `before` the same
    opened for writing, both empty for a new one; `copy` is None where nobody has begun."""

    course: Course
    uid: str
    document: Document
    published: str
    copy: LessonCopy | None = None
    before: Document | None = None

    @property
    def key(self) -> str:
        """Names the lesson among everything that one account writes."""
        return f"{self.course.pk}:{self.uid}"

    @property
    def changes(self) -> int:
        """How many blocks are other than published, came or went; the words above them are one."""
        if self.before is None:
            return len(self.document.parts)
        old = {part.uid: part for part in self.before.parts}
        new = {part.uid: part for part in self.document.parts}
        changed = sum(old.get(uid) != new.get(uid) for uid in old.keys() | new.keys())
        moved = [u for u in old if u in new] != [u for u in new if u in old]
        return changed + moved + (self.before.token != self.document.token)

    @property
    def edited(self) -> bool:
        return bool(self.copy and self.copy.edited)

    @property
    def overtaken(self) -> bool:
        """Whether a newer edition of the lesson was published since this one was begun."""
        return bool(self.copy and self.copy.edited and self.copy.base != self.published)


def lesson_work(course: Course, uid: str, *, lock: bool = False) -> LessonWork | None:
    """The lesson as it stands for its writers; None where there is none of that id. Four queries.

    lock: for a write: nobody else changes the copy until the transaction ends.
    """
    row = Lesson.objects.filter(course=course, uid=uid).select_related("unit").first()
    copies = LessonCopy.objects.filter(course=course, uid=uid)
    copy = (copies.select_for_update() if lock else copies).first()
    if row is None and copy is None:
        return None
    source = lesson_source_of(row) if row else None
    before = document_of(source) if source and row and row.removed_at is None else None
    # what the course check is not to say is not what learners see
    published = lesson_text(replace(source, not_here=[])) if source and before else ""
    if copy and (copy.edited or source is None):
        document = from_plain(copy.document)
    else:
        assert source is not None
        document = document_of(source)
        if copy:  # what was taken out can be brought back after publishing too
            document = replace(document, gone=from_plain(copy.document).gone)
    return LessonWork(course, uid, document, published, copy, before)


def is_edited(work: LessonWork, document: Document) -> bool:
    """Whether a document says something else, or the same in other words, than is published."""
    known = () if work.before is None else work.before.not_here
    return work.before is None or replace(document, gone=(), not_here=known) != work.before
