"""What the room does when others speak."""

from meanwhile.core.events import listen
from meanwhile.courses.events import CourseChanged
from meanwhile.learning import actions


@listen(CourseChanged, repeatable=True)
def count_afresh(event: CourseChanged) -> None:
    """Progress is counted over what is in the course now, some people at a time."""
    actions.recount_course(event.course)


@listen(CourseChanged, repeatable=True)
def find_notes_again(event: CourseChanged) -> None:
    """Notes stay where their words are."""
    actions.find_again(event.course)
