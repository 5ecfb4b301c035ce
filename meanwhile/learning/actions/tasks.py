"""What is done when it is handed in, and not by reading it. It is handed in elsewhere."""

from meanwhile.core import clock
from meanwhile.core.events import event_name, writing
from meanwhile.core.models import EventRow
from meanwhile.courses.events import TaskHandedIn, TaskTakenBack
from meanwhile.courses.models import Block, Offering
from meanwhile.learning.actions.reading import keep, mark_done, place, row_of
from meanwhile.learning.models import BlockState, Participation

SAID = {event_name(each): each is TaskHandedIn for each in (TaskHandedIn, TaskTakenBack)}


def follow_task(person: int, offering: int, block: int) -> None:
    """Count a task as done where the last that was said of it is that it was handed in, and as
    not done where it was taken back. Asked twice, or late, the answer is the same."""
    held = Offering.objects.select_related("course", "cohort").filter(pk=offering).first()
    task = Block.objects.select_related("lesson").filter(pk=block).first()
    if held is None or task is None:
        return
    with writing():
        row = row_of(person, held)
        state, _made = BlockState.objects.get_or_create(participation=row, block=task)
        _stand(row, state, _handed_in(person, offering, block))
        place(row, task.lesson, task.place)
        keep(row, clock.now(), counts=True)


def _handed_in(person: int, offering: int, block: int) -> bool:
    said = EventRow.objects.filter(
        actor=person, name__in=SAID, facts__offering=offering, facts__block=block
    )
    last = said.order_by("-pk").first()
    return last is not None and SAID[last.name]


def _stand(row: Participation, state: BlockState, handed_in: bool) -> None:
    """Unlike what is read or answered, a task that was taken back is not done any more."""
    if handed_in:
        mark_done(row, state, clock.now())
    elif state.done_at is not None:
        state.done_at = None
        state.save(update_fields=["done_at"])
