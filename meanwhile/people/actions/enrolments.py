"""Joining a class, leaving it, changing it."""

from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import Enrolled, Left
from meanwhile.people.models import Cohort, Enrolment, Membership, NameCard, Person, Role

WAY_IN_CLOSED = _("This class code does not open a class. Check it, or ask your teacher for it.")


def enrol(
    actor: Person | int | None,
    person: Person,
    cohort: Cohort,
    role: str = Role.LEARNER,
    how: str = "teacher",
) -> Enrolment:
    """Put somebody in a class, or back into it. Done twice is done once; work kept from before is
    there again. Gives them the role in the school as well, if they do not have it.

    Raises:
        Refused: they are suspended in this school.
    """
    with writing():
        _belong(person, cohort, role)
        row, made = Enrolment.objects.select_for_update().get_or_create(
            person=person, cohort=cohort, defaults={"role": role, "joined_at": clock.now()}
        )
        if not made and row.left_at is None and row.role == role:
            return row
        row.left_at, row.role = None, role
        row.save(update_fields=["left_at", "role"])
        record(
            Enrolled(
                actor=key(actor),
                school=cohort.school_id,
                person=person.pk,
                cohort=cohort.pk,
                role=role,
                how=how,
            )
        )
    return row


def _belong(person: Person, cohort: Cohort, role: str) -> None:
    mine = Membership.objects.filter(person=person, school=cohort.school_id)
    if mine.exclude(suspended_at=None).exists():
        raise Refused(_("%(name)s is suspended in this school.") % {"name": person.name})
    Membership.objects.get_or_create(person=person, school_id=cohort.school_id, role=role)


def join(person: Person, cohort: Cohort, how: str, role: str = Role.LEARNER) -> Enrolment:
    """Come in by oneself, by code or link. Who is there already stays what they are.

    Raises:
        Refused: the class is not open, or the person is suspended: the same words for both.
    """
    with writing():
        there = Enrolment.objects.filter(person=person, cohort=cohort, left_at=None).first()
        if there:
            return there
        cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
        if cohort.closed_at or (how == "code" and not cohort.open_to_join):
            raise Refused(WAY_IN_CLOSED)
        try:
            return enrol(person, person, cohort, role, how)
        except Refused:
            raise Refused(WAY_IN_CLOSED) from None


def leave(actor: Person | int | None, enrolment: Enrolment) -> None:
    """Take somebody out of a class. Their work stays; their name card ends."""
    with writing():
        now = clock.now()
        if not Enrolment.objects.filter(pk=enrolment.pk, left_at=None).update(left_at=now):
            return
        enrolment.left_at = now
        NameCard.objects.filter(enrolment=enrolment).delete()
        record(
            Left(
                actor=key(actor),
                school=enrolment.cohort.school_id,
                person=enrolment.person_id,
                cohort=enrolment.cohort_id,
            )
        )


def move(actor: Person | int | None, enrolment: Enrolment, cohort: Cohort) -> Enrolment:
    """From one class to another of the same school. The work in the first one stays theirs.

    Raises:
        Refused: the other class belongs to another school.
    """
    if cohort.school_id != enrolment.cohort.school_id:
        raise Refused(_("Somebody can be moved within one school only."))
    with writing():
        leave(actor, enrolment)
        return enrol(actor, enrolment.person, cohort, enrolment.role, how="moved")
