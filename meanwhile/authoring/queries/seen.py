"""A lesson that is being written, as rows that are never saved: what its preview shows."""

from meanwhile.authoring.lines import TEXT
from meanwhile.authoring.queries.editor import films_on, shelf_with_new
from meanwhile.authoring.queries.lessons import LessonWork
from meanwhile.courses.activity import data_of, kind_of
from meanwhile.courses.models import Block, Lesson, Unit
from meanwhile.courses.queries.films import Played
from meanwhile.courses.rendering import block_fields


def as_learners_see(work: LessonWork) -> tuple[Lesson, list[Block], dict[str, Played], int]:
    """The lesson, its blocks, what they play by path, and how many of them cannot be understood
    yet. Two queries, and two where it has films or sounds."""
    document, shelf = work.document, shelf_with_new(work.course)
    lesson = Lesson(
        course=work.course,
        unit=Unit(course=work.course, title=work.course.title),
        uid=work.uid,
        title=document.title,
        summary=document.summary,
        draft=document.draft,
    )
    blocks: list[Block] = []
    left_out = 0
    rows: dict[str, int] = {}
    for part in document.parts:
        read = part.read()
        if read.problems or (part.instead_of and part.instead_of not in rows):
            left_out += 1
        elif read.body or part.kind != TEXT:
            columns = block_fields(part.kind, read.data, read.body, part.uid, shelf)
            rows[part.uid] = -1 - len(blocks)
            blocks.append(
                Block(
                    pk=rows[part.uid],
                    instead_of_id=rows.get(part.instead_of),
                    lesson=lesson,
                    uid=part.uid,
                    kind=part.kind,
                    data=read.data,
                    body=read.body,
                    **columns,
                )
            )
    played = (kind_of(each.kind).plays(data_of(each.kind, each.data)) for each in blocks)
    return lesson, blocks, films_on(shelf, played), left_out
