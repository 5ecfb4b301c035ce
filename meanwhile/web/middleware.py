"""Turns refusals that any room may raise into plain pages."""

from collections.abc import Callable
from math import ceil

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import ngettext

from meanwhile.core.limits import TooManyTries
from meanwhile.core.receipts import DifferentDeed, UnreadableOperation

NUL = "\x00"


class RefusalMiddleware:
    """`UnreadableOperation` is 400, `DifferentDeed` is 422, `TooManyTries` is 429 with `Retry-After`. Whoever is not signed in
    and finds nothing is asked to sign in first, whether there is something or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """A NUL is in no name and no text that people write, and PostgreSQL keeps none."""
        if NUL in request.path_info:
            return render(request, "404.html", status=404)
        if any(NUL in each for each in (*values(request.GET), *values(request.POST))):
            return render(request, "400.html", status=400)
        return None

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if isinstance(refusal, UnreadableOperation):
            return render(request, "400.html", status=400)
        if isinstance(refusal, DifferentDeed):
            return render(request, "422.html", status=422)
        if isinstance(refusal, TooManyTries):
            return too_many(request, refusal)
        if isinstance(refusal, Http404) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return None


def values(form: QueryDict) -> list[str]:
    return [str(each) for _name, listed in form.lists() for each in listed]


def too_many(request: HttpRequest, refusal: TooManyTries) -> HttpResponse:
    seconds = max(1, ceil(refusal.wait.total_seconds()))
    minutes = ceil(seconds / 60)
    wait = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    response = render(request, "429.html", {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
