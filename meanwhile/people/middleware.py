"""Puts `request.who` on the request, and the person's language and zone around the reply."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from meanwhile.core.clock import is_zone
from meanwhile.people.models import Person
from meanwhile.people.who import Who


class WhoMiddleware:
    """A person's language and zone come from their profile; a guest's from cookie and browser.

    Whom `Who` takes for nobody (suspended everywhere) is a guest, even while a session lasts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = Who(request.user)
        if request.user.is_authenticated and not came:
            request.user = AnonymousUser()
        request.who = SimpleLazyObject(
            # asked late, for a view may have signed somebody in
            lambda: came if came.pk == request.user.pk else Who(request.user)
        )
        language, zone = self.settings_of(request)
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not request.path.startswith("/static/"):
            # pages are somebody's own: no shared or backward cache keeps them after sign-out
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def settings_of(self, request: HttpRequest) -> tuple[str, str]:
        person = request.user if isinstance(request.user, Person) else None
        if person:
            language, zone = person.language, person.zone
        else:
            language = translation.get_language_from_request(request)
            zone = request.COOKIES.get("zone", "UTC")
        return language or "en-gb", zone if is_zone(zone) else "UTC"
