"""Links into a class."""

from datetime import timedelta

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.ids import secret_token
from meanwhile.people.actions.refused import key
from meanwhile.people.events import InvitationEnded, Invited
from meanwhile.people.models import Cohort, Invitation, Person, Role


def invite(actor: Person, cohort: Cohort, days: int = 14, role: str = Role.LEARNER) -> Invitation:
    """A link that lets people join the class, until it ends or is ended."""
    with writing():
        now = clock.now()
        row = Invitation.objects.create(
            cohort=cohort,
            token=secret_token(),
            role=role,
            made_by=actor,
            made_at=now,
            ends_at=now + timedelta(days=days),
        )
        record(Invited(actor=key(actor), school=cohort.school_id, cohort=cohort.pk))
    return row


def end_invitation(actor: Person, row: Invitation) -> None:
    """The link opens nothing from now on."""
    with writing():
        if Invitation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=clock.now()):
            record(
                InvitationEnded(actor=key(actor), school=row.cohort.school_id, cohort=row.cohort_id)
            )
