"""A lesson as a learner sees it, for staff: nothing is written, nothing can be answered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.seen import as_learners_see
from meanwhile.core.rules import get
from meanwhile.courses.models import Block, Course, Lesson
from meanwhile.courses.queries import outline as outlines
from meanwhile.courses.queries.films import Played
from meanwhile.learning.queries.lessons import NO_WISHES, preview_of
from meanwhile.learning.queries.packs import staff_pack
from meanwhile.web.queries.seen_as import chooser, differences, seen_as

LONGEST = 100
"""Letters of a name that is searched for."""


@require_GET
def lesson(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    found = get(request.who, "look into", Course, pk=course)
    lessons = [each for unit in outlines.outline(found, drafts=True) for each in unit.lessons]
    at = next((n for n, each in enumerate(lessons) if each.uid == lesson), None)
    if at is None:
        raise Http404
    context = _as_seen(request, found, lessons[at]) | {
        "before": lessons[at - 1] if at else None,
        "after": lessons[at + 1] if at + 1 < len(lessons) else None,
    }
    return render(request, "web/preview.html", context)


@require_GET
def written(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """A lesson that is being written, as a learner would see it."""
    found = get(request.who, "change", Course, pk=course)
    work = lesson_work(found, lesson)
    if work is None:
        raise Http404
    row, blocks, films, left_out = as_learners_see(work)
    context = _as_seen(request, found, row, blocks, films) | {"left_out": left_out}
    return render(request, "web/written.html", context)


def _as_seen(
    request: HttpRequest,
    course: Course,
    lesson: Lesson,
    blocks: list[Block] | None = None,
    films: dict[str, Played] | None = None,
) -> dict[str, Any]:
    """`?as`: as one learner of a class that the reader watches. `?phone`: as wide as a phone.

    Raises:
        Http404: no such learner, or not theirs to watch.
    """
    asked = request.GET
    seen = seen_as(request.who, course, asked.get("as", ""))
    view = preview_of(
        lesson,
        blocks,
        films,
        asked.get("show", ""),
        wishes=seen.wishes if seen else NO_WISHES,
        allowance=seen.allowance if seen else None,
    )
    kept = asked.copy()
    for name in set(kept) - {"as", "phone"}:
        del kept[name]
    return {
        "course": course,
        "lesson": lesson,
        "view": view,
        "chooser": chooser(request.who, course, seen, asked.get("find", "").strip()[:LONGEST]),
        "different": differences(seen, lesson, view) if seen else None,
        "phone": "phone" in asked,
        "kept": f"?{kept.urlencode()}" if kept else "",
    }


@require_GET
def pack(request: HttpRequest, course: int, unit: str) -> HttpResponse:
    """A unit for paper, with the answers on a page of their own."""
    found = get(request.who, "look into", Course, pk=course)
    context = {
        "pack": staff_pack(found, unit, request.GET.get("way", "")),
        "back": reverse("courses:course", args=[course]),
    }
    return render(request, "learning/pack.html", context)
