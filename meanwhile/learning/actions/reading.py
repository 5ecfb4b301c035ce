"""Coming to the end of something, and the place to go on from."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.actions import hold_course
from meanwhile.courses.activity import done_by_reading
from meanwhile.courses.events import BlockDone
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.learning.actions.counts import recount
from meanwhile.learning.models import BlockState, Participation
from meanwhile.people.who import Who

LONGEST_AGE = timedelta(days=400)
AT_ONCE = timedelta(seconds=30)
"""What arrives within this time was sent as it happened; what is older waited on a device."""
PLACE = ("last_active_at", "unit", "lesson", "block", "spot")


class Closed(Exception):
    """The offering has ended: it can be read, not worked on."""

    def __str__(self) -> str:
        return _("This course has ended. You can still read everything, but not answer.")


def joined(who: Who, offering: Offering) -> Participation:
    """The participation of this person, locked until the end of the transaction, and the course
    held in the edition that `offering.course` says from here on.

    Whoever writes next for the same person waits here, so that counts are never made from half
    of what is done; so does whoever changes the course. Ask the clock after it.

    Raises:
        Closed: the offering has ended.
    """
    if offering.closed_at and offering.closed_at <= clock.now():
        raise Closed
    assert who.pk is not None
    return row_of(who.pk, offering)


def row_of(person: int, offering: Offering) -> Participation:
    """The same for who did something elsewhere, also after the end of the offering."""
    offering.course.edition = hold_course(offering.course_id)
    mine = {"person_id": person, "offering": offering}
    rows = Participation.objects.select_for_update(of=("self",))
    row = rows.filter(**mine).first()
    if row is None:
        now, edition = clock.now(), offering.course.edition
        started = {"started_at": now, "last_active_at": now, "counted_in": edition}
        made, _made = Participation.objects.get_or_create(**mine, defaults=started)
        row = rows.get(pk=made.pk)
    row.offering = offering
    return row


def keep(row: Participation, now: datetime, counts: bool = False) -> None:
    """Store the place at the end of a deed, and the counts where it moved them."""
    row.last_active_at = now
    course = row.offering.course
    if counts or row.counted_in != course.edition:
        recount(course.pk, course.edition, [row], PLACE)
    else:
        row.save(update_fields=PLACE)


def place(row: Participation, lesson: Lesson, block: int | None = None, spot: str = "") -> None:
    """Move the place to go on from. `block` is the key of a main block, so that the place holds
    whichever way it is met. Not stored until `keep`."""
    row.unit_id, row.lesson, row.block_id, row.spot = lesson.unit_id, lesson, block, spot[:40]


def note_reading(
    who: Who,
    offering: Offering,
    lesson: Lesson,
    *,
    done: Iterable[str] = (),
    block: str = "",
    spot: str = "",
    age: float = 0,
) -> int:
    """Mark these blocks of a lesson done, by their uids, and keep the place.

    Questions and tasks are not marked: they are done when answered or handed in. What is not in the lesson (any more)
    is passed over. `age` is how many seconds ago it was noted: something that waited on a device
    does not move the place back behind what was done since. The number newly done.
    """
    blocks = {each.uid: each for each in Block.objects.published().filter(lesson=lesson)}
    with writing():
        row = joined(who, offering)
        now = clock.now()
        wanted = [blocks[uid] for uid in dict.fromkeys(done) if uid in blocks]
        fresh = finish(row, [each for each in wanted if done_by_reading(each.kind)], now)
        noted = noted_at(row, now, age)
        if block in blocks and (row.lesson_id is None or noted >= row.last_active_at):
            place(row, lesson, blocks[block].place, spot)
        elif row.lesson_id is None:
            place(row, lesson)
        keep(row, max(noted, row.last_active_at), counts=fresh > 0)
    return fresh


def noted_at(row: Participation, now: datetime, age: float) -> datetime:
    """When something was noted that arrives now, by the clock of the server alone.

    A clock may be put back. What it said before then says nothing any more: the last act was now
    at the latest, and what is sent as it happens comes after it.
    """
    waited = timedelta(seconds=min(max(0.0, age), LONGEST_AGE.total_seconds()))
    row.last_active_at = min(row.last_active_at, now)
    return now if waited <= AT_ONCE else now - waited


def finish_lesson(who: Who, offering: Offering, lesson: Lesson, following: Lesson | None) -> int:
    """'Done, next': everything in the lesson that is read is done (not the questions, not the
    tasks), and the place is the start of the lesson that follows. The number of blocks newly done."""
    with writing():
        row = joined(who, offering)
        now = clock.now()
        read = Block.objects.counted().filter(lesson=lesson, answers=False)
        fresh = finish(row, [each for each in read if done_by_reading(each.kind)], now)
        place(row, following or lesson)
        keep(row, now, counts=fresh > 0)
    return fresh


def finish(row: Participation, blocks: list[Block], now: datetime) -> int:
    """Mark these places done that are not yet, in whichever way they were met. How many newly."""
    keys = list(dict.fromkeys(block.place for block in blocks))
    states = {
        each.block_id: each for each in BlockState.objects.filter(participation=row, block__in=keys)
    }
    fresh = 0
    for key in keys:
        state = states.get(key) or BlockState(participation=row, block_id=key)
        fresh += mark_done(row, state, now)
    return fresh


def mark_done(row: Participation, state: BlockState, now: datetime) -> bool:
    """Done stays done: the first time is kept, and said once. True where it is new."""
    if state.done_at is not None:
        return False
    state.done_at = now
    state.save()
    record(
        BlockDone(
            actor=row.person_id,
            school=row.offering.cohort.school_id,
            offering=row.offering_id,
            block=state.block_id,
        )
    )
    return True


def keep_seconds(
    who: Who, offering: Offering, block: Block, seconds: float, ended: bool = False
) -> None:
    """Where somebody is in a film or a sound; `ended` marks it done."""
    with writing():
        row = joined(who, offering)
        now = clock.now()
        state, _made = BlockState.objects.get_or_create(participation=row, block=block)
        state.seconds = max(0.0, seconds)
        state.save(update_fields=["seconds"])
        fresh = ended and done_by_reading(block.kind) and finish(row, [block], now) > 0
        place(row, block.lesson, block.place)
        keep(row, now, counts=fresh)
