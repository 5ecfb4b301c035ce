"""What the room says to a task's page: by when somebody answers, and where what came is read."""

from django.urls import reverse

from meanwhile.assessment.answers import Answer, answers
from meanwhile.core.rules import visible
from meanwhile.feedback.models import Promise
from meanwhile.people.who import Who


@answers
def to_hand_ins(who: Who, submissions: list[int]) -> dict[int, Answer]:
    """One query."""
    rows = visible(who, Promise).filter(submission__in=submissions, ended_at=None)
    return {
        row.submission_id: Answer(
            row.promised_at,
            reverse("feedback:feedback", args=[row.code]) if row.kept_at else "",
        )
        for row in rows
    }
