"""When a school has school: days, hours and holidays. Promises count with them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.core import clock
from meanwhile.core.rules import get
from meanwhile.people import actions, queries
from meanwhile.people.forms.school import DaysForm, HolidayForm
from meanwhile.people.models import Holiday, School
from meanwhile.people.school_days import answer_by, says
from meanwhile.people.views.help import do

EXAMPLE = 2
"""School days of the example on the page: as many as an offering promises to begin with."""


@login_required
@require_http_methods(["GET", "POST"])
def days(request: HttpRequest, school: int) -> HttpResponse:
    """The days and hours of the school; POST changes them."""
    found = get(request.who, "run", School, pk=school)
    form = DaysForm(request.POST or None, initial=DaysForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"work_days": "".join(form.cleaned_data["work_days"])}
        words = _("Kept. What is sent from now on is answered by these days.")
        if do(request, "days", lambda: actions.change_days(request.who.pk, found, **given), words):
            return redirect("people:days", school=found.pk)
    return _page(request, found, days=form, status=422 if form.is_bound else 200)


@login_required
@require_POST
def holidays(request: HttpRequest, school: int) -> HttpResponse:
    """A new holiday."""
    found = get(request.who, "run", School, pk=school)
    form = HolidayForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        words = _("%(name)s is on the calendar.") % {"name": given["name"]}
        do(
            request,
            "holiday",
            lambda: actions.make_holiday(request.who.pk, found, **given),
            words,
        )
        return redirect("people:days", school=found.pk)
    return _page(request, found, holiday=form, status=422)


@login_required
@require_POST
def holiday_removal(request: HttpRequest, school: int, holiday: int) -> HttpResponse:
    found = get(request.who, "run", School, pk=school)
    row = get(request.who, "change", Holiday, pk=holiday, school=found)
    words = _("%(name)s is off the calendar.") % {"name": row.name}
    do(request, "holiday_removal", lambda: actions.remove_holiday(request.who.pk, row), words)
    return redirect("people:days", school=found.pk)


def _page(request: HttpRequest, school: School, status: int, **forms: Any) -> HttpResponse:
    calendar = queries.calendar_of(school)
    context = {
        "school": school,
        "days": forms.get("days") or DaysForm(initial=DaysForm.initial_of(school)),
        "holiday": forms.get("holiday") or HolidayForm(),
        "bound": forms.get("days") or forms.get("holiday"),
        "holidays": queries.holidays_of(school),
        "says": says(EXAMPLE, calendar),
        "example": answer_by(clock.now(), EXAMPLE, calendar),
    }
    return render(request, "people/days.html", context, status=status)
