"""The course check: what there is to say about a course, and what is done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meanwhile.core.receipts import once
from meanwhile.core.rules import can, get
from meanwhile.courses.actions import CourseMoved
from meanwhile.courses.models import Course
from meanwhile.courses.source import Refused
from meanwhile.insights import actions, queries
from meanwhile.insights.actions import Rewriting
from meanwhile.insights.forms import NotHereForm, RemarkForm
from meanwhile.insights.page import grouped, subjects
from meanwhile.insights.report import counted


@require_GET
def check(request: HttpRequest, course: int) -> HttpResponse:
    return _page(request, get(request.who, "look into", Course, pk=course))


def _page(
    request: HttpRequest, course: Course, *, form: NotHereForm | None = None, status: int = 200
) -> HttpResponse:
    found, links = queries.check_of(request.who, course)
    typed = {form.typed_key: form.data.get("because", "")} if form else {}
    context: dict[str, Any] = {
        "course": course,
        "groups": grouped(found, typed),
        "hushed": found.hushed,
        "says": counted(found),
        "none": not found.findings,
        "links": links,
        "subjects": subjects(),
        "may_change": can(request.who, "change", course),
        "form": form,
    }
    return render(request, "insights/check.html", context, status=status)


@require_POST
def mends(request: HttpRequest, course: int) -> HttpResponse:
    """The button beside a remark: mend it in the one way it can be mended."""
    found = get(request.who, "change", Course, pk=course)
    form = RemarkForm(request.POST)
    if form.is_valid():
        _rewritten(
            request,
            "insights.mends",
            lambda: actions.mended(found, form.key),
            _("Mended."),
        )
    return _back(found, form)


@require_POST
def not_here(request: HttpRequest, course: int) -> HttpResponse:
    """*Not here, because …*: kept in the course's file."""
    found = get(request.who, "change", Course, pk=course)
    form = NotHereForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    _rewritten(
        request,
        "insights.not_here",
        lambda: actions.silenced(found, form.item, **form.where),
        _("Kept with its reason. It stands in the course's file."),
    )
    return _back(found, form)


@require_POST
def links(request: HttpRequest, course: int) -> HttpResponse:
    """Have the links that lead out tried. Not in this request: other sites take their time."""
    found = get(request.who, "change", Course, pk=course)

    def deed() -> dict[str, Any]:
        return {"asked": actions.ask_for_links(found, request.who.pk)}

    if once(request, "insights.links", deed).result["asked"]:
        messages.success(request, _("The links will be tried. What comes of it stands here then."))
    else:
        messages.info(request, _("They wait for that already, or were tried within the hour."))
    return redirect(reverse("insights:check", args=[found.pk]) + "#links")


@require_POST
def heard(request: HttpRequest, course: int) -> HttpResponse:
    """Say a remark again that was not wanted."""
    found = get(request.who, "change", Course, pk=course)
    form = RemarkForm(request.POST)
    if form.is_valid():
        _rewritten(
            request,
            "insights.heard",
            lambda: actions.heard_again(found, form.key, form.cleaned_data["unit"]),
            _("It will be said again."),
        )
    return _back(found, form)


def _back(course: Course, form: RemarkForm) -> HttpResponse:
    """To the page, at the place where the next remark now stands."""
    at = form.cleaned_data.get("at", "")
    address = reverse("insights:check", args=[course.pk])
    return redirect(f"{address}#{at}" if at else address)


def _rewritten(
    request: HttpRequest, kind: str, make: Callable[[], Rewriting | None], done: str
) -> None:
    """Change the course and say what came of it. What is to change is worked out before the
    database is held for writing."""
    try:
        rewriting = make()
    except Refused as refused:
        messages.error(request, str(refused.remarks[0]))
        return

    def deed() -> dict[str, Any]:
        if rewriting is not None:
            rewriting.take(request.who.pk)
        return {"done": rewriting is not None}

    try:
        kept = once(request, kind, deed)
    except CourseMoved:
        messages.error(
            request, _("Somebody changed the course meanwhile. Look again, then decide.")
        )
        return
    said = done if kept.result["done"] else _("That is no longer there: it was mended already.")
    messages.success(request, said)
