"""The lesson player."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.core.receipts import Kept, once
from meanwhile.courses.models import Offering
from meanwhile.learning import actions, queries
from meanwhile.learning.forms import FilmForm, ReadingForm
from meanwhile.learning.queries import LessonView, LessonWay


@login_required
@require_safe
def lesson(request: HttpRequest, offering: int, lesson: str) -> HttpResponse:
    """One lesson, opened at the place where this person stopped. `?show=` the uid of a block that
    is another way of one: it stands in its place, and nothing is kept of that."""
    learning = queries.offering_to_learn(request.who, offering)
    shown = request.GET.get("show", "")
    return show(request, queries.lesson_view(request.who, learning, lesson, shown))


def show(request: HttpRequest, view: LessonView, status: int = 200) -> HttpResponse:
    """The lesson page."""
    values = {
        "view": view,
        "bar": bar_of(view),
        "notes": queries.lesson_notes(request.who, view.lesson.pk),
    }
    return render(request, "learning/lesson.html", values, status=status)


def bar_of(view: LessonView) -> dict[str, Any]:
    """What the Next bar says. `tells` is what its button leads to."""
    here, following = view.here, view.following
    if here is None:
        return {}
    if view.ends_unit:
        tells = _("finish “%(unit)s”") % {"unit": here.unit.title}
    else:
        tells = following.title if following else ""
    return {
        "left": queries.left_words(here),
        "own": here.unit.way.allowance.minutes_say,
        "value": here.minutes_done,
        "max": here.minutes,
        "tells": tells,
        "ends_unit": view.ends_unit,
    }


@login_required
@require_POST
def reading(request: HttpRequest, offering: int, lesson: str) -> HttpResponse:
    """What was read of a lesson, from the page while it is read, or from 'Done, next'."""
    learning = queries.offering_to_learn(request.who, offering)
    here = queries.outline_of(learning, request.who.pk).lesson_or_404(lesson)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    sent = form.cleaned_data
    try:
        if sent["finish"]:
            return _finish(request, learning, here)
        kept = once(request, "learning.reading", lambda: _note(request, learning, here, sent))
    except actions.Closed as closed:
        return _closed(request, here, closed)
    return moved(request, learning, lesson, kept)


def _note(
    request: HttpRequest, learning: Offering, here: LessonWay, sent: dict[str, Any]
) -> dict[str, Any]:
    fresh = actions.note_reading(
        request.who,
        learning,
        queries.lesson_row(here),
        done=sent["done"],
        block=sent["block"],
        spot=sent["spot"],
        age=_age(request),
    )
    return {"fresh": fresh}


def _age(request: HttpRequest) -> float:
    """Seconds since it was noted. In a header, because it differs when the same is sent again."""
    try:
        return float(request.headers.get("X-Age", ""))
    except ValueError:
        return 0.0


def _finish(request: HttpRequest, learning: Offering, here: LessonWay) -> HttpResponse:
    following = here.unit.way.after(here)
    row = queries.lesson_row(here)
    next_row = queries.lesson_row(following) if following else None

    def deed() -> dict[str, Any]:
        return {"fresh": actions.finish_lesson(request.who, learning, row, next_row)}

    kept = once(request, "learning.finish", deed)
    if wants_json(request):
        return moved(request, learning, here.uid, kept)
    if following and following.unit.pk == here.unit.pk:
        return redirect(following.url)
    fresh = queries.outline_of(learning, request.who.pk).lesson_or_404(here.uid)
    messages.success(request, queries.unit_end_words(fresh.unit))
    return redirect("web:course", learning.pk)


def _closed(request: HttpRequest, here: LessonWay, closed: actions.Closed) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"says": str(closed)}, status=409)
    messages.info(request, str(closed))
    return redirect(here.url)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def moved(request: HttpRequest, learning: Offering, uid: str, kept: Kept) -> HttpResponse:
    """The receipt of a deed in a lesson, with what the page shows of it now."""
    here = queries.outline_of(learning, request.who.pk).lesson_or_404(uid)
    if not wants_json(request):
        return redirect(here.url)
    return JsonResponse({"received_at": kept.received_at.isoformat(), **queries.moved_to(here)})


@login_required
@require_POST
def film(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """Where somebody is in a film or a sound."""
    learning = queries.offering_to_learn(request.who, offering)
    here = queries.outline_of(learning, request.who.pk).lesson_or_404(lesson)
    row = queries.block_of(here, block)
    form = FilmForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    sent = form.cleaned_data

    def deed() -> None:
        actions.keep_seconds(request.who, learning, row, sent["seconds"], sent["ended"])

    try:
        kept = once(request, "learning.film", deed)
    except actions.Closed as closed:
        return JsonResponse({"says": str(closed)}, status=409)
    return JsonResponse({"received_at": kept.received_at.isoformat()})
