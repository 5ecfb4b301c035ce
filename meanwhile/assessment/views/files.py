"""The files of a work: added, arrived, moved, taken out, looked at by their learner."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meanwhile.assessment import actions, queries
from meanwhile.assessment.forms import FileForm, WordsForm
from meanwhile.assessment.models import WorkFile
from meanwhile.assessment.views.tasks import (
    changed,
    found,
    own_operation,
    refused,
    wants_json,
)
from meanwhile.core.receipts import do_once, once
from meanwhile.courses.models import Block, Offering
from meanwhile.media.actions import Unfinished
from meanwhile.media.serving import serve
from meanwhile.media.types import NotTaken


@login_required
@require_POST
def files(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """More files: announced one by one where there is script, else sent with the form, and with
    it what is typed so far."""
    learning, row = found(request, offering, lesson, block)
    if not _takes_files(row):
        raise Http404
    try:
        if wants_json(request):
            return _announced(request, learning, row)
        return _sent(request, learning, row)
    except NotTaken as why:
        return refused(request, learning, row, _typed(request), str(why))
    except actions.Closed as closed:
        return refused(request, learning, row, _typed(request), str(closed), 403)


def _takes_files(row: Block) -> bool:
    return bool(set(row.data.get("hand_in", ["text"])) - {"text", "link"})


def _typed(request: HttpRequest) -> dict[str, Any]:
    form = WordsForm(request.POST)
    return form.fields_sent() if form.is_valid() else {}


def _announced(request: HttpRequest, learning: Offering, row: Block) -> HttpResponse:
    form = FileForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"says": _("This file could not be read.")}, status=400)
    sent = form.cleaned_data

    def deed() -> dict[str, Any]:
        made = actions.announce_file(
            request.who, learning, row, sent["uid"], sent["name"], sent["size"], sent["sha256"]
        )
        return {"uid": made.uid}

    kept = once(request, "assessment.file", deed)
    return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})


def _sent(request: HttpRequest, learning: Offering, row: Block) -> HttpResponse:
    kept_elsewhere = _keep_typed(request, learning, row)
    if kept_elsewhere:
        return kept_elsewhere
    uploads = request.FILES.getlist("files")
    if not uploads:
        return refused(request, learning, row, _typed(request), _("Choose a file first."))
    for each in uploads:
        actions.add_file(request.who, learning, row, each)
    messages.success(request, _("Received. What you chose is in the list."))
    return redirect(f"{queries.task_url(learning.pk, row)}#files")


def _keep_typed(request: HttpRequest, learning: Offering, row: Block) -> HttpResponse | None:
    """Without script the words come with the form of the files and would be lost with the page.
    What to answer where they were changed elsewhere; else None."""
    form = WordsForm(request.POST)
    if not form.is_valid() or form.cleaned_data["base_version"] is None:
        return None
    sent = form.fields_sent()
    try:
        actions.save_draft(request.who, learning, row, sent, form.cleaned_data["base_version"])
    except actions.Changed as other:
        return changed(request, learning, row, sent, other)
    return None


@login_required
@require_POST
def arrival(request: HttpRequest, offering: int, lesson: str, block: str, uid: str) -> HttpResponse:
    """All of a file has come, bit by bit: `upload` is its word."""
    learning, row = found(request, offering, lesson, block)
    file = queries.own_file(request.who, learning, row, uid)
    try:
        file = actions.file_is_here(request.who, file, request.POST.get("upload", ""))
    except Unfinished:
        return JsonResponse({"says": _("Some of it has not come yet.")}, status=409)
    except NotTaken as why:
        return JsonResponse({"says": str(why)}, status=422)
    return JsonResponse({"received_at": file.arrived_at and file.arrived_at.isoformat()})


@login_required
@require_POST
def file_removal(
    request: HttpRequest, offering: int, lesson: str, block: str, uid: str
) -> HttpResponse:
    """'Take out'."""
    learning, row, file = _own(request, offering, lesson, block, uid)

    def deed() -> None:
        actions.remove_file(request.who, learning, row, file.uid)

    return _rearranged(request, learning, row, f"out.{file.uid}", deed)


@login_required
@require_POST
def file_place(
    request: HttpRequest, offering: int, lesson: str, block: str, uid: str
) -> HttpResponse:
    """'Up' and 'Down': `by` is -1 or 1."""
    learning, row, file = _own(request, offering, lesson, block, uid)
    by = -1 if request.POST.get("by") == "-1" else 1

    def deed() -> None:
        actions.move_file(request.who, learning, row, file.uid, by)

    return _rearranged(request, learning, row, f"{by}.{file.uid}", deed)


def _own(
    request: HttpRequest, offering: int, lesson: str, block: str, uid: str
) -> tuple[Offering, Block, WorkFile]:
    learning, row = found(request, offering, lesson, block)
    return learning, row, queries.own_file(request.who, learning, row, uid)


def _rearranged(
    request: HttpRequest, learning: Offering, row: Block, what: str, deed: Any
) -> HttpResponse:
    """The buttons stand in the form of the words, which come along and are kept first."""
    try:
        kept_elsewhere = _keep_typed(request, learning, row)
        if kept_elsewhere:
            return kept_elsewhere
        operation = own_operation(request, what)
        print_of_it = hashlib.sha256(f"{request.path}#{what}".encode()).hexdigest()
        do_once(str(request.who.pk), operation, "assessment.files", print_of_it, deed)
    except actions.Closed as closed:
        return refused(request, learning, row, {}, str(closed), 403)
    return redirect(f"{queries.task_url(learning.pk, row)}#files")


@login_required
@require_safe
def own_file(
    request: HttpRequest, offering: int, lesson: str, block: str, uid: str
) -> HttpResponseBase:
    """A file of one's own draft. `?keep` hands it out to be kept instead of shown."""
    _learning, _row, file = _own(request, offering, lesson, block, uid)
    if file.blob is None:
        raise Http404
    return serve(request, file.blob, file.name, download="keep" in request.GET)
