"""The list of courses, and the page of one: outline, map, publishing, export."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from meanwhile.core.receipts import once
from meanwhile.core.rules import allowed, can, get
from meanwhile.courses import actions
from meanwhile.courses.files import write_zip
from meanwhile.courses.models import Course
from meanwhile.courses.queries import offerings as offered
from meanwhile.courses.queries import outline as outlines
from meanwhile.courses.queries import source_of
from meanwhile.people.models import School

PAGE = 50
STATES = ("all", "drafts", "published", "archived")


@require_GET
def course_list(request: HttpRequest) -> HttpResponse:
    """The courses of the schools where somebody is on the staff."""
    if not request.who.works_in:
        raise Http404
    courses = offered.courses_of(request.who)
    state = request.GET.get("state", "all")
    query = request.GET.get("q", "").strip()[:100]
    shown = _in_state(courses, state)
    if query:
        shown = shown.filter(title__icontains=query)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "courses/list.html",
        {
            "page": page,
            "state": state if state in STATES else "all",
            "query": query,
            "may_write": allowed(request.who, "write courses in", School).exists(),
        },
    )


def _in_state(courses: QuerySet[Course], state: str) -> QuerySet[Course]:
    if state == "archived":
        return courses.filter(archived_at__isnull=False)
    courses = courses.filter(archived_at=None)
    if state in ("drafts", "published"):
        return courses.filter(published_at__isnull=state == "drafts")
    return courses


@require_GET
def course(request: HttpRequest, course: int) -> HttpResponse:
    found = get(request.who, "look into", Course, pk=course)
    units = outlines.outline(found, drafts=True)
    offerings = list(offered.offerings_of(request.who, found))
    return render(
        request,
        "courses/course.html",
        {
            "course": found,
            "units": units,
            "minutes": sum(unit.minutes for unit in units),
            "ideas": outlines.ideas(found, units),
            "offerings": offerings,
            "touches": _touches(offered.learners_of(found), bool(found.published_at)),
            "may_change": can(request.who, "change", found),
            "may_offer": offered.cohorts_to_offer(request.who, found).exists(),
        },
    )


def _touches(people: int, published: bool) -> str:
    """Who publishing or withdrawing touches, in a sentence."""
    if not people:
        return _("Nobody has this course in a class yet, so nobody is affected.")
    if published:
        return ngettext(
            "%(n)d person works through it now and will not see it until you publish it again. "
            "What they did is kept.",
            "%(n)d people work through it now and will not see it until you publish it again. "
            "What they did is kept.",
            people,
        ) % {"n": people}
    return ngettext(
        "%(n)d person will see it at once.", "%(n)d people will see it at once.", people
    ) % {"n": people}


@require_POST
def publication(request: HttpRequest, course: int) -> HttpResponse:
    """Publish, or withdraw: `to` says which."""
    found = get(request.who, "change", Course, pk=course)
    publish = request.POST.get("to") != "draft"
    act = actions.publish_course if publish else actions.withdraw_course
    once(request, "courses.publication", lambda: act(request.who.pk, found))
    said = _("%(course)s is published.") if publish else _("%(course)s is a draft again.")
    messages.success(request, said % {"course": found})
    return redirect("courses:course", found.pk)


@require_POST
def archive(request: HttpRequest, course: int) -> HttpResponse:
    """Put away, or take out again: `to` says which."""
    found = get(request.who, "change", Course, pk=course)
    away = request.POST.get("to") != "list"
    act = actions.archive_course if away else actions.restore_course
    once(request, "courses.archive", lambda: act(request.who.pk, found))
    said = _("%(course)s is put away.") if away else _("%(course)s is back in the list.")
    messages.success(request, said % {"course": found})
    return redirect("courses:course", found.pk)


@require_GET
def export(request: HttpRequest, course: int) -> FileResponse:
    """The course as a zip of its files: the same that `meanwhile export` writes."""
    found = get(request.who, "look into", Course, pk=course)
    package = TemporaryFile()  # noqa: SIM115 - the reply closes it
    write_zip(source_of(found), package)
    package.seek(0)
    return FileResponse(package, as_attachment=True, filename=f"{found.uid}.zip")
