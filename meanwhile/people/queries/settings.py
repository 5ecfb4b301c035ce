"""What the settings page shows."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext

from meanwhile.core import clock
from meanwhile.people.models import Person
from meanwhile.people.who import Who


def is_staff(who: Who) -> bool:
    """Whether they work in a school or run the site: a second step is suggested to them."""
    return bool(who.works_in) or who.is_site_admin


def has_second_factor(person: Person) -> bool:
    """Whether a code or a key is asked for after the password."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=person, type__in=kinds).exists()


@dataclass(frozen=True)
class Device:
    """Where somebody is signed in, as they would call it."""

    name: str
    since: datetime
    session_key: str


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_name(agent: str) -> str:
    """'Firefox, Android' from what a browser says of itself; never certain, so never more."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    browser = browser or ("Safari" if "Safari" in agent else "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return ", ".join(filter(None, (browser, system))) or gettext("a device")


def devices_of(person: Person) -> list[Device]:
    """Where somebody is signed in, newest first."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=alive)
    return [
        Device(device_name(row.user_agent), row.created_at, row.session_key)
        for row in rows.order_by("-created_at")
    ]
