"""The learner's page of a task: draft, ticks, handing in."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.assessment import actions, queries
from meanwhile.assessment.forms import WordsForm
from meanwhile.core.receipts import once, operation_of
from meanwhile.courses.models import Block, Offering


def found(request: HttpRequest, offering: int, lesson: str, block: str) -> tuple[Offering, Block]:
    """The offering somebody learns in and the task in its course. Raises Http404."""
    learning = queries.offering_to_learn(request.who, offering)
    return learning, queries.task_of(learning, lesson, block)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@login_required
@require_safe
def task(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """What to do, and the draft of it."""
    view = queries.task_view(request.who, *found(request, offering, lesson, block))
    return show(request, view)


def show(request: HttpRequest, view: queries.TaskView, status: int = 200) -> HttpResponse:
    """The task's page."""
    return render(request, "assessment/task.html", {"view": view}, status=status)


def own_operation(request: HttpRequest, what: str) -> str:
    """The id of another deed of the same form: several buttons share its operation id."""
    return f"{operation_of(request)[:22]}.{what}"[:64]


@login_required
@require_POST
def draft(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """What is typed, soon after it is typed; or by 'Keep my draft' where there is no script."""
    learning, row = found(request, offering, lesson, block)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return unread(request, learning, row, form)
    sent, base = form.fields_sent(), form.cleaned_data["base_version"]

    def deed() -> dict[str, Any]:
        return {"version": actions.save_draft(request.who, learning, row, sent, base).version}

    try:
        if not wants_json(request):
            deed()  # the same words again change nothing
            messages.success(request, _("Your draft is kept."))
            return redirect(f"{queries.task_url(learning.pk, row)}#draft")
        kept = once(request, "assessment.draft", deed)
    except actions.Changed as other:
        return changed(request, learning, row, sent, other)
    except actions.Closed as closed:
        return refused(request, learning, row, sent, str(closed), 403)
    return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})


@login_required
@require_POST
def marks(request: HttpRequest, offering: int, lesson: str, block: str, of: str) -> HttpResponse:
    """Ticks at the criteria or at the steps."""
    if of not in actions.LISTS:
        raise Http404
    learning, row = found(request, offering, lesson, block)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return unread(request, learning, row, form)
    words = form.cleaned_data["words"]
    sent = {of: request.POST.getlist(of)} if words is None else words
    base = form.cleaned_data["base_version"]

    def deed() -> dict[str, Any]:
        return {"version": actions.save_marks(request.who, learning, row, of, sent, base)}

    page = f"{queries.task_url(learning.pk, row)}#{of}"
    try:
        kept = once(request, "assessment.marks", deed)
    except actions.Changed as other:
        if wants_json(request):
            return theirs(other)
        messages.info(
            request, _("Your ticks were changed on another device. These are the newest.")
        )
        return redirect(page)
    except actions.Closed as closed:
        return refused(request, learning, row, {}, str(closed), 403)
    if wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})
    return redirect(page)


@login_required
@require_POST
def hand_ins(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """'Hand in'."""
    learning, row = found(request, offering, lesson, block)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return unread(request, learning, row, form)
    sent, base = form.fields_sent(), form.cleaned_data["base_version"]

    def deed() -> dict[str, Any]:
        made = actions.hand_in(request.who, learning, row, sent, base)
        return {
            "submission": made.pk,
            "code": made.code,
            "sha256": made.sha256,
            "version": made.work.version,
        }

    try:
        kept = once(request, "assessment.hand_in", deed)
    except actions.Changed as other:
        return changed(request, learning, row, sent, other)
    except (actions.Nothing, actions.Closed) as why:
        status = 403 if isinstance(why, actions.Closed) else 422
        return refused(request, learning, row, sent, str(why), status)
    if wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})
    return redirect(f"{queries.task_url(learning.pk, row)}#receipt")


# --- what could not be done, with everything typed ----------------------------------------------


def changed(
    request: HttpRequest,
    learning: Offering,
    row: Block,
    sent: dict[str, Any],
    other: actions.Changed,
) -> HttpResponse:
    """Two versions: both are shown, and the person chooses."""
    if wants_json(request):
        return theirs(other)
    view = queries.task_view(request.who, learning, row)
    view.words, view.theirs = sent, other.words
    return show(request, view, status=409)


def theirs(other: actions.Changed) -> HttpResponse:
    words = json.dumps(other.words, ensure_ascii=False, separators=(",", ":"))
    return JsonResponse({"theirs": words, "version": other.version}, status=409)


def refused(
    request: HttpRequest,
    learning: Offering,
    row: Block,
    sent: dict[str, Any],
    sentence: str,
    status: int = 422,
) -> HttpResponse:
    """Nothing was done: the page with everything typed, and what to do."""
    if wants_json(request):
        return JsonResponse({"says": sentence}, status=status)
    view = queries.task_view(request.who, learning, row)
    view.words = sent or view.words
    view.error = sentence
    return show(request, view, status=status)


def unread(request: HttpRequest, learning: Offering, row: Block, form: WordsForm) -> HttpResponse:
    sentence = " ".join(str(each) for errors in form.errors.values() for each in errors)
    typed = {name: request.POST.get(name, "") for name in ("text", "link")}
    return refused(request, learning, row, typed, sentence, 400)
