"""The pages of a school's admin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.people import actions, queries, roster
from meanwhile.people.forms.school import (
    CohortForm,
    GuardianForm,
    NewcomerForm,
    RoleForm,
    TermForm,
)
from meanwhile.people.grants import GRANTS
from meanwhile.people.models import Guardianship, Person, Role, School, Term
from meanwhile.people.views.help import csv_reply, do, number


def _run(request: HttpRequest, school: int) -> School:
    return get(request.who, "run", School, pk=school)


def _person(request: HttpRequest, school: School, person: int, verb: str = "see") -> Person:
    """Somebody of this school.

    Raises:
        Http404: nobody of that key belongs to it, or `verb` is not for this admin.
    """
    found = get(request.who, verb, Person, pk=person)
    if not queries.belongs(found, school):
        raise Http404
    return found


@login_required
@require_safe
def school(request: HttpRequest, school: int) -> HttpResponse:
    """People of the school: search, roles, fifty a page."""
    found = _run(request, school)
    words, role = request.GET.get("words", "")[:80], request.GET.get("role", "")
    page = queries.people_of(request.who, found, words, role, number(request))
    context = {"school": found, "page": page, "words": words, "role": role, "roles": Role.choices}
    return render(request, "people/school.html", context)


@login_required
@require_safe
def people_csv(request: HttpRequest, school: int) -> HttpResponse:
    found = _run(request, school)
    content = roster.write(queries.people_csv(request.who, found))
    return csv_reply(content, f"{found.slug}-people.csv")


@login_required
@require_http_methods(["GET", "POST"])
def newcomer(request: HttpRequest, school: int) -> HttpResponse:
    """One new account, by hand; its password is shown once."""
    found = _run(request, school)
    form = NewcomerForm(request.POST or None, initial={"zone": found.zone})
    context: dict[str, Any] = {"school": found, "form": form}
    if request.method == "POST" and form.is_valid():
        made: list[tuple[Person, str]] = []
        password = actions.draw_one()
        try:
            once(request, "people.newcomer", lambda: _new(request, found, form, password, made))
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _shown_once(request, found, made)
    status = 422 if form.is_bound else 200
    return render(request, "people/newcomer.html", context, status=status)


def _new(
    request: HttpRequest,
    school: School,
    form: NewcomerForm,
    password: actions.Password,
    made: list[tuple[Person, str]],
) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    given["username"] = given["username"] or queries.suggest_username(given["name"])
    person = actions.make_person(
        request.user,  # type: ignore[arg-type]
        **given,
        language=school.language,
        hashed=password.hashed,
        school=school,
    )
    made.append((person, password.words))
    return {"person": person.pk}


def _shown_once(
    request: HttpRequest, school: School, made: list[tuple[Person, str]]
) -> HttpResponse:
    """Passwords to hand over. Sent twice, there is nothing to show: they are kept nowhere."""
    context = {"school": school, "made": made}
    return render(request, "people/passwords.html", context)


@login_required
@require_safe
def person(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """One person as their school knows them."""
    found = _run(request, school)
    somebody = _person(request, found, person)
    page = queries.person_page(request.who, found, somebody)
    context = {"school": found, "page": page, "guardian_form": GuardianForm()}
    return render(request, "people/person.html", context)


@login_required
@require_POST
def roles(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """Give a role, or take one back."""
    found = _run(request, school)
    somebody = _person(request, found, person)
    form = RoleForm(request.POST)
    if form.is_valid():
        take, role = form.cleaned_data["take"], form.cleaned_data["role"]
        deed = actions.take_role if take else actions.give_role
        said = _("%(name)s is no longer %(role)s.") if take else _("%(name)s is now %(role)s.")
        words = said % {"name": somebody.name, "role": Role(role).label}
        do(request, "role", lambda: deed(request.user, somebody, found, role), words)  # type: ignore[arg-type]
    if not queries.belongs(somebody, found):
        return redirect("people:school", school=found.pk)
    return redirect("people:person", school=found.pk, person=somebody.pk)


@login_required
@require_POST
def suspension(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """Shut somebody out of this school, or (with `end`) let them in again."""
    found = _run(request, school)
    somebody = _person(request, found, person)
    end = bool(request.POST.get("end"))
    deed = actions.reinstate if end else actions.suspend
    said = (
        _("%(name)s may come in again.")
        if end
        else _("%(name)s is suspended and signed out everywhere. Nothing is deleted.")
    )
    words = said % {"name": somebody.name}
    do(request, "suspension", lambda: deed(request.user, somebody, found), words)  # type: ignore[arg-type]
    return redirect("people:person", school=found.pk, person=somebody.pk)


@login_required
@require_POST
def password(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """A new password for somebody, shown once."""
    found = _run(request, school)
    somebody = _person(request, found, person, "run")
    made: list[tuple[Person, str]] = []
    new = actions.draw_one()

    def deed() -> dict[str, Any]:
        actions.change_password_for(request.user, somebody, new)  # type: ignore[arg-type]
        made.append((somebody, new.words))
        return {}

    once(request, "people.password", deed)
    return _shown_once(request, found, made)


@login_required
@require_POST
def second_factor(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """Take the second step off somebody's sign-in, because the phone or key is lost."""
    found = _run(request, school)
    somebody = _person(request, found, person, "run")
    words = _("%(name)s signs in with the password alone until they set up a new second step.")
    do(
        request,
        "second-factor",
        lambda: actions.drop_second_factor(request.user, somebody),  # type: ignore[arg-type]
        words % {"name": somebody.name},
    )
    return redirect("people:person", school=found.pk, person=somebody.pk)


