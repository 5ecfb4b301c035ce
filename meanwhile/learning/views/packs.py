"""A unit or a lesson for paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from meanwhile.learning import queries


@login_required
@require_safe
def pack(request: HttpRequest, offering: int, unit: str) -> HttpResponse:
    """All of a unit on one page, to print and to work on without a network."""
    learning = queries.offering_to_learn(request.who, offering)
    found = queries.unit_pack(request.who, learning, unit)
    back = reverse("web:course", args=[offering])
    return render(request, "learning/pack.html", {"pack": found, "back": back})


@login_required
@require_safe
def paper(request: HttpRequest, offering: int, lesson: str) -> HttpResponse:
    """One lesson, to print and to work on without a network."""
    learning = queries.offering_to_learn(request.who, offering)
    found = queries.lesson_pack(request.who, learning, lesson)
    back = reverse("learning:lesson", args=[offering, lesson])
    return render(request, "learning/pack.html", {"pack": found, "back": back})
