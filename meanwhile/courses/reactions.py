"""What the room does when others speak."""

from meanwhile.core.events import listen
from meanwhile.courses.events import CourseChanged
from meanwhile.courses.passages import Lessons, scope_of
from meanwhile.search.actions import index_scope


@listen(CourseChanged, repeatable=True)
def find_what_is_there(event: CourseChanged) -> None:
    """What learners see of the course now is what a search finds."""
    index_scope(Lessons.name, scope_of(event.course))
