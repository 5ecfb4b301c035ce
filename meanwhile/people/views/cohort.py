"""The page of a class, for who teaches or runs it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.core.receipts import once
from meanwhile.core.rules import get, visible
from meanwhile.people import actions, queries
from meanwhile.people.forms.cohort import (
    GroupForm,
    InvitationForm,
    MembersForm,
    MoveForm,
    NoteForm,
)
from meanwhile.people.forms.school import CohortForm
from meanwhile.people.models import Cohort, Enrolment, Group, Invitation, Note, Person, Role, Term
from meanwhile.people.views.help import do, number


def _cohort(request: HttpRequest, cohort: int, verb: str = "change") -> Cohort:
    return get(request.who, verb, Cohort, pk=cohort)


def _page(request: HttpRequest, cohort: Cohort, **forms: object) -> HttpResponse:
    words = request.GET.get("words", "")[:80]
    page = queries.cohort_page(request.who, cohort, words, number(request))
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    address = request.build_absolute_uri("/").rstrip("/")
    context = {
        "page": page,
        "cohort": cohort,
        "words": words,
        "note": NoteForm(),
        "invitation": InvitationForm(),
        "address": address,
        "newest": request.GET.get("link", ""),
        **forms,
    }
    return render(request, "people/cohort.html", context, status=422 if wrong else 200)


@login_required
@require_safe
def cohort(request: HttpRequest, cohort: int) -> HttpResponse:
    """People, code, links, groups and notes of a class."""
    return _page(request, _cohort(request, cohort, "watch"))


@login_required
@require_http_methods(["GET", "POST"])
def cohort_settings(request: HttpRequest, cohort: int) -> HttpResponse:
    """Rename it, set its term, close or open it."""
    found = _cohort(request, cohort)
    terms = visible(request.who, Term).filter(school=found.school_id)
    form = CohortForm(request.POST or None, terms=terms, initial=CohortForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if do(
            request,
            "cohort-change",
            lambda: actions.change_cohort(request.user, found, **given),  # type: ignore[arg-type]
            _("Kept."),
        ):
            return redirect("people:cohort", cohort=found.pk)
    context = {"cohort": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "people/cohort_settings.html", context, status=status)


@login_required
@require_POST
def closure(request: HttpRequest, cohort: int) -> HttpResponse:
    """The class is over; with `end`, it goes on."""
    found = _cohort(request, cohort)
    if request.POST.get("end"):
        deed, words = actions.reopen_cohort, _("The class is open again.")
    else:
        deed, words = actions.close_cohort, _("The class is closed. All of it stays readable.")
    do(request, "closure", lambda: deed(request.user, found), words)  # type: ignore[arg-type]
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_POST
def code(request: HttpRequest, cohort: int) -> HttpResponse:
    """`set`: renew, open or close the way in by code."""
    found = _cohort(request, cohort)
    wish = request.POST.get("set", "")
    if wish == "renew":
        words = _("The class has a new code. The old one opens nothing.")
        do(request, "code", lambda: actions.renew_code(request.user, found), words)  # type: ignore[arg-type]
    elif wish in ("open", "closed"):
        words = (
            _("The class code lets people join.")
            if wish == "open"
            else _("Nobody joins by the code now. Who is in the class stays.")
        )
        do(
            request,
            "code",
            lambda: actions.change_cohort(request.user, found, open_to_join=wish == "open"),  # type: ignore[arg-type]
            words,
        )
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, cohort: int) -> HttpResponse:
    """Name cards of a class: POST makes new ones and shows them this once."""
    found = _cohort(request, cohort)
    context: dict[str, Any] = {"cohort": found, "host": request.get_host()}
    if request.method != "POST":
        page = queries.cohort_page(request.who, found)
        return render(request, "people/cards.html", context | {"learners": page.learners})
    only = None
    if one := request.POST.get("only", ""):
        only = [get(request.who, "change", Enrolment, pk=one, cohort=found, left_at=None)]
    made: list[tuple[Person, str]] = []

    def deed() -> dict[str, Any]:
        made.extend(actions.make_cards(request.user, found, only))  # type: ignore[arg-type]
        return {}

    once(request, "people.cards", deed)
    context |= {"classes": [(found, made)], "printed": True}
    return render(request, "people/cards_made.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enrolments(request: HttpRequest, cohort: int) -> HttpResponse:
    """Somebody who is in the school already, into this class."""
    found = _cohort(request, cohort)
    words = request.GET.get("words", "")[:80]
    page = queries.not_in(request.who, found, words, number(request))
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        person, role = queries.may_enrol(request.who, found, chosen, request.POST.get("role", ""))
        said = _("%(name)s is in %(cohort)s.") % {"name": person.name, "cohort": found.name}
        do(request, "enrol", lambda: actions.enrol(request.user, person, found, role), said)  # type: ignore[arg-type]
        return redirect("people:cohort", cohort=found.pk)
    context = {"cohort": found, "page": page, "words": words}
    return render(request, "people/enrolments.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enrolment(request: HttpRequest, cohort: int, enrolment: int) -> HttpResponse:
    """One person in a class: take out, or (with `to`) move to another class. Their work stays."""
    found = _cohort(request, cohort)
    row = get(request.who, "change", Enrolment, pk=enrolment, cohort=found, left_at=None)
    others = queries.other_cohorts(request.who, found)
    name = {"name": row.person.name, "cohort": found.name}
    if request.method != "POST":
        context = {"cohort": found, "row": row, "move": MoveForm(cohorts=others)}
        return render(request, "people/enrolment.html", context)
    if "to" not in request.POST:
        said = _("%(name)s is out of %(cohort)s. Their work stays.") % name
        do(request, "leave", lambda: actions.leave(request.user, row), said)  # type: ignore[arg-type]
        return redirect("people:cohort", cohort=found.pk)
    form = MoveForm(request.POST, cohorts=others)
    if not form.is_valid():
        context = {"cohort": found, "row": row, "move": form}
        return render(request, "people/enrolment.html", context, status=422)
    to = form.cleaned_data["to"]
    said = _("%(name)s is in %(to)s now. The work in %(cohort)s stays theirs.")
    do(
        request,
        "move",
        lambda: actions.move(request.user, row, to),  # type: ignore[arg-type]
        said % (name | {"to": to.name}),
    )
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_POST
def groups(request: HttpRequest, cohort: int) -> HttpResponse:
    """A new group inside the class."""
    found = _cohort(request, cohort)
    form = GroupForm(request.POST)
    if not form.is_valid():
        return _page(request, found, group=form)
    name = form.cleaned_data["name"]
    words = _("The group %(name)s is made.") % {"name": name}
    do(request, "group", lambda: actions.make_group(found, name), words)
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, cohort: int, group: int) -> HttpResponse:
    """Who is in a group; with `remove`, it ends."""
    found = _cohort(request, cohort)
    row = get(request.who, "change", Group, pk=group, cohort=found)
    if request.method == "POST" and request.POST.get("remove"):
        words = _("The group %(name)s is removed. Its people stay in the class.")
        do(request, "group", lambda: actions.remove_group(row), words % {"name": row.name})
        return redirect("people:cohort", cohort=found.pk)
    here = visible(request.who, Enrolment).filter(cohort=found, left_at=None, role=Role.LEARNER)
    first = {"members": [m.pk for m in row.members.all()]} if request.method == "GET" else None
    form = MembersForm(request.POST or None, here=here, initial=first)
    if request.method == "POST" and form.is_valid():
        members = form.cleaned_data["members"]
        do(request, "group", lambda: actions.put_in_group(row, members), _("Kept."))
        return redirect("people:cohort", cohort=found.pk)
    context = {"cohort": found, "group": row, "form": form}
    return render(request, "people/group.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def invitations(request: HttpRequest, cohort: int) -> HttpResponse:
    """A new link into the class; with `end`, one ends."""
    found = _cohort(request, cohort)
    if end := request.POST.get("end", ""):
        row = get(request.who, "see", Invitation, pk=end, cohort=found)
        words = _("The link opens nothing now.")
        do(request, "invitation", lambda: actions.end_invitation(request.user, row), words)  # type: ignore[arg-type]
        return redirect("people:cohort", cohort=found.pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, invitation=form)
    days = form.cleaned_data["days"]
    words = _("The link is made. Copy it below.")
    do(request, "invitation", lambda: actions.invite(request.user, found, days), words)  # type: ignore[arg-type]
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_POST
def notes(request: HttpRequest, cohort: int) -> HttpResponse:
    """A few words to everybody in the class."""
    found = _cohort(request, cohort, "teach")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note=form)
    words = form.cleaned_data["words"]
    said = _("Sent to everybody in %(cohort)s.") % {"cohort": found.name}
    do(request, "note", lambda: actions.send_note(request.user, found, words), said)  # type: ignore[arg-type]
    return redirect("people:cohort", cohort=found.pk)


@login_required
@require_POST
def note(request: HttpRequest, cohort: int, note: int) -> HttpResponse:
    """Take a note back."""
    found = _cohort(request, cohort, "teach")
    row = get(request.who, "take back", Note, pk=note, cohort=found)
    said = _("Taken back. Nobody sees it now.")
    do(request, "note-back", lambda: actions.take_back_note(request.user, row), said)  # type: ignore[arg-type]
    return redirect("people:cohort", cohort=found.pk)
