"""A lesson as a learner sees it, for staff: nothing is written, nothing can be answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.seen import as_learners_see
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.courses.queries import outline as outlines
from meanwhile.learning.queries.lessons import preview_of
from meanwhile.learning.queries.packs import staff_pack


@require_GET
def lesson(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    found = get(request.who, "look into", Course, pk=course)
    lessons = [each for unit in outlines.outline(found, drafts=True) for each in unit.lessons]
    at = next((n for n, each in enumerate(lessons) if each.uid == lesson), None)
    if at is None:
        raise Http404
    context = {
        "course": found,
        "lesson": lessons[at],
        "view": preview_of(lessons[at], show=request.GET.get("show", "")),
        "before": lessons[at - 1] if at else None,
        "after": lessons[at + 1] if at + 1 < len(lessons) else None,
    }
    return render(request, "web/preview.html", context)


@require_GET
def written(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """A lesson that is being written, as a learner would see it. `?phone`: as wide as a phone."""
    found = get(request.who, "change", Course, pk=course)
    work = lesson_work(found, lesson)
    if work is None:
        raise Http404
    row, blocks, films, left_out = as_learners_see(work)
    context = {
        "course": found,
        "lesson": row,
        "view": preview_of(row, blocks, films, request.GET.get("show", "")),
        "left_out": left_out,
        "phone": "phone" in request.GET,
    }
    return render(request, "web/written.html", context)


@require_GET
def pack(request: HttpRequest, course: int, unit: str) -> HttpResponse:
    """A unit for paper, with the answers on a page of their own."""
    found = get(request.who, "look into", Course, pk=course)
    context = {
        "pack": staff_pack(found, unit, request.GET.get("way", "")),
        "back": reverse("courses:course", args=[course]),
    }
    return render(request, "learning/pack.html", context)
