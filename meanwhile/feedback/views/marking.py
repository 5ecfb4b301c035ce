"""Marking: the work and the rubric side by side, half-written feedback, held and released."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meanwhile.core.clock import wall_of
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.feedback import actions, queries
from meanwhile.feedback import draft as drafts
from meanwhile.feedback.forms import DraftForm, MoveForm, StaffNoteForm, sent_words
from meanwhile.feedback.models import Promise
from meanwhile.feedback.queries.marking import Marking

SECRET = ("words", "note", "next", "comments", "new_comment")


@sensitive_post_parameters(*SECRET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: HttpRequest, code: str) -> HttpResponse:
    """One hand-in. POST keeps what is written; `deed` may hold, unhold or release it as well."""
    if request.method != "POST":
        return _page(request, queries.marking(request.who, code))
    row = get(request.who, "mark", Promise, code=code)
    words, wanted = sent_words(request.POST), request.POST.get("deed", "")
    try:
        once(request, "feedback.marking", lambda: _do(request, row, words, wanted))
    except actions.Changed as other:
        return _two_versions(request, code, words, other)
    except actions.Refused as refused:
        found = queries.marking(request.who, code)
        if not found.released:
            found.__dict__["wrote"] = drafts.read(words)
        return _page(request, found, status=422, refused=str(refused))
    return _onwards(request, code, wanted)


def _do(request: HttpRequest, row: Promise, words: dict[str, Any], wanted: str) -> dict[str, Any]:
    assert request.who.person
    me = request.who.person
    base = request.POST.get("base_version", "")
    version = int(base) if base.isascii() and base.isdecimal() and len(base) < 9 else None
    kept = actions.save_draft(me, row, words, version)
    if wanted == "release":
        actions.release(me, row)
    elif wanted in ("hold", "unhold"):
        actions.hold(me, row, wanted == "hold")
    return {"feedback": kept.pk}


def _two_versions(
    request: HttpRequest, code: str, words: dict[str, Any], other: actions.Changed
) -> HttpResponse:
    """Both are on the page; what was typed here stands in the fields."""
    found = queries.marking(request.who, code)
    found.__dict__["wrote"] = drafts.read(words)
    return _page(request, found, status=409, theirs=drafts.read(other.words))


def _onwards(request: HttpRequest, code: str, wanted: str) -> HttpResponse:
    """After holding and releasing to the next that waits; else back to this one."""
    if wanted not in ("release", "hold"):
        return redirect("feedback:marking", code)
    found = queries.marking(request.who, code)
    said = _("Released to %(name)s.") if wanted == "release" else _("Held: %(name)s.")
    messages.success(request, said % {"name": found.name})
    if found.after:
        return redirect("feedback:marking", found.after.code)
    return redirect("web:today")


def _page(
    request: HttpRequest,
    found: Marking,
    status: int = 200,
    refused: str = "",
    theirs: drafts.Draft | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "sheet": found,
        "refused": refused,
        "theirs": theirs,
        "comments_json": drafts.dumped(found.wrote.comments),
        "note_form": StaffNoteForm(auto_id="staff_%s"),
        "changes": queries.changes(found.earlier.text, found.submission.text)
        if found.earlier
        else [],
        "asked": drafts.read(found.earlier_feedback.words) if found.earlier_feedback else None,
    }
    return render(request, "feedback/marking.html", context, status=status)


@sensitive_post_parameters(*SECRET)
@login_required
@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Half-written feedback, received: {"received_at", "version"}; 409 with the other's words where
    it was changed elsewhere."""
    row = get(request.who, "mark", Promise, code=code)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"says": _("These words could not be read.")}, status=400)
    given = form.cleaned_data
    assert request.who.person
    me = request.who.person

    def deed() -> dict[str, Any]:
        return {
            "version": actions.save_draft(me, row, given["words"], given["base_version"]).version
        }

    try:
        kept = once(request, "feedback.draft", deed)
    except actions.Changed as other:
        theirs = json.dumps(other.words, ensure_ascii=False)
        return JsonResponse({"theirs": theirs, "version": other.version}, status=409)
    except actions.Refused as refused:
        return JsonResponse({"says": str(refused)}, status=422)
    return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})


@login_required
@require_GET
def bank(request: HttpRequest) -> HttpResponse:
    """What one wrote before and holds the words typed now: a list to choose from."""
    found = queries.bank(
        request.who, request.GET.get("q", "")[:120], request.GET.get("line", "")[:80]
    )
    return render(request, "feedback/_bank.html", {"bank": found})


@login_required
@require_POST
def staff_notes(request: HttpRequest, code: str) -> HttpResponse:
    """A note for the other markers."""
    row = get(request.who, "mark", Promise, code=code)
    form = StaffNoteForm(request.POST)
    if not form.is_valid():
        return _page(request, queries.marking(request.who, code), 422, _("Write the note first."))

    def deed() -> dict[str, Any]:
        return {
            "note": actions.note_among_staff(request.who.person, row, form.cleaned_data["words"]).pk
        }

    once(request, "feedback.staff_note", deed)
    messages.success(request, _("The note is there for the other teachers."))
    return redirect("feedback:marking", code)


@login_required
@require_POST
def names(request: HttpRequest, code: str) -> HttpResponse:
    """Names or codes, for all of this task: `to` says which."""
    row = get(request.who, "mark", Promise, code=code)
    hide = request.POST.get("to") == "codes"

    def deed() -> dict[str, Any]:
        return {"plan": actions.mark_without_names(row.offering, row.block, hide).pk}

    once(request, "feedback.names", deed)
    return redirect("feedback:marking", code)


@login_required
@require_POST
def held(request: HttpRequest, code: str) -> HttpResponse:
    """Release all that is held of this task together."""
    row = get(request.who, "mark", Promise, code=code)
    rows = queries.held_of(request.who, row.offering_id, row.block_id)
    try:
        kept = once(
            request,
            "feedback.held",
            lambda: {"n": actions.release_held(request.who.person, rows)},
        )
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("feedback:marking", code)
    said = ngettext("Released together: %(n)d.", "Released together: %(n)d.", kept.result["n"])
    messages.success(request, said % kept.result)
    return redirect("web:today")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """A promise that will be missed: another time, and a sentence to those who wait."""
    if request.method == "POST" and _moved_already(request, code):
        return redirect("web:today")
    found = queries.moving(request.who, code)
    first = {"to": wall_of(found.to, found.zone)}
    form = MoveForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        to, words = form.moment(found.zone), form.cleaned_data["words"]

        def deed() -> dict[str, Any]:
            moved = actions.move_promises(request.who.person, found.promises, to, words)
            return {"n": len(moved)}

        try:
            kept = once(request, "feedback.move", deed)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = ngettext(
                "Moved. %(n)d learner is told.", "Moved. %(n)d learners are told.", kept.result["n"]
            )
            messages.success(request, said % kept.result)
            return redirect("web:today")
    context = {"moving": found, "form": form, "zone_now": timezone.get_current_timezone_name()}
    return render(request, "feedback/move.html", context, status=422 if form.is_bound else 200)


def _moved_already(request: HttpRequest, code: str) -> bool:
    """Whether what was promised is kept by now, so that there is nothing to move."""
    row = get(request.who, "mark", Promise, code=code)
    return row.kept_at is not None or row.ended_at is not None
