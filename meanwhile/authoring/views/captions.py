"""The page where the captions of a film are written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meanwhile.authoring.actions import captions as acts
from meanwhile.authoring.actions.lessons import Changed, Gone
from meanwhile.authoring.queries.captions import CaptionWork, caption_work
from meanwhile.authoring.queries.lessons import lesson_work
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Course
from meanwhile.media.captions import LARGEST, BrokenCaptions, captions_of


def _work(request: HttpRequest, course: int, lesson: str, part: str) -> CaptionWork:
    found = lesson_work(get(request.who, "change", Course, pk=course), lesson)
    work = caption_work(found, part) if found else None
    if work is None:
        raise Http404
    return work


@require_http_methods(["GET", "POST"])
def captions(request: HttpRequest, course: int, lesson: str, part: str) -> HttpResponse:
    """The words with their times beside the film. POST keeps them as they are; with the deed `use`
    they are put in the lesson, with `bring` a file takes their place."""
    work = _work(request, course, lesson, part)
    if request.method == "GET":
        return _page(request, work)
    try:
        if request.POST.get("deed") == "bring":
            return _bring(request, work)
        if request.POST.get("deed") == "use":
            return _use(request, work)
        kept = once(request, "authoring.captions", lambda: _write(request, work))
    except Changed as other:
        return _both(request, work, other)
    except Gone:
        says = _("This film was taken out in the meantime. Your words are still in the box.")
        if _wants_json(request):
            return JsonResponse({"says": says}, status=410)
        messages.error(request, says)
        return redirect("authoring:lesson", work.lesson.course.pk, lesson)
    if _wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})
    return redirect(request.path)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _write(request: HttpRequest, work: CaptionWork, words: str | None = None) -> dict[str, Any]:
    said = request.POST.get("words", "") if words is None else words
    on = request.POST.get("base_version", "")
    place = (work.lesson.course, work.lesson.uid, work.part.uid)
    return {"version": acts.write_captions_copy(request.who.pk or 0, *place, said, on).token}


def _use(request: HttpRequest, work: CaptionWork) -> HttpResponse:
    """Kept first, whatever comes of them; then put in the lesson, if a player would show them."""
    words = request.POST.get("words", "")
    kept = once(request, "authoring.captions", lambda: _write(request, work))
    place = (work.lesson.course, work.lesson.uid, work.part.uid)
    again = _work(request, work.lesson.course.pk, *place[1:])
    try:
        blob, name = acts.keep_captions(again.words, work.source, work.language)
        acts.put_captions_in(
            request.who.pk or 0, *place, blob, name, str(kept.result.get("version", ""))
        )
    except BrokenCaptions as broken:
        return _page(request, again, 422, typed=words, problem=_said(broken))
    except acts.NotUnderstood:
        says = _(
            "The film’s block cannot be understood yet. Put it right first; your words are kept."
        )
        return _page(request, again, 422, typed=words, problem=says)
    messages.success(
        request, _("The captions are in the lesson now. Learners see them when you publish.")
    )
    page = reverse("authoring:lesson", args=[work.lesson.course.pk, work.lesson.uid])
    return redirect(f"{page}#part-{work.part.uid}")


def _bring(request: HttpRequest, work: CaptionWork) -> HttpResponse:
    """A file of captions in the place of what stands in the box."""
    sent = request.FILES.get("file")
    if sent is None:
        return _page(
            request, work, 422, problem=_("Choose a file of captions first, .vtt or .srt.")
        )
    try:
        words = captions_of(sent.read(LARGEST + 1))
    except BrokenCaptions as broken:
        return _page(request, work, 422, problem=f"{sent.name}: {_said(broken)}")
    once(request, "authoring.captions", lambda: _write(request, work, words))
    messages.success(
        request, _("The file is in the box. Look through it, then put it in the lesson.")
    )
    return redirect(request.path)


def _said(broken: BrokenCaptions) -> str:
    if not broken.line:
        return broken.says
    return _("Line %(line)d: %(says)s") % {"line": broken.line, "says": broken.says}


def _both(request: HttpRequest, work: CaptionWork, other: Changed) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"theirs": other.theirs, "version": other.token}, status=409)
    again = _work(request, work.lesson.course.pk, work.lesson.uid, work.part.uid)
    return _page(request, again, 409, typed=request.POST.get("words", ""), theirs=other.theirs)


def _page(
    request: HttpRequest,
    work: CaptionWork,
    status: int = 200,
    *,
    typed: str | None = None,
    problem: str = "",
    theirs: str = "",
) -> HttpResponse:
    context = {
        "work": work,
        "course": work.lesson.course,
        "lesson": work.lesson,
        "words": work.words if typed is None else typed,
        "problem": problem,
        "theirs": theirs,
        "key": f"captions:{work.lesson.key}:{work.part.uid}",
        "here": request.path,
    }
    return render(request, "authoring/captions.html", context, status=status)
