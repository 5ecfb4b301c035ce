"""A course with words that are worth finding."""

from collections.abc import Callable, Iterator

import pytest

from meanwhile.courses.models import Block, Lesson
from meanwhile.courses.passages import scope_of
from meanwhile.search.actions import index_scope
from meanwhile.search.lexicon import KEPT


@pytest.fixture(autouse=True)
def nothing_in_memory() -> Iterator[None]:
    """Rows of another test may have had the same keys."""
    KEPT.clear()
    yield
    KEPT.clear()


@pytest.fixture
def write(cast) -> Callable[..., Block]:
    """Put a block into the first lesson of 8B's course."""
    lesson = Lesson.objects.get(course=cast.course, uid="lesson-0-0")

    def write_block(uid: str, body: str = "", **more) -> Block:
        columns = {"kind": "text", "position": 50} | more
        rendered = {"body": body} | columns.pop("rendered", {})
        return Block.objects.create(lesson=lesson, uid=uid, rendered=rendered, **columns)

    return write_block


@pytest.fixture
def index(cast) -> Callable[[], int]:
    return lambda: index_scope("lesson", scope_of(cast.course.pk))
