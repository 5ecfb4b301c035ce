"""Bringing in a list of people: look first, then apply, undo at will."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.people import actions, queries
from meanwhile.people import roster as csv_roster
from meanwhile.people.forms.school import ApplyForm, RosterForm
from meanwhile.people.models import Cohort, Roster, School
from meanwhile.people.views.help import csv_reply, number

STATES = ("refused", "new", "changed", "same")


@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, cohort: int) -> HttpResponse:
    """A list of learners for one class."""
    found = get(request.who, "change", Cohort, pk=cohort)
    return _bring(request, found.school, found)


@login_required
@require_http_methods(["GET", "POST"])
def school_roster(request: HttpRequest, school: int) -> HttpResponse:
    """A list of people for the whole school: any role, any class."""
    return _bring(request, get(request.who, "run", School, pk=school), None)


def _bring(request: HttpRequest, school: School, cohort: Cohort | None) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = csv_roster.read(form.cleaned_data["file"].read(csv_roster.MOST_BYTES + 1))
        except csv_roster.Unreadable as wrong:
            form.add_error("file", str(wrong))
        else:
            kept = once(
                request,
                "people.roster",
                lambda: {
                    "roster": actions.keep_roster(request.user, school, cohort, rows).pk  # type: ignore[arg-type]
                },
            )
            return redirect("people:roster_check", roster=kept.result["roster"])
    earlier = queries.rosters_of(request.who, school, cohort)
    context = {"school": school, "cohort": cohort, "form": form, "earlier": earlier}
    status = 422 if form.is_bound else 200
    return render(request, "people/roster.html", context, status=status)


@login_required
@require_safe
def roster_sample(request: HttpRequest) -> HttpResponse:
    return csv_reply(csv_roster.sample(), "meanwhile-people.csv")


@login_required
@require_http_methods(["GET", "POST"])
def roster_check(request: HttpRequest, roster: int) -> HttpResponse:
    """What the list would do, line by line; POST does it."""
    found = get(request.who, "see", Roster, pk=roster)
    if request.method == "POST":
        return _apply(request, found)
    lines = [] if found.applied_at else queries.lines_of(found, _may_change(request, found))
    state = request.GET.get("state", "")
    shown = [line for line in lines if line.state == state] if state in STATES else lines
    shown = sorted(shown, key=lambda line: (STATES.index(line.state), line.row.line))
    context = {
        "roster": found,
        "page": Paginator(shown, 50).get_page(number(request)),
        "counts": [(s, sum(line.state == s for line in lines)) for s in STATES],
        "state": state,
        "something": any(line.state in ("new", "changed") for line in lines),
        "refused": any(line.state == "refused" for line in lines),
        "form": ApplyForm(initial={"give": "cards"}),
    }
    return render(request, "people/roster_check.html", context)


def _may_change(request: HttpRequest, roster: Roster) -> bool:
    """Only the school admin's list changes what is known of people already there."""
    return roster.cohort_id is None and roster.school_id in request.who.runs


def _apply(request: HttpRequest, roster: Roster) -> HttpResponse:
    form = ApplyForm(request.POST)
    give = form.cleaned_data["give"] if form.is_valid() else ""
    done: list[Any] = []

    may = _may_change(request, roster)

    def deed() -> dict[str, Any]:
        done.append(actions.apply_roster(request.user, roster, give, may, passwords))  # type: ignore[arg-type]
        return {}

    try:
        passwords = actions.passwords_for(roster, give, may)
        once(request, "people.roster-apply", deed)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:roster_check", roster=roster.pk)
    applied = done[0] if done else None
    if applied and (applied.cards or applied.passwords):
        messages.success(request, _("The list is in."))
        context = {
            "school": roster.school,
            "roster": roster,
            "made": applied.passwords,
            "classes": applied.cards,
            "host": request.get_host(),
        }
        page = "people/cards_made.html" if applied.cards else "people/passwords.html"
        return render(request, page, context)
    messages.success(request, _("The list is in."))
    return redirect("people:roster_check", roster=roster.pk)


@login_required
@require_POST
def roster_undoing(request: HttpRequest, roster: int) -> HttpResponse:
    """Take back what the list made and changed."""
    found = get(request.who, "see", Roster, pk=roster)
    done: list[Any] = []

    def deed() -> dict[str, Any]:
        done.append(actions.undo_roster(request.user, found))  # type: ignore[arg-type]
        return {}

    try:
        once(request, "people.roster-undo", deed)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        for undone in done:
            messages.success(request, _said(undone))
    return redirect("people:roster_check", roster=found.pk)


def _said(undone: actions.Undone) -> str:
    words = ngettext(
        "The list is taken back: %(n)d account removed.",
        "The list is taken back: %(n)d accounts removed.",
        undone.removed,
    ) % {"n": undone.removed}
    if undone.stay:
        words += " " + _("Already used, so only taken out of the class: %(names)s.") % {
            "names": ", ".join(undone.stay[:20]) + ("…" if len(undone.stay) > 20 else "")
        }
    return words
