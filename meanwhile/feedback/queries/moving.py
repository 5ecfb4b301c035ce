"""A promise that will be missed: who waits with it, and when it could be instead."""

from dataclasses import dataclass
from datetime import datetime

from meanwhile.core import clock
from meanwhile.core.rules import allowed, get
from meanwhile.feedback.models import Promise
from meanwhile.feedback.queries.queue import without_names
from meanwhile.feedback.words import called, title_of
from meanwhile.people.queries import calendar_of
from meanwhile.people.school_days import answer_by
from meanwhile.people.who import Who

MOST = 200


@dataclass
class Moving:
    """promises: those of the same task promised for the same time. to: the next school day after
    it, at the end of its hours. zone: the school's, in which a time is typed."""

    title: str
    promises: list[Promise]
    names: list[str]
    to: datetime
    zone: str


def moving(who: Who, code: str) -> Moving:
    """Five queries.

    Raises:
        Http404: nobody waits any more, or it is not theirs.
    """
    first = get(who, "move", Promise, code=code)
    rows = list(
        allowed(who, "move", Promise)
        .filter(offering=first.offering_id, block=first.block_id, promised_at=first.promised_at)
        .select_related("person", "block", "cohort__school")
        .order_by("sent_at", "pk")[:MOST]
    )
    hidden = (first.offering_id, first.block_id) in without_names(rows)
    school = rows[0].cohort.school
    late = max(first.promised_at, clock.now())
    return Moving(
        title_of(rows[0].block),
        rows,
        [called(row.person, row.code, hidden) for row in rows],
        answer_by(late, 1, calendar_of(school)),
        school.zone,
    )
