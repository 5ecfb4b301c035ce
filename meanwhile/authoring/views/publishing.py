"""Publish: what changes, for whom, what it does to their progress; then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meanwhile.authoring.actions.publishing import NotAsShown, publish
from meanwhile.authoring.queries.publishing import Publishing, publishing_of
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.courses.queries.offerings import offerings_of
from meanwhile.courses.source import Refused


@require_http_methods(["GET", "POST"])
def publishing(request: HttpRequest, course: int) -> HttpResponse:
    """`lesson` (as often as needed) and `outline` say what; without them all that is ready."""
    found = get(request.who, "change", Course, pk=course)
    given = request.POST if request.method == "POST" else request.GET
    chosen = given.getlist("lesson") if "lesson" in given or "choose" in given else None
    outline = "outline" in given if "choose" in given else None if chosen is None else False
    if request.method == "GET" or "look" in request.POST:
        return _page(request, found, publishing_of(found, chosen, outline=outline))

    def deed() -> dict[str, Any]:
        says = _("Published")
        token = request.POST.get("token", "")
        return {"changes": publish(request.who.pk, found, chosen or [], bool(outline), token, says)}

    try:
        kept = once(request, "authoring.publishing", deed)
    except (NotAsShown, Refused):
        again = publishing_of(found, chosen, outline=outline)
        return _page(request, found, again, 409, changed=True)
    messages.success(request, said(kept.result["changes"]))
    if chosen and len(chosen) == 1:
        return redirect("authoring:lesson", found.pk, chosen[0])
    return redirect("authoring:outline", found.pk)


def said(changes: int) -> str:
    return ngettext(
        "Published: %(n)d change. Learners see it now.",
        "Published: %(n)d changes. Learners see them now.",
        changes,
    ) % {"n": changes}


def _page(
    request: HttpRequest, course: Course, found: Publishing, status: int = 200, **more: Any
) -> HttpResponse:
    offerings = [each for each in offerings_of(request.who, course) if not each.closed_at]
    context = {"course": course, "publishing": found, "offerings": offerings, **more}
    return render(request, "authoring/publishing.html", context, status=status)
