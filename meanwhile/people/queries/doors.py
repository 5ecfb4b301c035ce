"""What the doors ask before somebody is signed in: hence without `who`, one row at a time."""

import re
import unicodedata

from django.db.models import Q

from meanwhile.core import clock
from meanwhile.core.ids import tidy_code
from meanwhile.people.models import STAFF, Cohort, Invitation, NameCard, Person
from meanwhile.people.words import keyed_hash


def account_key(typed: str) -> str:
    """What a guess at the sign-in is a guess at: the account, by whichever of its names."""
    name = typed.strip()
    found = Person.objects.filter(Q(username__iexact=name) | Q(email__iexact=name, email__gt=""))
    pk = found.values_list("pk", flat=True).first()
    return f"person:{pk}" if pk else f"name:{name}"


def cohort_of_code(typed: str) -> Cohort | None:
    """The class that this code lets one join; None alike for unknown, closed and over."""
    code = tidy_code(typed)
    found = Cohort.objects.filter(code=code, open_to_join=True, closed_at=None) if code else None
    return found.select_related("school").first() if found is not None else None


def card_of(code: str, typed: str) -> NameCard | None:
    """The card of these words in the class of this code, if its person may come in."""
    cohort = Cohort.objects.filter(code=tidy_code(code)).values_list("pk", flat=True).first()
    # hashed even where there is no such class, so that both answers take as long
    hashed = keyed_hash(cohort or 0, typed)
    card = (
        NameCard.objects.filter(words_hash=hashed, enrolment__left_at=None)
        .select_related("enrolment__person", "enrolment__cohort")
        .first()
    )
    return card if card and _may_come_in(card) else None


def _may_come_in(card: NameCard) -> bool:
    person, school = card.enrolment.person, card.enrolment.cohort.school_id
    mine = list(person.memberships.values_list("school", "role", "suspended_at"))
    here = any(where == school and since is None for where, _role, since in mine)
    # made staff since the card was printed: three words no longer open their door
    return person.is_active and here and not any(role in STAFF for _, role, _since in mine)


def invitation_of(token: str) -> Invitation | None:
    """The link of this token, while it holds."""
    return (
        Invitation.objects.filter(
            token=token, ended_at=None, ends_at__gt=clock.now(), cohort__closed_at=None
        )
        .select_related("cohort__school")
        .first()
    )


def username_taken(name: str) -> bool:
    return Person.objects.filter(username__iexact=name).exists()


def suggest_username(name: str) -> str:
    """'amina.h' for Amina Haddad, 'amina.h2' when that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    base = (
        ".".join([words[0], *(word[0] for word in words[-1:] if len(words) > 1)])
        if words
        else "learner"
    )
    base = base[:50]
    taken = set(
        Person.objects.filter(username__istartswith=base).values_list("username", flat=True)
    )
    taken = {found.casefold() for found in taken}
    number, wanted = 1, base
    while wanted in taken:
        number += 1
        wanted = f"{base}{number}"
    return wanted
