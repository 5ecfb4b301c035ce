"""Accounts and what belongs to them."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from meanwhile.core.events import record, writing
from meanwhile.people.actions.refused import Refused, key
from meanwhile.people.events import PersonChanged, PersonMade
from meanwhile.people.models import Membership, Person, Role, School

OWN = ("name", "called", "email", "age_band", "zone", "zone_confirmed", "language")
READING = ("theme", "text", "space", "font", "contrast", "motion", "ruler", "focus")


def make_person(
    actor: Person | int | None,
    *,
    username: str,
    name: str,
    password: str | None = None,
    hashed: str = "",
    school: School | None = None,
    role: str = Role.LEARNER,
    how: str = "admin",
    **own: Any,
) -> Person:
    """An account; with a school, also its first role there. Without a password it opens only by
    name card, or once a password is made for it. `hashed`: the hash of a password, made before the
    transaction (passwords.py); `password` is for callers who are in none.

    Raises:
        Refused: the user name or the e-mail is taken.
    """
    person = Person(username=username, name=name, **own)
    person.password = hashed or make_password(password)
    with writing():
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            raise Refused(_("This user name or e-mail is taken. Choose another one.")) from None
        if school:
            Membership.objects.create(person=person, school=school, role=role)
        record(
            PersonMade(
                actor=key(actor) or person.pk,
                school=school.pk if school else None,
                person=person.pk,
                how=how,
            )
        )
    return person


def change_person(actor: Person | int | None, person: Person, **own: Any) -> list[str]:
    """Change name, e-mail, zone, language and the like. The names of what really changed.

    Raises:
        Refused: the e-mail is taken.
        TypeError: something that is not a person's own to change.
    """
    if strange := set(own) - set(OWN):
        raise TypeError(f"not changed here: {strange}")
    changed = sorted(field for field, value in own.items() if getattr(person, field) != value)
    for field in changed:
        setattr(person, field, own[field])
    if not changed:
        return []
    with writing():
        try:
            with transaction.atomic():
                person.save(update_fields=changed)
        except IntegrityError:
            raise Refused(_("This e-mail is already used here. Give another one.")) from None
        record(PersonChanged(actor=key(actor), school=None, person=person.pk, fields=changed))
    return changed


def keep_reading(person: Person, settings: dict[str, str]) -> None:
    """How somebody reads. What is absent is as their device. No event: it is nobody's business."""
    with writing():
        for field in READING:
            setattr(person, field, settings.get(field, ""))
        person.save(update_fields=READING)
