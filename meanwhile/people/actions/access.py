"""Signing in, and ending it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people.actions.notes import notify
from meanwhile.people.actions.passwords import Password
from meanwhile.people.actions.refused import key
from meanwhile.people.events import PasswordMade, SecondFactorDropped, SessionsEnded, SignedIn
from meanwhile.people.models import Person

MOST_SESSIONS = 5000
"""Ended sessions that one round deletes; the rest have time until the next."""


def signed_in(person: Person, how: str) -> None:
    """Write down that somebody came in. `how`: password, card, passkey, join."""
    with writing():
        record(SignedIn(actor=person.pk, school=None, how=how))


def end_sessions(actor: Person | int | None, person: Person) -> None:
    """Sign somebody out everywhere, at once: the round counts even for a session we do not see."""
    with writing():
        Person.objects.filter(pk=person.pk).update(sign_in_round=F("sign_in_round") + 1)
        person.refresh_from_db(fields=["sign_in_round"])
        _forget_sessions(person)
        record(SessionsEnded(actor=key(actor), school=None, person=person.pk))


def end_other_sessions(person: Person, keep: str | None) -> None:
    """Sign out on all other devices. The caller renews the session that stays (`keep`: its key)."""
    with writing():
        Person.objects.filter(pk=person.pk).update(sign_in_round=F("sign_in_round") + 1)
        person.refresh_from_db(fields=["sign_in_round"])
        _forget_sessions(person, keep)
        record(SessionsEnded(actor=person.pk, school=None, person=person.pk))


def list_session(request: HttpRequest) -> None:
    """Put this session on the list of one's devices; it may have a new key."""
    with writing():
        UserSession.objects.create_from_request(request)


def sessions_follow_password(person: Person, keep: str | None) -> None:
    """After a new password: the other sessions no longer hold, so they are not listed either."""
    with writing():
        _forget_sessions(person, keep)


def _forget_sessions(person: Person, keep: str | None = None) -> None:
    rows = UserSession.objects.filter(user=person).exclude(session_key=keep or "")
    Session.objects.filter(
        session_key__in=list(rows.values_list("session_key", flat=True))
    ).delete()
    rows.delete()


def forget_ended_sessions() -> int:
    """Delete the sessions whose time is over, and take them off the lists of devices. The number
    that went."""
    ended = Session.objects.filter(expire_date__lt=clock.now())
    with writing():
        keys = list(ended.values_list("session_key", flat=True)[:MOST_SESSIONS])
        UserSession.objects.filter(session_key__in=keys).delete()
        return Session.objects.filter(session_key__in=keys).delete()[0]


def change_password_for(actor: Person | int | None, person: Person, new: Password) -> None:
    """A new password made by the machine, to hand over. Ends every session."""
    with writing():
        person.password = new.hashed
        person.save(update_fields=["password"])
        end_sessions(actor, person)
        record(PasswordMade(actor=key(actor), school=None, person=person.pk))
        notify(person, "password", _("Your school has made a new password for you."))


def drop_second_factor(actor: Person | int | None, person: Person) -> None:
    """For somebody who has lost their phone or key. They are told, and signed out everywhere."""
    with writing():
        Authenticator.objects.filter(user=person).delete()
        end_sessions(actor, person)
        record(SecondFactorDropped(actor=key(actor), school=None, person=person.pk))
        notify(person, "second", _("Your school has taken the second step off your sign-in."))
