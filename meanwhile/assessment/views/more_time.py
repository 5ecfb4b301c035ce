"""More time: asked for by a learner, given by a rule or by a teacher."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.assessment.actions import dates as actions
from meanwhile.assessment.forms.dates import AnswerForm, AskForm, PolicyForm
from meanwhile.assessment.models import Extension, ExtensionState
from meanwhile.assessment.queries import dates as queries
from meanwhile.core.receipts import once
from meanwhile.core.rules import allowed, get
from meanwhile.courses.models import Block, Offering
from meanwhile.people.actions import Refused
from meanwhile.people.models import Cohort, School


@login_required
@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """A learner asks for more time for one task."""
    found = get(request.who, "learn", Offering, pk=offering)
    task = queries.task_of(found, lesson, block)
    if task is None or found.closed_at:
        raise Http404
    assert request.who.person is not None
    days, times = queries.times_left(request.who.person, found)
    form = AskForm(request.POST or None, at_once=days if times else 0)
    if request.method == "POST" and form.is_valid():
        try:
            said = _ask(request, found, task, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(request.path)
    context = {
        "offering": found,
        "task": task,
        "title": queries.title_of(task),
        "dates": queries.dates_of_task(request.who.person, found, task),
        "allowance": queries.allowance_here(request.who, found),
        "requests": queries.own_requests(request.who, found, task),
        "days": days,
        "times": times,
        "form": form,
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "assessment/extension.html", context, status=422 if wrong else 200)


def _ask(request: HttpRequest, offering: Offering, block: Block, form: AskForm) -> str:
    def deed() -> dict[str, Any]:
        given = form.cleaned_data
        row = actions.ask_for_time(request.who, offering, block, given["days"], given["reason"])
        return {"given": row.state == ExtensionState.GIVEN}

    if once(request, "assessment.extension", deed).result["given"]:
        return _("You have more time now. The new date is below.")
    return _("Asked. You are told here as soon as there is an answer.")


@login_required
@require_safe
def extensions(request: HttpRequest, offering: int) -> HttpResponse:
    """Who of a class asked for more time: what waits first, each answered with one tap."""
    found = get(request.who, "watch", Offering, pk=offering)
    get(request.who, "teach", Cohort, pk=found.cohort_id)
    rows = queries.requests_of(request.who, found)
    lines = [(row, queries.title_of(row.block)) for row in rows]
    context = {
        "offering": found,
        "open": [each for each in lines if each[0].state == ExtensionState.ASKED],
        "answered": [each for each in lines if each[0].state != ExtensionState.ASKED],
        "may_answer": found.cohort_id in request.who.leads,
    }
    return render(request, "assessment/extensions.html", context)


@login_required
@require_POST
def extension_answer(request: HttpRequest, extension: int) -> HttpResponse:
    """Give more time, or say not this time."""
    row = allowed(request.who, "answer", Extension).filter(pk=extension).first()
    if row is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a number of days from 1 to 30, for example 2."))
        return redirect("assessment:extensions", row.offering_id)
    given = form.cleaned_data

    def deed() -> dict[str, Any]:
        assert request.who.person is not None
        actions.answer_request(
            request.who.person, row, give=given["give"], days=given["days"], words=given["words"]
        )
        return {}

    try:
        once(request, "assessment.answer", deed)
        messages.success(
            request, _("Answered. %(name)s is told.") % {"name": row.person.get_short_name()}
        )
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("assessment:extensions", row.offering_id)


@login_required
@require_http_methods(["GET", "POST"])
def extension_policy(request: HttpRequest, school: int) -> HttpResponse:
    """What a school gives without a question."""
    found = get(request.who, "run", School, pk=school)
    form = PolicyForm(request.POST or None, initial=queries.policy_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def deed() -> dict[str, Any]:
            assert request.who.person is not None
            actions.set_extension_policy(request.who.person, found, given["days"], given["times"])
            return {}

        once(request, "assessment.policy", deed)
        messages.success(request, _("Kept. It holds for what is asked from now on."))
        return redirect(request.path)
    context = {"school": found, "form": form}
    return render(
        request, "assessment/extension_policy.html", context, status=422 if form.is_bound else 200
    )
