"""When the tasks of a class are due: all on one page, moved together, set one by one. What a change
does is looked at before it is kept."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.assessment.actions import dates as actions
from meanwhile.assessment.forms.dates import MoveForm, TaskDateForm
from meanwhile.assessment.models import TaskDate
from meanwhile.assessment.queries import dates as queries
from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.models import Block, Offering
from meanwhile.people.models import Group, Person

LOOK = "look"


def _offering(request: HttpRequest, pk: int) -> Offering:
    return get(request.who, "change", Offering, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, offering: int) -> HttpResponse:
    """Every task of a class with its dates; several moved at once."""
    found = _offering(request, offering)
    tasks = queries.tasks_with_dates(found)
    choices = [(str(each.block.pk), each.title) for each in tasks if each.whole or each.others]
    form = MoveForm(request.POST or None, tasks=choices)
    changes = None
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["tasks"])
        blocks = [each.block for each in tasks if str(each.block.pk) in wanted]
        days = form.cleaned_data["days"]
        if LOOK not in request.POST:
            return _moved(request, found, blocks, days)
        changes = queries.preview_of_move(found, blocks, days)
    context = {"offering": found, "tasks": tasks, "form": form, "changes": changes}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "assessment/dates.html", context, status=422 if wrong else 200)


def _moved(
    request: HttpRequest, offering: Offering, blocks: list[Block], days: int
) -> HttpResponse:
    def deed() -> dict[str, Any]:
        return {"n": actions.move_task_dates(request.who.person, offering, blocks, days)}

    count = once(request, "assessment.move", deed).result["n"]
    words = ngettext(
        "Moved. %(n)d learner has another date now and is told.",
        "Moved. %(n)d learners have another date now and are told.",
        count,
    )
    messages.success(request, words % {"n": count})
    return redirect("assessment:dates", offering.pk)


@login_required
@require_http_methods(["GET", "POST"])
def task_dates(request: HttpRequest, offering: int, lesson: str, block: str) -> HttpResponse:
    """The dates of one task: for the class, or `?for=` a group (g4) or a learner (p12)."""
    found = _offering(request, offering)
    task = queries.task_of(found, lesson, block)
    if task is None:
        raise Http404
    group, person = _for_whom(found, request.GET.get("for", ""))
    row = queries.set_for(found, task, group.pk if group else None, person.pk if person else None)
    form = TaskDateForm(request.POST or None, initial=TaskDateForm.initial_of(row))
    changes = None
    if request.method == "POST" and form.is_valid():
        values = {"group": group, "person": person, **form.cleaned_data}
        if LOOK not in request.POST:
            once(request, "assessment.dates", lambda: _set(request, found, task, values))
            messages.success(request, _("Kept. Whose date it changes is told."))
            return redirect("assessment:dates", found.pk)
        planned = actions.task_date(found, task, **values)
        changes = queries.preview_of_setting(found, task, planned)
    context = {
        "offering": found,
        "task": task,
        "title": queries.title_of(task),
        "lesson": lesson,
        "row": row,
        "group": group,
        "person": person,
        "groups": queries.groups_of(found),
        "people": queries.learners_of(found),
        "asked": request.GET.get("for", ""),
        "form": form,
        "changes": changes,
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "assessment/task_dates.html", context, status=422 if wrong else 200)


def _for_whom(offering: Offering, asked: str) -> tuple[Group | None, Person | None]:
    """Raises:
    Http404: nobody of this class.
    """
    if not asked:
        return None, None
    key = asked[1:]
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    rows: list[Any] = []
    if asked.startswith("g"):
        rows = [each for each in queries.groups_of(offering) if each.pk == int(key)]
    elif asked.startswith("p"):
        rows = [each for each in queries.learners_of(offering) if each.pk == int(key)]
    if not rows:
        raise Http404
    return (rows[0], None) if asked.startswith("g") else (None, rows[0])


def _set(
    request: HttpRequest, offering: Offering, block: Block, values: dict[str, Any]
) -> dict[str, Any]:
    row = actions.set_task_date(request.who.person, offering, block, **values)
    return {"date": row.pk}


@login_required
@require_POST
def task_date(request: HttpRequest, offering: int, date: int) -> HttpResponse:
    """Take away what was set."""
    found = _offering(request, offering)
    row = queries.set_row(found, date)
    if row is None:
        messages.info(request, _("It was taken away already."))
    else:
        once(request, "assessment.no_date", lambda: _cleared(request, row))
        messages.success(request, _("Taken away. Whose date it changes is told."))
    return redirect("assessment:dates", found.pk)


def _cleared(request: HttpRequest, row: TaskDate) -> dict[str, Any]:
    actions.clear_task_date(request.who.person, row)
    return {}
