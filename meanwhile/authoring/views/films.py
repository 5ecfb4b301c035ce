"""A film or sound chosen while writing: how far it is, and the part of it that stays."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meanwhile.authoring.actions.films import cut_file
from meanwhile.authoring.forms import CutForm
from meanwhile.authoring.queries.editor import films_on, shelf_with_new
from meanwhile.authoring.queries.films import blob_at, film_states, place_of
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.media import film_words
from meanwhile.media.actions import Cut, NotCut, cut_again, drop_cut, prepare_again
from meanwhile.media.models import Blob
from meanwhile.media.queries import plays


@require_http_methods(["GET", "POST"])
def film(request: HttpRequest, course: int, path: str) -> HttpResponse:
    """How far a film of the course is; asked for by htmx only that. POST `deed`: `cut` (`start`,
    `end`), `again` (what stopped), `whole` (leave the cut)."""
    found = get(request.who, "change", Course, pk=course)
    blob = blob_at(found, path)
    if blob is None or not plays(blob):
        raise Http404
    if request.method == "GET":
        return _page(request, found, path, blob, CutForm())
    form = CutForm(request.POST if request.POST.get("deed") == "cut" else None)
    if form.is_bound and not form.is_valid():
        return _page(request, found, path, blob, form, 422)

    def deed() -> dict[str, Any]:
        _do(request, found, path, blob, form)
        return {}

    try:
        once(request, "authoring.film", deed)
    except NotCut as refused:
        form.add_error(None, film_words.problem(refused.problem))
        return _page(request, found, path, blob, form, 422)
    if "HX-Request" in request.headers:
        return _page(request, found, path, blob, CutForm())
    return redirect("authoring:film", found.pk, path)


def _do(request: HttpRequest, course: Course, path: str, blob: Blob, form: CutForm) -> None:
    place, wanted = place_of(course.pk, path), request.POST.get("deed")
    if wanted == "cut":
        cut = Cut(form.cleaned_data["start"], form.cleaned_data["end"])
        cut_file(request.who.pk or 0, course, path, blob, cut)
    elif wanted == "whole":
        drop_cut(place)
    elif wanted == "again":
        state = film_states(course, {path: blob})[path]
        if state.cut_stopped:
            cut_again(place)
        elif state.problem:
            prepare_again(blob)
    else:
        raise Http404


def _page(
    request: HttpRequest, course: Course, path: str, blob: Blob, form: CutForm, status: int = 200
) -> HttpResponse:
    """The part that says how far it is, or the page around it."""
    context = {
        "course": course,
        "path": path,
        "state": film_states(course, {path: blob})[path],
        "here": request.path,
        "form": form,
    }
    if "HX-Request" in request.headers:
        return render(request, "media/film_state.html", context, status=status)
    shelf = shelf_with_new(course)
    context["played"] = films_on(shelf, [path]).get(path)
    context["url"] = shelf.url(path)
    context["title"] = _("Cut %(path)s") % {"path": path}
    return render(request, "authoring/film.html", context, status=status)
