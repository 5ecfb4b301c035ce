"""Questions: answering, hints, asking why, and what is typed meanwhile."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from meanwhile.core.receipts import do_once, once, operation_of
from meanwhile.courses.activity import Unreadable
from meanwhile.courses.models import Block, Offering
from meanwhile.learning import actions, queries
from meanwhile.learning.forms import AnswerForm, DraftForm, typed_words
from meanwhile.learning.views.lessons import show


def _question(
    request: HttpRequest, offering: int, lesson: str, block: str
) -> tuple[Offering, Block]:
    learning = queries.offering_to_learn(request.who, offering)
    return learning, queries.question_to_answer(learning, lesson, block)


@login_required
@require_POST
def answer(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """'Check my answer'."""
    learning, question = _question(request, offering, lesson, block)
    form = AnswerForm(request.POST)
    form.is_valid()  # what is beside the answer may be left out, and is where it is nonsense
    sure, base = form.cleaned_data.get("confidence"), _base(request, form)

    taken: actions.Taken | None = None

    def deed() -> dict[str, Any]:
        nonlocal taken
        taken = actions.answer(request.who, learning, question, request.POST, sure, base)
        return {"answer": taken.answer.pk}

    try:
        once(request, "learning.answer", deed)
    except (Unreadable, actions.Closed) as refused:
        return _again(request, learning, question, str(refused))
    except actions.TakenOut as gone:
        actions.save_draft(request.who, learning, question, typed_words(request.POST), None)
        return _not_there(request, learning, question, str(gone))
    marked = taken.answer.block if taken else question
    return _card(request, learning, marked, work=_work(taken), focus=True)


def _base(request: HttpRequest, form: AnswerForm) -> int | None:
    """The version of the draft that an answer was made from. In a header where there is script,
    because it may differ when the same is sent again; else as it stood in the page."""
    told = request.headers.get("X-Base-Version", "")
    if told.isascii() and told.isdecimal() and len(told) < 10:
        return int(told)
    return form.cleaned_data.get("base_version")


def _work(taken: actions.Taken | None) -> queries.Work | None:
    """What the card shows of an answer that was just taken in; None where it was before."""
    if taken is None:
        return None
    key = taken.answer.block_id
    drafts = {key: taken.draft} if taken.draft else {}
    row = taken.answer.participation
    return queries.Work(row, {key: taken.state}, drafts, {key: taken.answer})


@login_required
@require_POST
def hint(request: HttpRequest, offering: int, lesson: str, block: str, number: int) -> HttpResponse:
    """'Give me a hint': asked for by its number (from 1), so that asked twice it is opened once.
    Without script the page comes back, and with it what was typed."""
    learning, question = _question(request, offering, lesson, block)

    def deed() -> dict[str, Any]:
        _keep_typed(request, learning, question)
        return {"open": actions.open_hint(request.who, learning, question, number)}

    return _help(request, learning, question, f"hint{number}", deed)


@login_required
@require_POST
def reason(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """'Tell me why', after a try."""
    learning, question = _question(request, offering, lesson, block)

    def deed() -> dict[str, Any]:
        _keep_typed(request, learning, question)
        actions.ask_why(request.who, learning, question)
        return {}

    return _help(request, learning, question, "why", deed)


def _help(
    request: HttpRequest, learning: Offering, question: Block, what: str, deed: Any
) -> HttpResponse:
    """Help is asked for with the form of the answer, whose operation id is the answer's: each
    piece of help has one of its own made from it, whatever is typed by then."""
    operation = f"{operation_of(request)[:48]}.{what}"
    try:
        do_once(str(request.who.pk), operation, "learning.help", f"{request.path}#{what}", deed)
    except actions.Closed as closed:
        return _again(request, learning, question, str(closed))
    return _card(request, learning, question, part="learning/_help.html")


def _keep_typed(request: HttpRequest, learning: Offering, question: Block) -> None:
    """Without script the fields come with the form and would be lost with the page."""
    if not _is_part(request):
        words = typed_words(request.POST)
        actions.save_draft(request.who, learning, question, words, None)


@login_required
@require_POST
def draft(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """What is typed, soon after it is typed (`keep-words`)."""
    learning, question = _question(request, offering, lesson, block)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    words, base = form.cleaned_data["words"], form.cleaned_data["base_version"] or 0

    def deed() -> dict[str, Any]:
        kept = actions.save_draft(request.who, learning, question, words, base)
        return {"version": kept.version}

    try:
        kept = once(request, "learning.draft", deed)
    except actions.Changed as other:
        theirs = json.dumps(other.draft.words, ensure_ascii=False, separators=(",", ":"))
        return JsonResponse({"theirs": theirs, "version": other.draft.version}, status=409)
    except actions.Closed as closed:
        return JsonResponse({"says": str(closed)}, status=403)
    return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})


def _is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return "HX-Request" in request.headers


def _spot(learning: Offering, question: Block) -> str:
    return queries.spot_url(learning, question)


def _card(
    request: HttpRequest,
    learning: Offering,
    question: Block,
    part: str = "learning/_question.html",
    work: queries.Work | None = None,
    focus: bool = False,
) -> HttpResponse:
    """The question as it is now: its card alone, or the page at its place."""
    if not _is_part(request):
        return redirect(_spot(learning, question))
    work = work or queries.work_of(request.who, learning, question)
    item, here = queries.card_of(request.who, learning, question, work)
    response = render(request, part, {"item": item, "fresh": focus, "opened": not focus})
    response.headers["HX-Trigger"] = json.dumps({"lesson-moved": queries.moved_to(here)})
    return response


def _again(
    request: HttpRequest, learning: Offering, question: Block, sentence: str
) -> HttpResponse:
    """Nothing was marked: the same card with everything typed, and what to do."""
    view = queries.lesson_view(request.who, learning, question.lesson.uid, question.uid)
    item = view.item(question.uid)
    if item is None:
        return _not_there(request, learning, question, sentence)
    queries.stand_again(item, request.POST, sentence)
    if not _is_part(request):
        return show(request, view, status=422)
    values = {"item": item, "fresh": True}
    return render(request, "learning/_question.html", values, status=422)


def _not_there(
    request: HttpRequest, learning: Offering, question: Block, sentence: str
) -> HttpResponse:
    """There is no card to show any more: the lesson as it is now, and why."""
    messages.info(request, sentence)
    if _is_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(_spot(learning, question))
