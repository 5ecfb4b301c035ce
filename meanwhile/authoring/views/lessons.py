"""The page where a lesson is written: read, written and put in order in one place."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meanwhile.authoring.actions import lessons as acts
from meanwhile.authoring.documents import Part
from meanwhile.authoring.forms import FrontForm
from meanwhile.authoring.lines import FIELD
from meanwhile.authoring.lines.fields import FIELDS
from meanwhile.authoring.queries.editor import (
    Editor,
    editor_of,
    kinds_for,
    kinds_to_add,
    languages_to_add,
)
from meanwhile.authoring.queries.lessons import LessonWork, lesson_work
from meanwhile.authoring.queries.work import work_of
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.activity import KINDS
from meanwhile.courses.models import Course
from meanwhile.courses.queries.offerings import learners_of
from meanwhile.courses.variants import Way
from meanwhile.media import ffmpeg


def _lesson(request: HttpRequest, course: int, lesson: str) -> LessonWork:
    found = get(request.who, "change", Course, pk=course)
    work = lesson_work(found, lesson)
    if work is None:
        raise Http404
    return work


def _is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return "HX-Request" in request.headers


@require_GET
def lesson(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """`?part=` opens a block for writing, `?front` the words above them, `?add=` asks what to add
    behind a block (empty: at the top)."""
    found = _lesson(request, course, lesson)
    editor = editor_of(found, work_of(found.course))
    if opened := editor.part(request.GET.get("part", "")):
        opened.open = True
    if not _is_part(request):
        return _page(request, editor)
    if "way" in request.GET:
        asked = editor.part(request.GET["way"])
        if asked is None:
            raise Http404
        return _render(request, "authoring/_add_way.html", editor, each=asked)
    if "add" in request.GET:
        return _render(request, "authoring/_add.html", editor, adding=request.GET["add"])
    if "front" in request.GET:
        return _render(request, "authoring/_front.html", editor, writing_front=True)
    if "bar" in request.GET:
        return _render(request, "authoring/_bar.html", editor)
    if "part" in request.GET or "shut" in request.GET:
        one = opened or editor.part(request.GET.get("shut", ""))
        if one is None:
            raise Http404
        return _render(request, "authoring/_part.html", editor, each=one)
    return _render(request, "authoring/_parts.html", editor)


def _page(request: HttpRequest, editor: Editor, status: int = 200, **more: Any) -> HttpResponse:
    given = {
        "adding": request.GET.get("add"),
        "way_for": request.GET.get("way"),
        "writing_front": "front" in request.GET,
        **more,
    }
    return _render(request, "authoring/lesson.html", editor, status=status, **given)


def _render(
    request: HttpRequest, template: str, editor: Editor, status: int = 200, **more: Any
) -> HttpResponse:
    document = editor.document
    context = {
        "editor": editor,
        "course": editor.course,
        "lesson": editor.lesson,
        "document": document,
        "kinds": kinds_to_add(),
        "languages": languages_to_add(editor.course),
        "learners": learners_of(editor.course),
        "front": front_form(editor),
        "cuts": ffmpeg.there(),
        "part_reply": _is_part(request),
        "here": reverse("authoring:lesson", args=[editor.course.pk, editor.lesson.uid]),
        **more,
    }
    return render(request, template, context, status=status)


def front_form(editor: Editor, data: QueryDict | None = None) -> FrontForm:
    document = editor.document
    first = {
        "title": document.title,
        "summary": document.summary,
        "objectives": list(document.objectives),
        "minutes": document.minutes,
        "draft": document.draft,
    }
    return FrontForm(data, initial=first, objectives=editor.objectives)


# --- words ----------------------------------------------------------------------------------


def _wants_json(request: HttpRequest) -> bool:
    """From `keep-words`, which saves while somebody types."""
    return "application/json" in request.headers.get("Accept", "") and not _is_part(request)


def _sent_words(request: HttpRequest, part: Part) -> str:
    """The words of a block as they were sent: one text, or the fields of a film."""
    if part.form != FIELD or "words" in request.POST:
        return request.POST.get("words", "")
    values = {name: request.POST.get(name, "") for name in FIELDS[part.kind]}
    return json.dumps(values, ensure_ascii=False)


@require_POST
def words(request: HttpRequest, course: int, lesson: str, part: str) -> HttpResponse:
    """Other words for a block: kept while they are typed, and when the box is closed."""
    found = _lesson(request, course, lesson)
    here = found.document.part(part)
    if here is None:
        return _gone(request, found)
    text, on = _sent_words(request, here), request.POST.get("base_version", "")

    def deed() -> dict[str, Any]:
        return {
            "version": acts.write_part(request.who.pk, found.course, lesson, part, text, on).token
        }

    try:
        kept = once(request, "authoring.words", deed)
    except acts.Changed as other:
        return _both(request, found, part, text, other)
    except acts.Gone:
        return _gone(request, found)
    if _wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})
    if not _is_part(request):
        return redirect(_spot(found, part))
    editor = _editor(found)
    page = _render(request, "authoring/_part.html", editor, each=editor.part(part), saved=True)
    page["HX-Trigger-After-Settle"] = "margin"  # what the course check says is asked for anew
    return page


def _editor(found: LessonWork) -> Editor:
    """The page anew, after a write."""
    again = lesson_work(found.course, found.uid)
    assert again is not None
    return editor_of(again, work_of(found.course))


def _spot(found: LessonWork, part: str, opened: bool = False) -> str:
    page = reverse("authoring:lesson", args=[found.course.pk, found.uid])
    return f"{page}{f'?part={part}' if opened else ''}#part-{part}"


def _both(
    request: HttpRequest, found: LessonWork, part: str, mine: str, other: acts.Changed
) -> HttpResponse:
    """Two versions: shown side by side, and nothing is written over."""
    if _wants_json(request):
        return JsonResponse({"theirs": other.theirs, "version": other.token}, status=409)
    editor = _editor(found)
    here = editor.part(part)
    assert here is not None
    here.open, here.theirs, here.typed = True, readable(other.theirs), mine
    if _is_part(request):
        return _render(request, "authoring/_part.html", editor, 422, each=here)
    return _page(request, editor, 409)


def readable(words: str) -> str:
    """Several fields travel as JSON; people read their words."""
    try:
        values = json.loads(words)
    except ValueError:
        return words
    if not isinstance(values, dict):
        return words
    return "\n".join(v for v in values.values() if isinstance(v, str) and v)


def _gone(request: HttpRequest, found: LessonWork) -> HttpResponse:
    says = _("This block was taken out in the meantime. Your words are still in the box.")
    if _wants_json(request):
        return JsonResponse({"says": says}, status=410)
    messages.error(request, says)
    return redirect("authoring:lesson", found.course.pk, found.uid)


@require_POST
def look(request: HttpRequest, course: int, lesson: str, part: str) -> HttpResponse:
    """How the words in the box will look: made by what learners see, and nothing is kept."""
    found = _lesson(request, course, lesson)
    here = found.document.part(part)
    if here is None:
        raise Http404
    new = acts.rewritten(here, _sent_words(request, here))
    tried = replace(found, document=found.document.with_part(new))
    each = editor_of(tried, work_of(found.course)).part(part)
    assert each is not None
    each.prefix = f"look-{part}-"
    return render(request, "authoring/_look_reply.html", {"each": each, "course": found.course})


@require_POST
def front(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """The words above the blocks."""
    found = _lesson(request, course, lesson)
    editor = editor_of(found, work_of(found.course))
    form = front_form(editor, _front_sent(request))
    if not form.is_valid():
        if _wants_json(request):
            return JsonResponse({"errors": form.errors}, status=400)
        page = {"writing_front": True, "front": form}
        if _is_part(request):
            return _render(request, "authoring/_front.html", editor, 422, **page)
        return _page(request, editor, 422, **page)
    on = request.POST.get("base_version", "")

    def deed() -> dict[str, Any]:
        after = acts.write_front(request.who.pk, found.course, lesson, form.front(), on)
        return {"version": after.token}

    try:
        kept = once(request, "authoring.front", deed)
    except acts.Changed as other:
        if _wants_json(request):
            return JsonResponse({"theirs": other.theirs, "version": other.token}, status=409)
        page = {"writing_front": True, "front": form, "front_theirs": readable(other.theirs),
                "front_token": other.token}  # fmt: skip
        if _is_part(request):
            return _render(request, "authoring/_front.html", editor, 422, **page)
        return _page(request, editor, 409, **page)
    if _wants_json(request):
        return JsonResponse({"received_at": kept.received_at.isoformat(), **kept.result})
    if _is_part(request):
        return _render(request, "authoring/_front.html", _editor(found), saved=True)
    return redirect("authoring:lesson", found.course.pk, found.uid)


def _front_sent(request: HttpRequest) -> QueryDict:
    """The fields of the form, or the JSON of them that `keep-words` sends."""
    if "words" not in request.POST:
        return request.POST
    try:
        values = json.loads(request.POST["words"])
    except ValueError:
        values = {}
    sent = QueryDict(mutable=True)
    for name, value in (values if isinstance(values, dict) else {}).items():
        sent.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return sent


# --- the order of the blocks ----------------------------------------------------------------


@require_POST
def arrangement(request: HttpRequest, course: int, lesson: str) -> HttpResponse:
    """One change of the order: `deed` says which, `uid` of which block."""
    found = _lesson(request, course, lesson)
    act = DEEDS.get(request.POST.get("deed", ""))
    if act is None:
        raise Http404
    uid = request.POST.get("uid", "")
    try:
        kept = once(request, "authoring.arrangement", lambda: act(request, found, uid))
    except acts.Changed as other:
        return _both(request, found, uid, request.POST.get("words", ""), other)
    except acts.Gone:
        return _gone(request, found)
    opened = kept.result.get("open", "")
    if not _is_part(request):
        return redirect(_spot(found, opened or kept.result.get("at", uid), bool(opened)))
    editor = _editor(found)
    if one := editor.part(opened):
        one.open = one.fresh = True
    page = _render(request, "authoring/_parts.html", editor, removed=kept.result.get("removed"))
    page["HX-Trigger-After-Settle"] = "margin"
    return page


def _add(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    text = request.POST.get("text", "")
    return {"open": acts.add_part(request.who.pk, found.course, found.uid, kind, uid, text)}


def _questions(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    text = request.POST.get("text", "")
    made = acts.add_questions(request.who.pk, found.course, found.uid, text, uid)
    return {"at": made[0]} if made else {}


def _copy(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    return {"open": acts.copy_part(request.who.pk, found.course, found.uid, uid)}


def _way(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    """Another way to meet a block, as chosen from those it does not have yet."""
    sent = request.POST
    kind, way, language = (sent.get(name, "") for name in ("kind", "way", "language"))
    here = found.document.part(uid)
    if here is None:
        raise acts.Gone(uid)
    if kind not in {each.name for each in kinds_for(here.kind)} or way not in Way.values:
        raise Http404
    if way != Way.LANGUAGE:
        language = ""
    elif language not in dict(languages_to_add(found.course)):
        raise Http404
    who = request.who.pk
    return {"open": acts.add_way(who, found.course, found.uid, uid, kind, way, language)}


def _place(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    after = request.POST.get("after", "")
    acts.move_part(request.who.pk, found.course, found.uid, uid, after)
    return {}


def _remove(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    acts.remove_part(request.who.pk, found.course, found.uid, uid)
    return {"removed": uid}


def _turn(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    form = request.POST.get("form", "")
    here = found.document.part(uid)
    if here is not None and "words" in request.POST:  # what stands in the box goes with it
        on = request.POST.get("base_version", "")
        acts.write_part(request.who.pk, found.course, found.uid, uid, request.POST["words"], on)
    acts.turn_part(request.who.pk, found.course, found.uid, uid, form)
    return {"open": uid}


def _settle(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    minutes = request.POST.get("minutes", "").strip()
    settings = {
        "objectives": request.POST.getlist("objectives"),
        "minutes": int(minutes) if minutes.isdecimal() and len(minutes) < 6 else None,
        "shuffle": "shuffle" in request.POST,
    }
    acts.settle_part(request.who.pk, found.course, found.uid, uid, settings)
    return {"open": uid}


def _step(by: int) -> Callable[[HttpRequest, LessonWork, str], dict[str, Any]]:
    def deed(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
        acts.step_part(request.who.pk, found.course, found.uid, uid, by)
        return {}

    return deed


def _back(request: HttpRequest, found: LessonWork, uid: str) -> dict[str, Any]:
    acts.bring_part_back(request.who.pk, found.course, found.uid, uid)
    return {}


DEEDS: dict[str, Callable[[HttpRequest, LessonWork, str], dict[str, Any]]] = {
    "add": _add,
    "way": _way,
    "up": _step(-1),
    "down": _step(1),
    "place": _place,
    "questions": _questions,
    "copy": _copy,
    "remove": _remove,
    "bring back": _back,
    "turn": _turn,
    "settle": _settle,
}
