"""Who may see what a learner has done: the learner, who watches the cohort, a guardian a part."""

from django.db.models import Exists, OuterRef, Q

from meanwhile.core import clock
from meanwhile.core.rules import allowed, rule
from meanwhile.learning.models import (
    KEPT_AFTER_REMOVAL,
    Answer,
    BlockState,
    Draft,
    LessonNote,
    Participation,
    WayChoice,
    WayStart,
    WayWish,
)
from meanwhile.people.models import Enrolment
from meanwhile.people.rules import watched
from meanwhile.people.who import Who


@rule(Participation, "see")
def see_participation(who: Who) -> Q:
    """How far somebody is in a course: they themselves, who watches the cohort, and a guardian
    who follows them in it."""
    followed = allowed(who, "follow", Enrolment).filter(
        person=OuterRef("person"), cohort=OuterRef("offering__cohort")
    )
    return Q(person=who.pk) | watched(who, "offering__cohort__") | Q(Exists(followed))


def _work(who: Who) -> Q:
    return Q(participation__person=who.pk) | watched(who, "participation__offering__cohort__")


@rule(BlockState, "see")
def see_state(who: Who) -> Q:
    """The learner, who teaches or assists in the cohort, the school admin and the SEND lead. Not the
    guardian."""
    return _work(who)


@rule(Answer, "see")
def see_answer(who: Who) -> Q:
    """An answer is seen by who gave it and by those who watch the cohort. A guardian sees how
    far a child is, not what the child wrote."""
    return _work(who)


@rule(Draft, "see")
def see_draft(who: Who) -> Q:
    """Nobody but the learner reads what is not handed over yet."""
    return Q(participation__person=who.pk)


@rule(WayChoice, "see")
def see_way_choice(who: Who) -> Q:
    """Who chose it, and nobody else: how somebody likes to read is not for a class to know."""
    return Q(person=who.pk)


@rule(WayWish, "see")
def see_way_wish(who: Who) -> Q:
    """Whose wish it is, and nobody else."""
    return Q(person=who.pk)


@rule(WayStart, "see")
def see_way_start(who: Who) -> Q:
    """Who teaches or assists in the cohort, the school admin and the SEND lead. Not the guardian,
    and no learner: their lesson simply begins that way."""
    return watched(who, "offering__cohort__")


@rule(LessonNote, "see")
def see_note(who: Who) -> Q:
    """Its writer alone. A notebook is private, also from who teaches, runs the school or guards
    the learner."""
    return Q(person=who.pk, removed_at=None)


@rule(LessonNote, "put back")
def put_back_note(who: Who) -> Q:
    """Who wrote it, for 30 days after taking it out."""
    return Q(person=who.pk, removed_at__gt=clock.now() - KEPT_AFTER_REMOVAL)
