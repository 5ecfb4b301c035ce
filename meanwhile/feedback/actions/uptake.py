"""What a learner does with feedback, and what is said back and forth about it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.typed import typed
from meanwhile.courses.queries.promises import promise_of
from meanwhile.feedback.actions.refused import Refused
from meanwhile.feedback.events import FeedbackTakenUp
from meanwhile.feedback.models import Feedback, Reply, Uptake
from meanwhile.feedback.words import title_of
from meanwhile.people.actions import notify
from meanwhile.people.models import Person

LONGEST = 1000
MOST_REPLIES = 100


def note_read(feedback: Feedback) -> None:
    """The learner opened it; the first time stays."""
    with writing():
        Feedback.objects.filter(pk=feedback.pk, read_at=None).update(read_at=clock.now())


def decide(actor: Person, feedback: Feedback, uptake: str, words: str) -> Feedback:
    """Say what one will do with it. Said again, the new word stands. Who asks back is answered by
    a promised time.

    Raises:
        Refused: no choice, or a question without words.
    """
    words = typed(words).strip()[:LONGEST]
    if uptake not in Uptake.values:
        raise Refused(_("Choose what you will do with it."))
    if not words:
        raise Refused(_("Write it in a few words, for example: measure from the normal."))
    with writing():
        row = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
        row.uptake, row.uptake_words = uptake, words
        row.decided_at = clock.now()
        row.read_at = row.read_at or row.decided_at
        row.save(update_fields=["uptake", "uptake_words", "decided_at", "read_at"])
        if uptake == Uptake.ASK:
            _ask(actor, row, words)
        record(
            FeedbackTakenUp(
                actor=actor.pk, school=row.cohort.school_id, feedback=row.pk, uptake=uptake
            )
        )
    return row


def _ask(actor: Person, row: Feedback, words: str) -> None:
    if Reply.objects.filter(feedback=row).count() >= MOST_REPLIES:
        raise Refused(_("There are 100 messages already. Talk to your teacher in class."))
    now = clock.now()
    Reply.objects.create(
        feedback=row,
        cohort_id=row.cohort_id,
        author=actor,
        asks=True,
        words=words,
        at=now,
        promised_at=promise_of(row.offering).by(now),
    )


def answer(actor: Person, question: Reply, words: str) -> Reply:
    """Answer a question back; the learner is told.

    Raises:
        Refused: no words.
    """
    words = typed(words).strip()[:2000]
    if not words:
        raise Refused(_("Write the answer first."))
    with writing():
        now = clock.now()
        feedback = question.feedback
        Reply.objects.filter(feedback=feedback, asks=True, answered_at=None).update(answered_at=now)
        made = Reply.objects.create(
            feedback=feedback,
            cohort_id=question.cohort_id,
            author=actor,
            asks=False,
            words=words,
            at=now,
        )
        notify(
            feedback.person,
            f"reply:{made.pk}",
            gettext_lazy("%(who)s answered your question about “%(task)s”."),
            reverse("feedback:feedback", args=[feedback.promise.code]),
            who=str(actor),
            task=title_of(feedback.block)[:120],
        )
    return made
