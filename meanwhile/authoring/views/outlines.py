"""The outline of a course as it is being written, and a new course."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meanwhile.authoring.actions import lessons as lesson_acts
from meanwhile.authoring.actions import outlines as acts
from meanwhile.authoring.forms import CourseForm, LessonForm, UnitForm
from meanwhile.authoring.lines.grammar import visible
from meanwhile.authoring.outline import NotThere
from meanwhile.authoring.queries.publishing import written_source
from meanwhile.authoring.queries.work import work_of
from meanwhile.authoring.shapes import TEMPLATES
from meanwhile.core.receipts import once
from meanwhile.core.rules import allowed, get
from meanwhile.courses.files import write_zip
from meanwhile.courses.models import Course
from meanwhile.people.models import School


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new course, from nothing but its title."""
    schools = allowed(request.who, "write courses in", School).order_by("name")
    if not schools:
        get(request.who, "write courses in", School, pk=0)  # 404, as for any page not theirs
    form = CourseForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        school, title = form.cleaned_data["school"], form.cleaned_data["title"]

        def deed() -> dict[str, Any]:
            language = getattr(request, "LANGUAGE_CODE", "en")
            return {"course": acts.start_course(request.who.pk, school, title, language).pk}

        return redirect(
            "authoring:outline", once(request, "authoring.start", deed).result["course"]
        )
    status = 422 if request.method == "POST" else 200
    return render(request, "authoring/start.html", {"form": form}, status=status)


@require_GET
def outline(request: HttpRequest, course: int) -> HttpResponse:
    found = get(request.who, "change", Course, pk=course)
    return _page(request, found)


def _page(request: HttpRequest, course: Course, status: int = 200, **more: Any) -> HttpResponse:
    work = work_of(course)
    context = {
        "course": course,
        "work": work,
        "lesson_form": LessonForm(),
        "unit_form": UnitForm(),
        "part_reply": "HX-Request" in request.headers,
        "state": said(len(work.changed), work.reordered),
        **more,
    }
    name = (
        "authoring/_outline.html" if "HX-Request" in request.headers else "authoring/outline.html"
    )
    return render(request, name, context, status=status)


def said(changed: int, reordered: bool) -> str:
    """What is not published yet, in a sentence."""
    lessons = ngettext(
        "%(n)d lesson is changed and not published.",
        "%(n)d lessons are changed and not published.",
        changed,
    ) % {"n": changed}
    order = _("The outline is changed and not published.")
    parts = [lessons] if changed else []
    parts += [order] if reordered else []
    return " ".join(parts)


@require_POST
def order(request: HttpRequest, course: int) -> HttpResponse:
    """One change of the outline: `deed` says which, the other fields what of."""
    found = get(request.who, "change", Course, pk=course)
    act = DEEDS.get(request.POST.get("deed", ""))
    if act is None:
        return _page(request, found, 422)
    try:
        kept = once(request, "authoring.order", lambda: act(request, found))
    except (NotThere, lesson_acts.Gone):
        messages.error(request, _("That is not in the outline any more. Here it is as it is now."))
        return _again(request, found)
    if "lesson" in kept.result:
        return _go(request, reverse("authoring:lesson", args=[found.pk, kept.result["lesson"]]))
    if "problem" in kept.result:
        messages.error(request, kept.result["problem"])
    elif kept.result.get("says"):
        messages.success(request, kept.result["says"])
    return _again(request, found)


def _again(request: HttpRequest, course: Course) -> HttpResponse:
    if "HX-Request" in request.headers:
        return _page(request, course)
    return redirect("authoring:outline", course.pk)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


# --- the deeds ------------------------------------------------------------------------------


def _uid(request: HttpRequest) -> str:
    return request.POST.get("uid", "")


def _title(request: HttpRequest) -> str:
    """One line of what was sent, without signs that no file may hold."""
    return " ".join(visible(request.POST.get("title", "")).split())[:200]


def _add_unit(request: HttpRequest, course: Course) -> dict[str, Any]:
    title = _title(request)
    if not title:
        return {"problem": _("A unit needs a title.")}
    acts.add_unit(request.who.pk, course, title)
    return {}


def _add_lesson(request: HttpRequest, course: Course) -> dict[str, Any]:
    form = LessonForm(request.POST)
    if not form.is_valid():
        return {"problem": _("A lesson needs a title.")}
    shape = TEMPLATES[form.cleaned_data["template"] or "empty"]
    document = shape.document(form.cleaned_data["title"])
    return {"lesson": acts.add_lesson(request.who.pk, course, _uid(request), document)}


def _change_unit(request: HttpRequest, course: Course) -> dict[str, Any]:
    form = UnitForm(request.POST)
    if not form.is_valid():
        return {"problem": _("A unit needs a title.")}
    acts.change_unit(request.who.pk, course, _uid(request), **form.cleaned_data)
    return {}


def _rename_lesson(request: HttpRequest, course: Course) -> dict[str, Any]:
    title = _title(request)
    if not title:
        return {"problem": _("A lesson needs a title.")}
    lesson_acts.rename(request.who.pk, course, _uid(request), title)
    return {}


def _place(request: HttpRequest, course: Course) -> dict[str, Any]:
    """To another unit; `place` counts from 0, absent it is the end."""
    place = request.POST.get("place", "")
    at = int(place) if place.isdecimal() else -1
    acts.place_lesson(request.who.pk, course, _uid(request), request.POST.get("unit", ""), at)
    return {}


def _undo(request: HttpRequest, course: Course) -> dict[str, Any]:
    says = acts.undo(request.who.pk, course)
    return {"says": _("Taken back: %(says)s.") % {"says": says}} if says else {}


def _redo(request: HttpRequest, course: Course) -> dict[str, Any]:
    says = acts.redo(request.who.pk, course)
    return {"says": _("Done again: %(says)s.") % {"says": says}} if says else {}


def _simple(act: Callable[..., Any], *more: Any) -> Callable[..., dict[str, Any]]:
    def deed(request: HttpRequest, course: Course) -> dict[str, Any]:
        act(request.who.pk, course, _uid(request), *more)
        return {}

    return deed


DEEDS: dict[str, Callable[[HttpRequest, Course], dict[str, Any]]] = {
    "add unit": _add_unit,
    "change unit": _change_unit,
    "unit up": _simple(acts.move_unit, -1),
    "unit down": _simple(acts.move_unit, 1),
    "copy unit": _simple(acts.copy_unit),
    "remove unit": _simple(acts.remove_unit),
    "add lesson": _add_lesson,
    "rename lesson": _rename_lesson,
    "lesson up": _simple(acts.move_lesson, -1),
    "lesson down": _simple(acts.move_lesson, 1),
    "place lesson": _place,
    "copy lesson": _simple(acts.copy_lesson),
    "remove lesson": _simple(acts.remove_lesson),
    "bring back": _simple(acts.bring_back),
    "undo": _undo,
    "redo": _redo,
}


@require_GET
def export(request: HttpRequest, course: int) -> FileResponse:
    """The course as it is being written, as a zip of its files: also what is not published."""
    found = get(request.who, "change", Course, pk=course)
    package = TemporaryFile()  # noqa: SIM115 - the reply closes it
    write_zip(written_source(found), package)
    package.seek(0)
    return FileResponse(package, as_attachment=True, filename=f"{found.uid}-being-written.zip")
