"""Feedback for who handed in: what came, what is out, what one does with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.feedback import actions, queries
from meanwhile.feedback.forms import AnswerForm, UptakeForm
from meanwhile.feedback.models import Feedback, Reply, Uptake


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that came back and all that is still out."""
    context = {"out": queries.still_out(request.who), "back": queries.came_back(request.who)}
    return render(request, "feedback/mine.html", context)


@sensitive_post_parameters("words")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """What a person answered to one hand-in; POST: what the learner will do with it."""
    if request.method != "POST":
        return _page(request, code)
    row = get(request.who, "answer", Feedback, promise__code=code)
    form = UptakeForm(request.POST)
    if not form.is_valid():
        return _page(request, code, uptake=form, status=422)
    given = form.cleaned_data

    def deed() -> dict[str, Any]:
        done = actions.decide(request.who.person, row, given["uptake"], given["words"])
        return {"uptake": done.uptake}

    try:
        kept = once(request, "feedback.uptake", deed)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, code, uptake=form, status=422)
    asked = kept.result["uptake"] == Uptake.ASK
    said = (
        _("Asked. The answer comes by the time below.")
        if asked
        else _("Kept. Your teacher sees it.")
    )
    messages.success(request, said)
    return redirect("feedback:feedback", code)


@login_required
@require_POST
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """The learner has it open: sent by the page itself."""
    row = get(request.who, "answer", Feedback, promise__code=code)
    once(request, "feedback.reading", lambda: actions.note_read(row))
    return HttpResponse(status=204)


@sensitive_post_parameters("words")
@login_required
@require_POST
def answer(request: HttpRequest, code: str, question: int) -> HttpResponse:
    """The answer to a question back. Sent twice, it stands once."""
    row = get(request.who, "see", Feedback, promise__code=code)
    form = AnswerForm(request.POST)
    asked = get(request.who, "teach", Reply, pk=question, feedback=row)
    if not form.is_valid():
        return _page(request, code, answer=form, status=422)

    def deed() -> dict[str, Any]:
        return {"reply": actions.answer(request.who.person, asked, form.cleaned_data["words"]).pk}

    once(request, "feedback.answer", deed)
    messages.success(request, _("Your answer is on its way."))
    return redirect("feedback:feedback", code)


def _page(request: HttpRequest, code: str, status: int = 200, **forms: Any) -> HttpResponse:
    sheet = queries.answered(request.who, code)
    assert sheet.feedback
    kept = {"uptake": sheet.feedback.uptake, "words": sheet.feedback.uptake_words}
    context = {
        "sheet": sheet,
        "feedback": sheet.feedback,
        "form": forms.get("uptake") or UptakeForm(initial=kept),
        "answer_form": forms.get("answer") or AnswerForm(),
        "bound": forms.get("uptake") or forms.get("answer"),
    }
    return render(request, "feedback/feedback.html", context, status=status)
