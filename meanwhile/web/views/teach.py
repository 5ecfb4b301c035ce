"""Classes, for who teaches them or may look at them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meanwhile.core import clock
from meanwhile.core.clock import zone_or_utc
from meanwhile.core.receipts import once
from meanwhile.core.rules import can, get
from meanwhile.courses.models import Offering, Unit
from meanwhile.courses.queries import outline as outlines
from meanwhile.courses.views.offerings import join_link
from meanwhile.feedback import queries as feedback
from meanwhile.learning import queries as learning
from meanwhile.people import actions as people
from meanwhile.people.models import Cohort, Person
from meanwhile.people.queries import effects_of
from meanwhile.people.who import Who
from meanwhile.ui import time
from meanwhile.web import grid, sheets
from meanwhile.web.forms import NoteForm
from meanwhile.web.queries import classes, learners, lists, reasons
from meanwhile.web.words import class_sentences

LIST = 50
PART = "HX-Request"


@require_GET
@login_required
def class_list(request: HttpRequest) -> HttpResponse:
    """Every class somebody teaches or watches over, fifty a page."""
    page = Paginator(lists.watched(request.who), LIST).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "class_lines": lists.lines_of(list(page.object_list)),
        "without_course": lists.without_course(request.who),
    }
    return render(request, "web/classes.html", context)


@require_GET
def class_page(request: HttpRequest, offering: int) -> HttpResponse:
    found = get(request.who, "watch", Offering, pk=offering)
    units = [each.unit for each in outlines.outline(found.course)]
    cell = _open_cell(request.who, found, units, request.GET.get("cell", ""))
    if request.headers.get(PART) and "cell" in request.GET:
        return render(request, "web/_cell.html", {"cell": cell, "offering": found, "fresh": True})
    asked = classes.Asked.of(request.GET)
    total = classes.summary(found)
    address = _address(request)
    quiet, quiet_in_all = feedback.unheard([found.cohort_id])
    page, rows = classes.page_of(found, units, asked, request.GET.get("page"), total.people)
    return render(
        request,
        "web/class.html",
        {
            "offering": found,
            "course": found.course,
            "cohort": found.cohort,
            "total": total,
            "sentences": class_sentences(total, classes.names(found, total), units),
            "units": units,
            "page": page,
            "lines": grid.lines(rows, found, address, cell),
            "cell": cell,
            "asked": asked,
            "groups": classes.groups_of(found),
            "reasons": reasons.LABELS.items(),
            "form": NoteForm(),
            "turnaround": feedback.turnaround(found),
            "quiet": quiet,
            "more_quiet": quiet_in_all - len(quiet),
            "may_write": can(request.who, "teach", found.cohort),
            "may_change": can(request.who, "change", found),
            "link": join_link(request, found.cohort),
        },
    )


def _address(request: HttpRequest) -> str:
    """What was asked, as the start of another address: '?by=name&' or '?'."""
    kept = {
        name: request.GET[name]
        for name in ("q", "group", "reason", "by", "page")
        if request.GET.get(name)
    }
    return f"?{urlencode(kept)}&" if kept else "?"


def _open_cell(
    who: Who, offering: Offering, units: list[Unit], wanted: str
) -> learners.OpenCell | None:
    """The cell that `?cell=12-3` names (person 12, unit 3), or None."""
    person, _dash, unit = wanted.partition("-")
    if not (person.isdecimal() and unit.isdecimal() and len(wanted) < 40):
        return None
    enrolled = classes.learner(offering, int(person))
    found = next((each for each in units if each.pk == int(unit)), None)
    if enrolled is None or found is None:
        return None
    return learners.open_cell(who, offering, enrolled.person, found)


@require_GET
def class_csv(request: HttpRequest, offering: int) -> HttpResponse:
    """Everybody of the class with both axes of every unit, for a spreadsheet."""
    found = get(request.who, "watch", Offering, pk=offering)
    return sheets.class_sheet(found)


@require_GET
def learner(request: HttpRequest, offering: int, person: int) -> HttpResponse:
    found = get(request.who, "watch", Offering, pk=offering)
    enrolled = classes.learner(found, person)
    if enrolled is None:
        raise Http404
    somebody: Person = enrolled.person
    joined = learning.participation_seen(request.who, found, somebody)
    way = learning.outline_of(found, somebody.pk if joined else 0)
    row = classes.Row(somebody, joined, getattr(enrolled, "reason", reasons.FINE))
    context: dict[str, Any] = {
        "offering": found,
        "enrolment": enrolled,
        "person": somebody,
        "way": way,
        "row": row,
        "participation": joined,
        "city": time.city(zone_or_utc(somebody.zone)),
        "clock": time.clock(clock.now(), zone_or_utc(somebody.zone)),
        "days": learning.timeline(request.who, somebody, found),
        "answers": learners.answers_of(request.who, joined),
        "effects": effects_of(request.who, somebody, found.cohort.school_id),
    }
    return render(request, "web/learner.html", context)


@require_POST
def note(request: HttpRequest, offering: int) -> HttpResponse:
    """A few words to the class."""
    found = get(request.who, "watch", Offering, pk=offering)
    cohort = get(request.who, "teach", Cohort, pk=found.cohort_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "offering": found, "cohort": cohort}
        return render(request, "web/note.html", context, status=422)
    words = form.cleaned_data["words"]

    def deed() -> dict[str, Any]:
        return {"note": people.send_note(request.who.person, cohort, words).pk}

    once(request, "web.note", deed)
    messages.success(request, _("Your note is on its way to %(cohort)s.") % {"cohort": cohort})
    return redirect("web:class", found.pk)
