"""Promises: made when work is handed in, moved with a sentence, ended when nobody waits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meanwhile.assessment.models import Submission
from meanwhile.core import clock
from meanwhile.core.clock import zone_or_utc
from meanwhile.core.events import record, writing
from meanwhile.core.ids import readable_code
from meanwhile.courses.queries.promises import promise_of
from meanwhile.feedback.actions.refused import Refused
from meanwhile.feedback.events import PromiseMoved
from meanwhile.feedback.models import Promise, PromiseMove
from meanwhile.feedback.words import title_of
from meanwhile.people.actions import notify
from meanwhile.people.models import Person
from meanwhile.ui.time import city, day_and_time

LATEST = timedelta(days=92)
"""How far a promise may be moved: a term."""
LONGEST = 160
"""Of the sentence: a notice holds it whole, with the task and the new time."""


def promise(submission: int) -> Promise:
    """Promise an answer to a hand-in, in the school days of its school. Asked twice, done once. The
    promise for a version before it ends, for nobody waits for that any more."""
    with writing():
        row = Submission.objects.select_related("offering__cohort__school").get(pk=submission)
        found = Promise.objects.filter(submission=row).first()
        if found is not None:
            return found
        earlier = Promise.objects.filter(submission__work=row.work_id)
        again = earlier.exclude(kept_at=None).exists()
        earlier.open().update(ended_at=clock.now())
        by = promise_of(row.offering).by(row.handed_in_at)
        ended = row.taken_back_at or row.replaced_at
        return Promise.objects.create(
            submission=row,
            person_id=row.person_id,
            cohort_id=row.cohort_id,
            offering_id=row.offering_id,
            block_id=row.block_id,
            code=_fresh_code(),
            again=again,
            sent_at=row.handed_in_at,
            first_at=by,
            promised_at=by,
            ended_at=ended,
        )


def _fresh_code() -> str:
    while Promise.objects.filter(code=(code := readable_code())).exists():
        pass
    return code


def end_promise(submission: int) -> None:
    """The hand-in was taken back: nobody waits."""
    with writing():
        Promise.objects.open().filter(submission=submission).update(ended_at=clock.now())


def move_promises(
    actor: Person, promises: Iterable[Promise], to: datetime, words: str
) -> list[Promise]:
    """Move promises to a later time, with a sentence that each of those who wait is told. What was
    said before stays in the history.

    Raises:
        Refused: not later than it was, too far away, or no sentence.
    """
    words = " ".join(words.split())
    if not words:
        raise Refused(_("Write a sentence to those who wait: why, and when instead."))
    if len(words) > LONGEST:
        raise Refused(_("One sentence is enough: at most 160 signs."))
    if to > clock.now() + LATEST:
        raise Refused(_("That is more than a term away. Choose an earlier day."))
    with writing():
        keys = [each.pk for each in promises]
        rows = list(
            Promise.objects.select_for_update(of=("self",))
            .filter(pk__in=keys, kept_at=None, ended_at=None)
            .select_related("person", "block", "cohort")
            .order_by("pk")
        )
        if any(to <= row.promised_at for row in rows) or to <= clock.now():
            raise Refused(_("Choose a time later than the one that was promised."))
        for row in rows:
            _move(actor, row, to, words)
    return rows


def _move(actor: Person, row: Promise, to: datetime, words: str) -> None:
    now = clock.now()
    PromiseMove.objects.create(
        promise=row, was=row.promised_at, now=to, words=words, moved_by=actor, moved_at=now
    )
    row.promised_at = to
    row.save(update_fields=["promised_at"])
    with override(row.person.language):
        zone = zone_or_utc(row.person.zone)
        when = f"{day_and_time(to, zone, now)} {city(zone)}"
    notify(
        row.person,
        f"promise:{row.pk}",
        gettext_lazy("Feedback on “%(task)s” comes by %(when)s now. %(who)s: %(sentence)s"),
        reverse("feedback:mine"),
        task=title_of(row.block)[:60],
        when=when,
        who=str(actor),
        sentence=words,
    )
    record(PromiseMoved(actor=actor.pk, school=row.cohort.school_id, promise=row.pk))
