"""What the room does when others speak."""

from meanwhile.core.events import listen
from meanwhile.courses.events import CourseChanged, TaskHandedIn, TaskTakenBack
from meanwhile.learning import actions


@listen(CourseChanged, repeatable=True)
def count_afresh(event: CourseChanged) -> None:
    """Progress is counted over what is in the course now, some people at a time."""
    actions.recount_course(event.course)


@listen(CourseChanged, repeatable=True)
def find_notes_again(event: CourseChanged) -> None:
    """Notes stay where their words are."""
    actions.find_again(event.course)


@listen(TaskHandedIn)
def task_is_done(event: TaskHandedIn) -> None:
    """A task is done as long as a hand-in of it stands."""
    actions.follow_task(event.actor or 0, event.offering, event.block)


@listen(TaskTakenBack)
def task_is_not_done(event: TaskTakenBack) -> None:
    """The same the other way round."""
    actions.follow_task(event.actor or 0, event.offering, event.block)
