"""Who may see what is promised, written and released. A draft is its markers' alone."""

from django.db.models import Exists, OuterRef, Q

from meanwhile.core.rules import allowed, rule
from meanwhile.feedback.models import BankComment, Feedback, Promise, Reply, StaffNote
from meanwhile.people.models import AgeBand, Enrolment
from meanwhile.people.rules import watched
from meanwhile.people.who import Who


@rule(Promise, "see")
def see_promise(who: Who) -> Q:
    """Who waits for the answer."""
    return Q(person=who.pk)


@rule(Promise, "mark")
def mark_promise(who: Who) -> Q:
    """Read the work and answer it: who teaches or assists in the class."""
    return Q(cohort__in=who.teaches)


@rule(Promise, "move")
def move_promise(who: Who) -> Q:
    """To another time, with a sentence to those who wait: who teaches or assists in the class, as
    long as somebody waits."""
    return Q(cohort__in=who.teaches, kept_at=None, ended_at=None)


@rule(Feedback, "see")
def see_feedback(who: Who) -> Q:
    """Once it is released: the learner, who watches the class, and the guardian of a learner under
    18 in this class. Before that nobody: a draft opens on the marking page alone."""
    followed = allowed(who, "follow", Enrolment).filter(
        person=OuterRef("person"), cohort=OuterRef("cohort")
    )
    of_a_minor = followed.exclude(person__age_band=AgeBand.ADULT)
    theirs = Q(person=who.pk) | watched(who, "cohort__") | Q(Exists(of_a_minor))
    return theirs & Q(released_at__isnull=False)


@rule(Feedback, "answer")
def answer_feedback(who: Who) -> Q:
    """Say what they will do with it, and ask back: the learner, once it is released."""
    return Q(person=who.pk, released_at__isnull=False)


@rule(Reply, "answer")
def answer_reply(who: Who) -> Q:
    """A question back that waits: who teaches or assists in the class."""
    return Q(cohort__in=who.teaches, asks=True, answered_at=None)


@rule(Reply, "teach")
def teach_reply(who: Who) -> Q:
    """Any question back in the classes one teaches or assists in, answered or not, so that an answer
    sent twice finds its receipt."""
    return Q(cohort__in=who.teaches, asks=True)


@rule(StaffNote, "see")
def see_staff_note(who: Who) -> Q:
    """Who teaches or assists in the class."""
    return Q(cohort__in=who.teaches)


@rule(BankComment, "see")
def see_bank_comment(who: Who) -> Q:
    """Who wrote it."""
    return Q(person=who.pk)
