"""What the room does when others speak."""

from meanwhile.core.events import listen
from meanwhile.courses.events import TaskHandedIn, TaskTakenBack
from meanwhile.feedback import actions


@listen(TaskHandedIn)
def promise_an_answer(event: TaskHandedIn) -> None:
    """What is handed in is answered by a known time."""
    actions.promise(event.submission)


@listen(TaskTakenBack)
def nobody_waits(event: TaskTakenBack) -> None:
    """What was taken back needs no answer."""
    actions.end_promise(event.submission)
