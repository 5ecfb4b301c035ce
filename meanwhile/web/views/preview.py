"""A lesson as a learner sees it, for staff: nothing is written, nothing can be answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.courses.queries import outline as outlines
from meanwhile.learning.queries.lessons import preview_of


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
        "view": preview_of(lessons[at]),
        "before": lessons[at - 1] if at else None,
        "after": lessons[at + 1] if at + 1 < len(lessons) else None,
    }
    return render(request, "web/preview.html", context)
