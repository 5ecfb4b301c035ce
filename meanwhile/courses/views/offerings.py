"""A course given to a class: made in two steps without a script, looked at, changed, closed."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meanwhile.core import clock
from meanwhile.core.receipts import once
from meanwhile.core.rules import can, get
from meanwhile.core.sheets import csv_response
from meanwhile.courses import actions
from meanwhile.courses.forms import (
    DatesForm,
    FrameForm,
    OfferForm,
    PromiseForm,
    first_dates,
    frame_of,
    kept_dates,
    says_frame,
)
from meanwhile.courses.models import Course, Mode, Offering
from meanwhile.courses.queries import offerings as offered
from meanwhile.courses.queries import outline as outlines
from meanwhile.courses.queries import preview
from meanwhile.courses.queries.promises import promise_of
from meanwhile.people.models import Cohort, School


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, course: int) -> HttpResponse:
    """First the class and how dates work (sent by GET), then the dates and the deed (POST)."""
    found = get(request.who, "look into", Course, pk=course)
    cohorts = offered.cohorts_to_offer(request.who, found)
    given = request.POST if request.method == "POST" else request.GET
    chosen = "mode" in given
    # sent a second time, the class has the course already, and the receipt answers
    choice = offered.cohorts_led(request.who, found) if request.method == "POST" else cohorts
    frame = OfferForm(
        given if chosen else None, cohorts=choice, initial=_first_frame(found, request)
    )
    context: dict[str, Any] = {"course": found, "frame": frame, "cohorts": cohorts}
    if chosen and frame.is_valid():
        context |= _second_step(request, found, frame.cleaned_data)
        dates: DatesForm = context["dates"]
        if request.method == "POST" and dates.is_valid():
            try:
                made = _make(request, found, frame.cleaned_data, dates)
            except ValidationError as refused:
                dates.add_error(None, refused)
            else:
                return redirect("courses:offering", made)
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/offer.html", context, status=status)


def _first_frame(course: Course, request: HttpRequest) -> dict[str, Any]:
    """What stands in the form to begin with: next Monday, the school's zone."""
    today = clock.now().astimezone(timezone.get_current_timezone()).date()
    return {
        "mode": Mode.COHORT,
        "starts_on": today + timedelta(days=(7 - today.weekday()) % 7),
        "zone": course.school.zone,
        "hours": course.hours_per_week or 2,
        "cohort": request.GET.get("cohort"),
    }


def _second_step(request: HttpRequest, course: Course, frame: dict[str, Any]) -> dict[str, Any]:
    units = outlines.outline(course)
    first = first_dates(frame["mode"], units, frame["starts_on"], frame["hours"])
    dates = DatesForm(
        request.POST if request.method == "POST" else None,
        mode=frame["mode"],
        units=units,
        first=first,
    )
    cohort: Cohort = frame["cohort"]
    return {
        "dates": dates,
        "chosen": frame,
        "says": says_frame(frame["mode"], frame["zone"]),
        "preview": preview.of_dates(cohort, first, frame["mode"], frame["zone"]),
        "back": f"?{urlencode({'cohort': cohort.pk})}",
    }


def _make(request: HttpRequest, course: Course, frame: dict[str, Any], dates: DatesForm) -> int:
    def deed() -> dict[str, Any]:
        made = actions.make_offering(
            request.who.pk,
            course,
            get(request.who, "change", Cohort, pk=frame["cohort"].pk),
            frame["mode"],
            frame["starts_on"],
            frame["zone"],
            dates.dates(),
        )
        return {"offering": made.pk}

    return once(request, "courses.offer", deed).result["offering"]


@require_GET
def offering(request: HttpRequest, offering: int) -> HttpResponse:
    """The class code to give out, the dates and the promise in words, and what can be changed."""
    found = get(request.who, "watch", Offering, pk=offering)
    return _page_of(request, found, PromiseForm(initial={"days": found.answer_within}))


