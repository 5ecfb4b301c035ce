"""What was handed in: one version, its files, its receipt; and a class's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.assessment import actions, queries
from meanwhile.assessment.forms import ReceiptForm
from meanwhile.core import limits
from meanwhile.core.ids import tidy_code
from meanwhile.core.receipts import once
from meanwhile.core.rules import can
from meanwhile.media.serving import serve


@login_required
@require_safe
def submission(request: HttpRequest, submission: int) -> HttpResponse:
    """One version, and beside it another: `?beside=1`."""
    beside = request.GET.get("beside", "")
    other = int(beside) if beside.isascii() and beside.isdecimal() and len(beside) < 7 else None
    view = queries.submission_view(request.who, submission, other)
    return render(request, "assessment/submission.html", {"view": view})


@login_required
@require_safe
def file(request: HttpRequest, submission: int, file: int) -> HttpResponseBase:
    """A file of a hand-in. `?keep` hands it out to be kept instead of shown."""
    found = queries.file_of(request.who, submission, file)
    assert found.blob is not None
    return serve(request, found.blob, found.name, download="keep" in request.GET)


@login_required
@require_safe
def photos(request: HttpRequest, submission: int) -> HttpResponseBase:
    """The photos of a hand-in as one PDF."""
    row = queries.submission_with_photos(request.who, submission)
    assert row.photos is not None
    return serve(request, row.photos, f"photos-{row.code}.pdf", download=True)


@login_required
@require_POST
def taking_back(request: HttpRequest, submission: int) -> HttpResponse:
    """'Take it back'."""
    row = queries.submission_to_take_back(request.who, submission)
    page = queries.task_url(row.offering_id, row.block)
    try:
        once(request, "assessment.taking_back", lambda: actions.take_back(request.who, row))
        messages.success(request, _("Taken back. It is your draft again, and only you see it."))
    except actions.Closed as closed:
        messages.info(request, str(closed))
    except Http404:
        messages.info(
            request, _("It cannot be taken back any more: somebody has begun to mark it.")
        )
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Whether a receipt is true, for whoever holds its code. Asked by POST, so that no code stands
    in an address, and guessing is limited as at any door."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found, asked = None, False
    if form.is_bound and form.is_valid():
        door = ("receipt", tidy_code(form.cleaned_data["code"]))
        limits.check(request, *door)
        found, asked = queries.receipt_of(form.cleaned_data["code"]), True
        if found:
            limits.give_back(request, *door)
    values = {"form": form, "found": found, "asked": asked}
    return render(request, "assessment/receipt.html", values)


@login_required
@require_safe
def tasks(request: HttpRequest, offering: int) -> HttpResponse:
    """The tasks of a class, and how many have handed each in."""
    watched, learners, lines = queries.tasks_of_class(request.who, offering)
    return render(
        request,
        "assessment/tasks.html",
        {
            "offering": watched,
            "learners": learners,
            "lines": lines,
            "may_change": can(request.who, "change", watched),
            "may_answer": watched.cohort_id in request.who.teaches,
        },
    )


@login_required
@require_safe
def submissions(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """Who of a class has handed a task in."""
    page = request.GET.get("page")
    view = queries.hand_ins_of(request.who, offering, lesson, block, page)
    return render(request, "assessment/submissions.html", {"view": view})
