"""What every page knows of who reads it: their settings, language, zone and clock."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from meanwhile.core import clock
from meanwhile.ui import time

COOKIE = "reading"
A_YEAR = 60 * 60 * 24 * 365
# What each setting may be. Absent means "as my device".
SETTINGS: dict[str, tuple[str, ...]] = {
    "theme": ("light", "dark"),
    "text": ("large", "largest"),
    "space": ("wide",),
    "font": ("reader",),
    "contrast": ("more",),
    "motion": ("less",),
    "ruler": ("on",),
    "focus": ("one",),
}


@dataclass(frozen=True)
class Reader:
    """The person in front of the page, signed in or not."""

    account: str
    name: str
    language: str
    zone: tzinfo
    now: datetime
    settings: dict[str, str]
    person: Any = None

    @property
    def zone_name(self) -> str:
        """The IANA name, for scripts that write times."""
        return getattr(self.zone, "key", "UTC")

    @property
    def city(self) -> str:
        return time.city(self.zone)

    @property
    def clock(self) -> str:
        return time.clock(self.now, self.zone)

    @property
    def clock_iso(self) -> str:
        return time.iso(self.now, self.zone)


def allowed(given: dict[str, str]) -> dict[str, str]:
    """The settings that say something and that we know."""
    return {name: given[name] for name, values in SETTINGS.items() if given.get(name) in values}


def settings_of(request: HttpRequest) -> dict[str, str]:
    """From the profile, or a guest's from the cookie."""
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        return allowed({name: getattr(person, name, "") for name in SETTINGS})
    return allowed(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))


def keep_in_cookie(response: HttpResponse, given: dict[str, str]) -> None:
    """A guest's settings, on this device for a year."""
    response.set_cookie(COOKIE, urlencode(allowed(given)), max_age=A_YEAR, samesite="Lax")


def reader_of(request: HttpRequest) -> Reader:
    """The reader; zone and language are those that the middleware has put in force."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return Reader(
        account=str(person.pk) if person else "",
        name=str(getattr(person, "name", "") or person or "") if person else "",
        language=get_language() or "en-gb",
        zone=timezone.get_current_timezone(),
        now=clock.now(),
        settings=settings_of(request),
        person=person,
    )


def reader(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `reader`."""
    return {"reader": reader_of(request)}
