"""Writing feedback: drafts, compare-and-set; held and released; the comment bank; notes of staff."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meanwhile.assessment.actions import note_marking_began, note_returned
from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.typed import typed
from meanwhile.courses.models import Block, Offering
from meanwhile.feedback import draft
from meanwhile.feedback.actions.refused import Changed, Refused, Released
from meanwhile.feedback.events import FeedbackReleased
from meanwhile.feedback.models import BankComment, Feedback, MarkingPlan, Promise, StaffNote
from meanwhile.feedback.words import title_of
from meanwhile.people.actions import notify
from meanwhile.people.models import Person

LONGEST_IN_BANK = 500
AT_ONCE = 200


def save_draft(
    actor: Person, promise: Promise, words: dict[str, Any], base: int | None
) -> Feedback:
    """Keep what is typed, if nothing else was typed since version `base`. The same words again, and
    words over an empty draft, are never a conflict. From the first word on the learner cannot take
    the work back.

    Raises:
        Changed: there is another version.
        Released: it is with the learner already.
        Refused: the learner took the work back, or handed in another version.
    """
    kept = draft.tidy(words)
    with writing():
        row = _locked(actor, promise)
        if kept == row.words:
            return row
        if row.words and base != row.version:
            raise Changed(row.words, row.version)
        row.words, row.version, row.marker = kept, row.version + 1, actor
        row.saved_at = clock.now()
        row.save(update_fields=["words", "version", "marker", "saved_at"])
    return row


def _locked(actor: Person, promise: Promise) -> Feedback:
    """The feedback to this hand-in, locked until the end of the transaction.

    Raises:
        Released, Refused: as above.
    """
    held = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    row = Feedback.objects.filter(promise=held).first()
    if row is not None and row.released_at:
        raise Released
    if row is None:
        # locks the learner's work: who takes back at this moment was before us or finds it begun
        note_marking_began(held.submission)
        held.submission.refresh_from_db(fields=["taken_back_at", "replaced_at"])
    if held.ended_at or held.submission.taken_back_at or held.submission.replaced_at:
        raise Refused(
            _("This version is not to be marked any more: it was taken back, or a newer one came.")
        )
    if row is None:
        row = Feedback.objects.create(
            promise=held,
            person_id=held.person_id,
            cohort_id=held.cohort_id,
            offering_id=held.offering_id,
            block_id=held.block_id,
            marker=actor,
            saved_at=clock.now(),
        )
    return row


def hold(actor: Person, promise: Promise, held: bool = True) -> Feedback:
    """Keep it until others are ready too. It goes out at the promised time at the latest; taken off
    hold it is a draft again.

    Raises:
        Released, Refused: as above, or there is nothing in it yet.
    """
    with writing():
        row = _locked(actor, promise)
        _refuse_empty(row)
        row.held_at = clock.now() if held else None
        row.save(update_fields=["held_at"])
    return row


def release(actor: Person, promise: Promise) -> Feedback:
    """Let the learner read it: the promise is kept, the learner told, the bank grown. Done again, it
    stays as it is.

    Raises:
        Refused: there is nothing in it yet, points that are no number, or it is not to be marked.
    """
    with writing():
        try:
            row = _locked(actor, promise)
        except Released:
            return Feedback.objects.get(promise=promise)
        _refuse_empty(row)
        _refuse_points(row)
        _release(actor, row)
    return row


def _refuse_empty(row: Feedback) -> None:
    if draft.read(row.words).empty:
        raise Refused(
            _("There is nothing to read yet. Choose a level, or write a comment or a note.")
        )


def _refuse_points(row: Feedback) -> None:
    typed_points = draft.read(row.words).points
    given, most = draft.number(typed_points), most_points(row.block)
    if typed_points.strip() and (given is None or (most is not None and given > most)):
        until = f"{most:g}" if most is not None else "100"
        raise Refused(_("Write the points as a number from 0 to %(most)s.") % {"most": until})


def most_points(block: Block) -> float | None:
    given = block.data.get("points") if isinstance(block.data, dict) else None
    return float(given) if given else None


def _release(actor: Person | None, row: Feedback) -> None:
    now = clock.now()
    row.released_at = now
    row.save(update_fields=["released_at"])
    held = row.promise
    held.kept_at = now
    held.save(update_fields=["kept_at"])
    note_returned(held.submission)
    _grow_bank(row)
    from_whom = row.marker
    notify(
        row.person,
        f"feedback:{row.pk}",
        gettext_lazy("Your work on “%(task)s” came back, from %(who)s."),
        reverse("feedback:feedback", args=[held.code]),
        task=title_of(row.block)[:120],
        who=str(from_whom) if from_whom else "",
    )
    record(
        FeedbackReleased(
            actor=actor.pk if actor else None,
            school=row.cohort.school_id,
            offering=row.offering_id,
            block=row.block_id,
            submission=held.submission_id,
            feedback=row.pk,
        )
    )


def release_held(actor: Person, rows: Iterable[Feedback]) -> int:
    """Release all of these together. How many went out.

    Raises:
        Refused: the points of one are no number; then none goes out.
    """
    with writing():
        done = [release(actor, each.promise) for each in rows]
    return len(done)


def release_due() -> int:
    """What is held goes out at the promised time: a promise is kept also when nobody is there to
    press the button. How many went out."""
    due = Feedback.objects.filter(
        held_at__isnull=False,
        released_at=None,
        promise__promised_at__lte=clock.now(),
        promise__ended_at=None,
    ).select_related("promise", "marker")
    out = 0
    for row in due[:AT_ONCE]:
        with writing():
            Promise.objects.select_for_update(of=("self",)).get(pk=row.promise_id)
            fresh = Feedback.objects.get(pk=row.pk)
            if fresh.released_at is None and fresh.held_at is not None:
                _release(fresh.marker, fresh)
                out += 1
    return out


def _grow_bank(row: Feedback) -> None:
    """What a marker wrote is there the next time they type the beginning of it."""
    if row.marker_id is None:
        return
    for comment in draft.read(row.words).comments:
        keep_in_bank(row.marker_id, comment.line, comment.words)


def keep_in_bank(person: int, line: str, words: str) -> None:
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_IN_BANK:
        return
    facts = {"sought": words.lower(), "used_at": clock.now()}
    row, made = BankComment.objects.get_or_create(
        person_id=person, line=line, words=words, defaults=facts
    )
    if not made:
        row.uses, row.used_at = row.uses + 1, clock.now()
        row.save(update_fields=["uses", "used_at"])


def forget_bank_comment(row: BankComment) -> None:
    """Take a comment out of one's bank. Feedback that holds it keeps it."""
    with writing():
        row.delete()


def note_among_staff(actor: Person, promise: Promise, words: str) -> StaffNote:
    """A few words for the other markers.

    Raises:
        Refused: no words.
    """
    words = typed(words).strip()[:2000]
    if not words:
        raise Refused(_("Write the note first."))
    with writing():
        return StaffNote.objects.create(
            promise=promise,
            cohort_id=promise.cohort_id,
            author=actor,
            words=words,
            at=clock.now(),
        )


def mark_without_names(offering: Offering, block: Block, anonymous: bool) -> MarkingPlan:
    """Show codes instead of names to the markers of a task, until each answer is released."""
    with writing():
        plan, _made = MarkingPlan.objects.update_or_create(
            offering=offering, block=block, defaults={"anonymous": anonymous}
        )
    return plan
