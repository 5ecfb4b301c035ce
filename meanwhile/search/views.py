"""The search page, and what may follow while somebody types."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meanwhile.search import queries


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers `q`, among all this person may see; without it, a place to ask."""
    typed = _typed(request)
    found = queries.search(request.who, typed, request.GET.get("page", "1")) if typed else None
    return render(request, "search/search.html", {"typed": typed, "found": found})


@login_required
@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """The rows of the list under the field, for the script."""
    found = queries.suggestions(request.who, request.GET.get("q", ""))
    return render(request, "search/suggestions.html", {"suggestions": found})


def _typed(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[: queries.LONGEST_QUESTION]
