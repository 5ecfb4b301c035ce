"""Copy a lesson or a unit into another course."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meanwhile.authoring.actions.copies import copy_lesson_to, copy_unit_to
from meanwhile.authoring.outline import NotThere
from meanwhile.authoring.queries.work import work_of
from meanwhile.core.receipts import once
from meanwhile.core.rules import allowed, get
from meanwhile.courses.models import Course


@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, course: int) -> HttpResponse:
    """`unit` or `lesson` says what, `to` which course it goes to."""
    found = get(request.who, "change", Course, pk=course)
    given = request.POST if request.method == "POST" else request.GET
    unit, lesson = given.get("unit", ""), given.get("lesson", "")
    work = work_of(found)
    titles = {each.plan.uid: each.plan.title for each in work.units}
    titles |= {each.uid: each.title for each in work.lessons} if lesson else {}
    if (lesson or unit) not in titles:
        raise Http404
    if request.method == "GET":
        rows = allowed(request.who, "change", Course).filter(archived_at=None).exclude(pk=course)
        context = {
            "course": found,
            "unit": unit,
            "lesson": lesson,
            "title": titles[lesson or unit],
            "courses": rows.select_related("school").order_by("title", "pk")[:500],
        }
        return render(request, "authoring/copies.html", context)
    to = get(request.who, "change", Course, pk=request.POST.get("to") or 0)

    def deed() -> dict[str, Any]:
        act, uid = (copy_lesson_to, lesson) if lesson else (copy_unit_to, unit)
        return {"uid": act(request.who.pk, found, uid, to)}

    try:
        once(request, "authoring.copies", deed)
    except NotThere:
        raise Http404 from None
    messages.success(
        request,
        _("“%(title)s” is copied to “%(course)s”.")
        % {"title": titles[lesson or unit], "course": to},
    )
    return redirect("authoring:outline", to.pk)
