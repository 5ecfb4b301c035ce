"""The notebook: a learner's own notes, in the lesson and over all their courses."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.core.ids import operation_id
from meanwhile.core.receipts import once
from meanwhile.learning import actions, queries
from meanwhile.learning.forms import DraftForm, NoteForm, SpotForm
from meanwhile.learning.notebook_file import markdown_of
from meanwhile.learning.queries import Noted
from meanwhile.learning.views.lessons import wants_json

SECRET = ("words", "tags", "spot", "quote")


@login_required
@require_safe
def notebook(request: HttpRequest) -> HttpResponse:
    """All of one's notes: found by words, by tag, by course."""
    asked = request.GET
    page = asked.get("page", "")
    book = queries.notebook(
        request.who,
        asked.get("q", ""),
        asked.get("tag", ""),
        asked.get("course", ""),
        int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
    )
    return render(request, "learning/notebook.html", {"book": book})


@login_required
@require_safe
def notebook_print(request: HttpRequest) -> HttpResponse:
    """The whole notebook on one page, for paper."""
    values = {"shown": queries.whole_notebook(request.who)}
    return render(request, "learning/notebook_print.html", values)


@login_required
@require_safe
def notebook_export(request: HttpRequest) -> HttpResponse:
    """The whole notebook as a Markdown file, to keep or to take along."""
    return HttpResponse(
        markdown_of(queries.whole_notebook(request.who)),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="notebook.md"'},
    )


def _values(noted: Noted) -> dict[str, Any]:
    tags = " ".join(noted.tags)
    return {"words": noted.note.words, "tags": tags, "base_version": noted.note.version}


def _show_note(
    request: HttpRequest, noted: Noted, form: NoteForm, theirs: str = "", status: int = 200
) -> HttpResponse:
    values = {"noted": noted, "form": form, "theirs": theirs}
    return render(request, "learning/note.html", values, status=status)


@sensitive_post_parameters(*SECRET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, uid: str) -> HttpResponse:
    """One note. POST keeps its words; with a spot it makes it."""
    if request.method != "POST":
        noted = queries.note_of(request.who, uid)
        return _show_note(request, noted, NoteForm(initial=_values(noted)))
    form = NoteForm(_sent(request))
    if not form.is_valid():
        return _refused(request, uid, form)
    try:
        version = _keep(request, uid, form)
    except actions.NoteChanged as other:
        return _two_versions(request, other, form)
    except actions.TooManyNotes as full:
        return JsonResponse({"says": str(full)}, status=422)
    if wants_json(request):
        return JsonResponse(version)
    messages.success(request, _("Your note is kept."))
    return redirect("learning:notebook")


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The fields: as a form sends them, or as `keep-words` does, in one JSON object."""
    if not wants_json(request):
        return request.POST.dict()
    draft = DraftForm(request.POST)
    words = draft.cleaned_data.get("words", {}) if draft.is_valid() else {"spot": "unreadable"}
    return words | {"base_version": request.POST.get("base_version", "")}


def _keep(request: HttpRequest, uid: str, form: NoteForm) -> dict[str, Any]:
    """The receipt: when it was taken in, and the version it is now."""
    values = form.cleaned_data
    spot: SpotForm | None = values["spot"]
    at = None
    if spot:
        offering = queries.offering_to_learn(request.who, spot.cleaned_data["offering"])
        where = spot.cleaned_data
        at = offering, queries.block_to_note(offering, where["lesson"], where["block"]), where

    def deed() -> dict[str, Any]:
        base = values["base_version"]
        kept = actions.keep_note(request.who, uid, values["words"], values["tags"], base, at)
        if kept is None:
            raise Http404
        return {"version": kept.version}

    kept = once(request, "learning.note", deed)
    return {"received_at": kept.received_at.isoformat(), **kept.result}


def _refused(request: HttpRequest, uid: str, form: NoteForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"errors": form.errors}, status=400)
    return _show_note(request, queries.note_of(request.who, uid), form, status=422)


def _two_versions(request: HttpRequest, other: actions.NoteChanged, form: NoteForm) -> HttpResponse:
    """Both are shown, and the person chooses; nothing is written over."""
    theirs = Noted(other.note)
    values = _values(theirs)
    if wants_json(request):
        words = {"words": values["words"], "tags": values["tags"], "spot": ""}
        packed = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        return JsonResponse({"theirs": packed, "version": theirs.note.version}, status=409)
    mine = NoteForm({**form.data, "base_version": theirs.note.version})
    return _show_note(request, theirs, mine, values["words"], status=409)


@login_required
@require_POST
def note_removal(request: HttpRequest, uid: str) -> HttpResponse:
    """Take a note out of the notebook; it can be put back."""
    found = queries.note_of(request.who, uid).note
    kept = once(request, "learning.note_removal", lambda: actions.remove_note(found))
    if wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat()})
    messages.success(request, _("Removed. You can put it back for 30 days, below."))
    return redirect("learning:notebook")


def _no_room(request: HttpRequest, full: actions.TooManyNotes) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"says": str(full)}, status=422)
    messages.error(request, str(full))
    return redirect("learning:notebook")


@login_required
@require_POST
def note_return(request: HttpRequest, uid: str) -> HttpResponse:
    """Put a removed note back."""
    found = queries.removed_note(request.who, uid)

    def deed() -> None:
        actions.put_back_note(request.who, found)

    try:
        kept = once(request, "learning.note_return", deed)
    except actions.TooManyNotes as full:
        return _no_room(request, full)
    if wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat()})
    messages.success(request, _("It is in your notebook again."))
    return redirect("learning:notebook")


@sensitive_post_parameters(*SECRET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_notes(request: HttpRequest, offering: int, lesson: str) -> HttpResponse:
    """One's notes in a lesson, and a new one for a paragraph that is chosen from a list: what the
    lesson's own panel does, for who has no script."""
    learning = queries.offering_to_learn(request.who, offering)
    here = queries.outline_of(learning, request.who.pk).lesson_or_404(lesson)
    form = NoteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        block, _gap, part = request.POST.get("place", "").partition(" ")
        spot = {"offering": offering, "lesson": lesson, "block": block, "part": part}
        form = NoteForm(request.POST.dict() | {"spot": json.dumps(spot)})
        if not block:
            form.add_error(None, _("Choose the paragraph your note belongs to."))
        elif form.is_valid():
            try:
                _keep(request, operation_id(), form)
            except actions.TooManyNotes as full:
                form.add_error(None, str(full))
            else:
                messages.success(request, _("Your note is kept."))
                return redirect("learning:lesson_notes", offering, lesson)
        status = 422
    values = {
        "offering": learning,
        "here": here,
        "notes": queries.lesson_notes(request.who, here.pk),
        "paragraphs": queries.places_of(request.who, learning, here.pk),
        "chosen": request.POST.get("place", ""),
        "form": form,
    }
    return render(request, "learning/lesson_notes.html", values, status=status)
