"""Who may see what is written for a task: the learner; and, once it is handed in, who watches the
cohort."""

from django.db.models import Exists, OuterRef, Q

from meanwhile.assessment.models import Extension, Submission, SubmissionFile, Work, WorkFile
from meanwhile.core.rules import allowed, rule
from meanwhile.people.models import Enrolment
from meanwhile.people.rules import watched
from meanwhile.people.who import Who


@rule(Work, "see")
def see_work(who: Who) -> Q:
    """Nobody but the learner reads what is not handed in."""
    return Q(person=who.pk)


@rule(Submission, "see")
def see_submission(who: Who) -> Q:
    """Who handed it in; and as long as it is not taken back, who teaches or assists in the class,
    the school admin and the SEND lead. Not the guardian, who sees only that it was handed in."""
    return Q(person=who.pk) | (watched(who, "cohort__") & Q(taken_back_at=None))


@rule(Submission, "follow")
def follow_submission(who: Who) -> Q:
    """That and when it was handed in, without a word of it: a guardian, for the child they follow
    in this class."""
    followed = allowed(who, "follow", Enrolment).filter(
        person=OuterRef("person"), cohort=OuterRef("cohort")
    )
    return Q(Exists(followed), taken_back_at=None)


@rule(Submission, "take back")
def take_back_submission(who: Who) -> Q:
    """Who handed it in, as long as it stands and nobody has begun to mark it."""
    return Q(person=who.pk, taken_back_at=None, replaced_at=None, marking_began_at=None)


@rule(WorkFile, "see")
def see_work_file(who: Who) -> Q:
    """Whose it is; and who may see a hand-in that holds it."""
    shown = allowed(who, "see", Submission).values("pk")
    held = SubmissionFile.objects.filter(file=OuterRef("pk"), submission__in=shown)
    return Q(person=who.pk) | Q(Exists(held))


@rule(Extension, "see")
def see_extension(who: Who) -> Q:
    """Who asked, and who teaches or assists in the class: a reason is told to them alone."""
    return Q(person=who.pk) | Q(cohort__in=who.teaches)


@rule(Extension, "answer")
def answer_extension(who: Who) -> Q:
    """The class's teachers, without the assistants."""
    return Q(cohort__in=who.leads)