def _page_of(
    request: HttpRequest, found: Offering, form: PromiseForm, status: int = 200
) -> HttpResponse:
    milestones = offered.milestones_of(found)
    promised = promise_of(found)
    return render(
        request,
        "courses/offering.html",
        {
            "offering": found,
            "course": found.course,
            "cohort": found.cohort,
            "milestones": milestones,
            "says": says_frame(found.mode, found.zone),
            "preview": preview.of_dates(
                found.cohort, kept_dates(milestones), found.mode, found.zone
            ),
            "may_change": can(request.who, "change", found),
            "link": join_link(request, found.cohort),
            "promised": promised,
            "promised_now": promised.by(clock.now()),
            "promise_form": form,
        },
        status=status,
    )


@require_POST
def promise(request: HttpRequest, offering: int) -> HttpResponse:
    """Within how many school days work is answered."""
    found = get(request.who, "change", Offering, pk=offering)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _page_of(request, found, form, status=422)
    days = form.cleaned_data["days"]

    def deed() -> dict[str, Any]:
        return {"offering": actions.promise_answers(request.who.pk, found, days).pk}

    once(request, "courses.promise", deed)
    messages.success(request, _("Kept. Learners see it before they hand in."))
    return redirect("courses:offering", found.pk)


def join_link(request: HttpRequest, cohort: Cohort) -> str:
    """The address to give out: it opens with the class code filled in."""
    return request.build_absolute_uri(reverse("people:join", args=[cohort.code]))


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, offering: int) -> HttpResponse:
    """Other dates, for an offering that goes on."""
    found = get(request.who, "change", Offering, pk=offering)
    given = request.POST if request.method == "POST" else request.GET
    chosen = "mode" in given
    frame = FrameForm(given if chosen else None, initial=frame_of(found))
    now: dict[str, Any] = {
        "mode": found.mode,
        "starts_on": found.starts_on,
        "zone": found.zone,
        "hours": None,
    }
    valid = not chosen or frame.is_valid()
    values = frame.cleaned_data if chosen and valid else now
    form = _dates_form(request, found, values, fresh=chosen)
    if request.method == "POST" and valid and form.is_valid():
        once(request, "courses.dates", lambda: _change(request, found, values, form))
        messages.success(request, _("The dates are changed. Learners see them now."))
        return redirect("courses:offering", found.pk)
    return render(
        request,
        "courses/dates.html",
        {
            "offering": found,
            "frame": frame,
            "dates": form,
            "chosen": values,
            "says": says_frame(values["mode"], values["zone"]),
        },
        status=422 if request.method == "POST" else 200,
    )


def _dates_form(
    request: HttpRequest, offering: Offering, frame: dict[str, Any], *, fresh: bool
) -> DatesForm:
    """fresh: another way of dating was chosen, so fill the dates in anew."""
    units = outlines.outline(offering.course)
    first = kept_dates(offered.milestones_of(offering))
    if fresh:
        hours = frame["hours"] or offering.course.hours_per_week
        first = first_dates(frame["mode"], units, frame["starts_on"], hours)
    data = request.POST if request.method == "POST" else None
    return DatesForm(data, mode=frame["mode"], units=units, first=first)


def _change(
    request: HttpRequest, offering: Offering, frame: dict[str, Any], form: django_forms.Form
) -> dict[str, Any]:
    assert isinstance(form, DatesForm)
    actions.change_offering(
        request.who.pk, offering, frame["mode"], frame["starts_on"], frame["zone"], form.dates()
    )
    return {"offering": offering.pk}


@require_POST
def closing(request: HttpRequest, offering: int) -> HttpResponse:
    """Close, or open again: `to` says which."""
    found = get(request.who, "change", Offering, pk=offering)
    close = request.POST.get("to") != "open"
    act = actions.close_offering if close else actions.reopen_offering
    once(request, "courses.closing", lambda: act(request.who.pk, found))
    messages.success(
        request, _("It is closed and stays readable.") if close else _("It is open again.")
    )
    return redirect("courses:offering", found.pk)


@require_GET
def offerings_csv(request: HttpRequest, school: int) -> HttpResponse:
    """Every offering of a school, for its admin."""
    found = get(request.who, "run", School, pk=school)
    lines = offered.lines_of(request.who, found)
    return csv_response(
        f"{found.slug}-offerings", offered.OfferingLine.HEAD, (line.cells() for line in lines)
    )
