"""Choosing how to meet a block. None of it is progress: no count moves, no answer, no draft."""

from collections.abc import Mapping

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.courses.models import Block, Offering
from meanwhile.courses.variants import key_of
from meanwhile.learning.events import WayStartSet
from meanwhile.learning.models import WayChoice, WayStart, WayWish
from meanwhile.people.who import Who


def choose_way(who: Who, main: Block, chosen: Block) -> None:
    """From now on this person meets the place of `main` by `chosen`, one of its ways. Also in a
    course that has ended: it can still be read."""
    row = WayChoice(
        person=who.person,
        block=main,
        way=key_of(chosen.way, chosen.language),
        chosen_at=clock.now(),
    )
    with writing():
        WayChoice.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["person", "block"],
            update_fields=["way", "chosen_at"],
        )


def keep_wish(who: Who, way: str) -> None:
    """What this person would like wherever there is a choice; "" for what their teacher begins
    with, else as written."""
    with writing():
        if not way:
            WayWish.objects.filter(person=who.pk).delete()
            return
        WayWish.objects.bulk_create(
            [WayWish(person=who.person, way=way)],
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["way"],
        )


def set_starts(
    who: Who, offering: Offering, groups: Mapping[int, str], people: Mapping[int, str]
) -> int:
    """The way in which these groups and persons of the class begin; "" takes it away. How many of
    them changed. Who learns may always choose another way, and what they chose stays."""
    with writing():
        Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
        changed = _set(offering, "group_id", groups) + _set(offering, "person_id", people)
        if changed:
            record(
                WayStartSet(
                    actor=who.pk,
                    school=offering.cohort.school_id,
                    offering=offering.pk,
                    groups=len(groups),
                    people=len(people),
                )
            )
    return changed


def _set(offering: Offering, column: str, wanted: Mapping[int, str]) -> int:
    rows = WayStart.objects.filter(offering=offering, **{f"{column}__in": list(wanted)})
    there = {getattr(row, column): row for row in rows}
    changed = 0
    for key, way in wanted.items():
        row = there.get(key)
        if (row.way if row else "") == way:
            continue
        changed += 1
        if row and not way:
            row.delete()
            continue
        row = row or WayStart(offering=offering, **{column: key})
        row.way, row.set_at = way, clock.now()
        row.save()
    return changed