@login_required
@require_POST
def guardians(request: HttpRequest, school: int, person: int) -> HttpResponse:
    """Link a guardian to this learner, or end it. The learner is told."""
    found = _run(request, school)
    somebody = _person(request, found, person)
    if end := request.POST.get("end", ""):
        row = get(request.who, "change", Guardianship, pk=end, learner=somebody, school=found)
        words = _("The link is ended, and the learner is told.")
        do(request, "guardian", lambda: actions.unlink_guardian(request.user, row), words)  # type: ignore[arg-type]
    else:
        _link(request, found, somebody)
    return redirect("people:person", school=found.pk, person=somebody.pk)


def _link(request: HttpRequest, school: School, learner: Person) -> None:
    form = GuardianForm(request.POST)
    named = form.cleaned_data["username"].strip() if form.is_valid() else ""
    guardian = queries.member_named(request.who, school, named)
    if guardian is None:
        messages.error(
            request,
            _("Nobody of this school has the name “%(name)s”. Make their account first.")
            % {"name": named},
        )
        return
    words = _("%(guardian)s is linked to %(learner)s, who is told.")
    do(
        request,
        "guardian",
        lambda: actions.link_guardian(request.user, guardian, learner, school),  # type: ignore[arg-type]
        words % {"guardian": guardian.name, "learner": learner.name},
    )


@login_required
@require_http_methods(["GET", "POST"])
def cohorts(request: HttpRequest, school: int) -> HttpResponse:
    """Classes of the school; POST makes one."""
    found = _run(request, school)
    terms = queries.terms_of(request.who, found)
    form = CohortForm(request.POST or None, terms=terms, initial={"zone": found.zone})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = _("%(name)s is made. Its code is on its page.") % {"name": given["name"]}
        if do(
            request,
            "cohort",
            lambda: actions.make_cohort(request.user, found, **given),  # type: ignore[arg-type]
            words,
        ):
            return redirect("people:cohorts", school=found.pk)
    page = queries.cohorts_of(request.who, found, number(request))
    context = {"school": found, "page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "people/cohorts.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, school: int) -> HttpResponse:
    """Terms of the school; POST makes one."""
    found = _run(request, school)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = _("%(name)s is made.") % {"name": given["name"]}
        if do(request, "term", lambda: actions.make_term(found, **given), words):
            return redirect("people:terms", school=found.pk)
    rows = queries.terms_of(request.who, found)
    context = {"school": found, "terms": rows, "form": form}
    return render(request, "people/terms.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def term(request: HttpRequest, school: int, term: int) -> HttpResponse:
    """Change a term; with `remove`, end it. Its classes stay."""
    found = _run(request, school)
    row = get(request.who, "change", Term, pk=term, school=found)
    if request.method == "POST" and request.POST.get("remove"):
        words = _("%(name)s is removed. Its classes stay.") % {"name": row.name}
        do(request, "term", lambda: actions.remove_term(row), words)
        return redirect("people:terms", school=found.pk)
    first = {"name": row.name, "starts_on": row.starts_on, "ends_on": row.ends_on}
    form = TermForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if do(request, "term", lambda: actions.change_term(row, **given), _("Kept.")):
            return redirect("people:terms", school=found.pk)
    context = {"school": found, "term": row, "form": form}
    return render(request, "people/term.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def grants(request: HttpRequest, school: int) -> HttpResponse:
    """The presets in sentences."""
    found = _run(request, school)
    return render(request, "people/grants.html", {"school": found, "grants": GRANTS})
