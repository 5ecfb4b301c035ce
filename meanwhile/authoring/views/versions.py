"""Versions of a lesson: what it was, how that differs from now, and back to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meanwhile.authoring.actions.lessons import Gone, restore
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.authoring.queries.versions import (
    differences,
    document_at,
    version_of,
    versions_of,
)
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course


@require_http_methods(["GET", "POST"])
def versions(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """`?version=` shows how one differs from now; a POST of it goes back to it."""
    found = get(request.who, "change", Course, pk=course)
    work = lesson_work(found, lesson)
    if work is None:
        raise Http404
    if request.method == "POST":
        pk = request.POST.get("version", "")
        says = _("Went back to an earlier version")
        try:
            once(
                request,
                "authoring.versions",
                lambda: restore(request.who.pk, found, lesson, int(pk or 0), says),
            )
        except (Gone, ValueError):
            messages.error(request, _("This version is not kept any more."))
            return redirect("authoring:versions", found.pk, lesson)
        messages.success(
            request, _("The lesson is as it was then. How it stood before is a version too.")
        )
        return redirect("authoring:lesson", found.pk, lesson)
    chosen = version_of(work, request.GET.get("version", ""))
    context = {
        "course": found,
        "lesson": work,
        "document": work.document,
        "versions": versions_of(work),
        "chosen": chosen,
        "differences": differences(document_at(chosen), work.document) if chosen else [],
    }
    return render(request, "authoring/versions.html", context)
