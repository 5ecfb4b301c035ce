"""Bring in a course: look at what would come and change, then take it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meanwhile.core.receipts import once
from meanwhile.core.rules import allowed, get
from meanwhile.courses.actions import import_course as take_in
from meanwhile.courses.actions import keep_files
from meanwhile.courses.files import read_zip
from meanwhile.courses.queries.changes import differences
from meanwhile.courses.queries.offerings import course_named
from meanwhile.courses.source import CourseSource, Refused, Remark
from meanwhile.media.actions import drop_sent
from meanwhile.people.models import School
from meanwhile.web import holding
from meanwhile.web.forms import UploadForm


@require_http_methods(["GET", "POST"])
def import_course(request: HttpRequest) -> HttpResponse:
    schools = list(allowed(request.who, "write courses in", School).order_by("name"))
    if not schools:
        get(request.who, "write courses in", School, pk=0)  # 404, as for any page not theirs
    if request.method == "GET":
        return _page(request, schools, UploadForm(who=request.who))
    return _take(request, schools) if "held" in request.POST else _look(request, schools)


def _page(
    request: HttpRequest, schools: list[School], form: UploadForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "schools": schools, **more}
    return render(request, "web/import.html", context, status=status)


def _look(request: HttpRequest, schools: list[School]) -> HttpResponse:
    """The report: what is in the package, what would change, what was not taken over."""
    form = UploadForm(request.POST, request.FILES, who=request.who)
    if not form.is_valid():
        return _page(request, schools, form, 422)
    school = get(
        request.who, "write courses in", School, pk=request.POST.get("school") or schools[0].pk
    )
    upload = form.cleaned_data["file"]
    try:
        source = read_zip(upload.file)
        report = _report(request, source, school)
        word = holding.hold(upload, request.who.pk, school.pk)
    except Refused as refused:
        return _page(request, schools, form, 422, refused=refused.remarks, name=upload.name)
    finally:
        drop_sent(request.who, form.cleaned_data["upload"])
    return _page(request, schools, form, held=word, **report)


def _report(request: HttpRequest, source: CourseSource, school: School) -> dict[str, Any]:
    course = course_named(request.who, school, source.uid)
    lessons = [lesson for unit in source.units for lesson in unit.lessons]
    return {
        "school": school,
        "source": source,
        "course": course,
        "lessons": len(lessons),
        "questions": sum(len(lesson.blocks) for lesson in lessons),
        "changes": differences(source, course) if course else None,
        "remarks": source.remarks,
    }


def _take(request: HttpRequest, schools: list[School]) -> HttpResponse:
    """Take in the very file that was looked at. Sent twice, done once."""
    word = request.POST["held"]
    try:
        ready = _ready(request, word)
        kept = once(request, "web.import", lambda: _deed(request, ready))
    except FileNotFoundError:
        gone = Remark("", 0, _("The file is no longer here. Choose it again."))
        return _page(request, schools, UploadForm(who=request.who), 422, refused=[gone], name="")
    except Refused as refused:
        return _page(
            request, schools, UploadForm(who=request.who), 422, refused=refused.remarks, name=""
        )
    holding.drop(word)
    messages.success(request, _("The course is here."))
    return redirect("courses:course", kept.result["course"])


def _ready(request: HttpRequest, word: str) -> tuple[CourseSource, School] | None:
    """What was looked at, read and with its files kept, before any transaction; None where it is
    gone: taken in already, or too old."""
    try:
        with holding.held(word, request.who.pk) as (file, school):
            into = get(request.who, "write courses in", School, pk=school)
            return keep_files(read_zip(file)), into
    except FileNotFoundError:
        return None


def _deed(request: HttpRequest, ready: tuple[CourseSource, School] | None) -> dict[str, Any]:
    if ready is None:
        raise FileNotFoundError
    source, into = ready
    course = course_named(request.who, into, source.uid)
    publish = "publish" in request.POST
    result = take_in(source, into, actor=request.who.pk, course=course, publish=publish)
    return {"course": result.course.pk}
