"""What somebody is in a school, and who guards whom."""

from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people.actions.access import end_sessions
from meanwhile.people.actions.enrolments import leave
from meanwhile.people.actions.notes import notify
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import (
    GuardianLinked,
    GuardianUnlinked,
    Reinstated,
    RoleGiven,
    RoleTaken,
    Suspended,
)
from meanwhile.people.models import Enrolment, Guardianship, Membership, Person, Role, School


def make_school(slug: str, name: str, **more: str) -> School:
    """A school on this site. `more`: zone, language, country."""
    with writing():
        return School.objects.create(slug=slug, name=name, **more)


def give_role(actor: Person | int | None, person: Person, school: School, role: str) -> None:
    """Give a role; given twice is given once. Who is suspended there stays so in the new role."""
    with writing():
        others = Membership.objects.filter(person=person, school=school)
        since = others.values_list("suspended_at", flat=True).first()
        _row, made = Membership.objects.get_or_create(
            person=person, school=school, role=role, defaults={"suspended_at": since}
        )
        if made:
            record(RoleGiven(actor=key(actor), school=school.pk, person=person.pk, role=role))


def take_role(actor: Person | int | None, person: Person, school: School, role: str) -> None:
    """Take a role back, with the places in classes that rest on it. Their work stays.

    Raises:
        Refused: they are the last admin of the school.
    """
    with writing():
        if role == Role.ADMIN:
            _refuse_for_last_admin(person, school)
        for enrolment in Enrolment.objects.filter(
            person=person, cohort__school=school, role=role, left_at=None
        ):
            leave(actor, enrolment)
        gone, _rows = Membership.objects.filter(person=person, school=school, role=role).delete()
        if role == Role.GUARDIAN:
            Guardianship.objects.filter(guardian=person, school=school).delete()
        if gone:
            record(RoleTaken(actor=key(actor), school=school.pk, person=person.pk, role=role))


def _refuse_for_last_admin(person: Person, school: School) -> None:
    # the rows are locked, so that two admins who remove each other leave one behind
    admins = Membership.objects.select_for_update().filter(
        school=school, role=Role.ADMIN, suspended_at=None
    )
    if {row.person_id for row in admins} <= {person.pk}:
        raise Refused(_("A school needs an admin. Make somebody else one first."))


def suspend(actor: Person | int | None, person: Person, school: School) -> None:
    """Shut somebody out of a school: nothing is deleted, nothing opens, every session ends.

    Raises:
        Refused: it is oneself, or the last admin.
    """
    if key(actor) == person.pk:
        raise Refused(_("You cannot suspend yourself. Ask another admin."))
    with writing():
        mine = Membership.objects.filter(person=person, school=school, suspended_at=None)
        if mine.filter(role=Role.ADMIN).exists():
            _refuse_for_last_admin(person, school)
        if mine.update(suspended_at=clock.now()):
            end_sessions(actor, person)
            record(Suspended(actor=key(actor), school=school.pk, person=person.pk))


def reinstate(actor: Person | int | None, person: Person, school: School) -> None:
    """Let a suspended person in again, with everything as it was."""
    with writing():
        mine = Membership.objects.filter(person=person, school=school)
        if mine.exclude(suspended_at=None).update(suspended_at=None):
            record(Reinstated(actor=key(actor), school=school.pk, person=person.pk))


def link_guardian(
    actor: Person | int | None, guardian: Person, learner: Person, school: School
) -> Guardianship:
    """Let a guardian see a learner's work in this school. The learner is told.

    Raises:
        Refused: they are the same person, or the learner is not one here.
    """
    if guardian.pk == learner.pk:
        raise Refused(_("Somebody cannot be their own guardian."))
    if not Membership.objects.filter(person=learner, school=school, role=Role.LEARNER).exists():
        raise Refused(_("%(name)s is not a learner in this school.") % {"name": learner.name})
    with writing():
        give_role(actor, guardian, school, Role.GUARDIAN)
        row, made = Guardianship.objects.get_or_create(
            guardian=guardian, learner=learner, school=school, defaults={"since": clock.now()}
        )
        if made:
            words = _("%(name)s can now see your courses and your feedback, as your guardian.")
            notify(learner, "guardian", words, name=guardian.name)
            record(
                GuardianLinked(
                    actor=key(actor), school=school.pk, guardian=guardian.pk, learner=learner.pk
                )
            )
    return row


def unlink_guardian(actor: Person | int | None, row: Guardianship) -> None:
    """End a guardianship. The learner is told."""
    with writing():
        words = _("%(name)s no longer sees your courses as your guardian.")
        notify(row.learner, "guardian", words, name=row.guardian.name)
        record(
            GuardianUnlinked(
                actor=key(actor),
                school=row.school_id,
                guardian=row.guardian_id,
                learner=row.learner_id,
            )
        )
        row.delete()
