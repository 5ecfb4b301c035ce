"""Ways in without an account yet, or without a password: class code, link, name card."""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.core import limits
from meanwhile.core.clock import is_zone
from meanwhile.core.ids import tidy_code
from meanwhile.core.receipts import once
from meanwhile.people import actions, queries
from meanwhile.people.actions.enrolments import WAY_IN_CLOSED
from meanwhile.people.forms.doors import CardForm, CodeOfClassForm, NewPersonForm
from meanwhile.people.forms.settings import LanguageForm, ZoneForm
from meanwhile.people.models import Cohort, Person, Role
from meanwhile.people.views.help import way_back
from meanwhile.people.words import tidy
from meanwhile.ui.context import allowed, keep_in_cookie

A_YEAR = 60 * 60 * 24 * 365


def let_in(request: HttpRequest, person: Person, came_by: str, to: str = "/") -> HttpResponse:
    """Sign somebody in by a door of ours: the second step and suspension hold here as well."""
    request.came_by = came_by  # type: ignore[attr-defined]
    reply: HttpResponse = perform_login(request, person, redirect_url=to)
    return reply


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Class code and the three words of a name card. Never says who is in the class."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, words = tidy_code(form.cleaned_data["code"]), tidy(form.cleaned_data["words"])
        # The first word says which card is guessed at, so that one child's slips shut out nobody
        # else; the class as a whole has a wider count.
        door = ("card", f"{code}:{words.partition(' ')[0]}", code)
        limits.check(request, *door)
        found = queries.card_of(code, words)
        if found:
            limits.right(request, *door)
            return let_in(request, found.enrolment.person, "card")
        form.add_error(
            None, _("This code and these words do not go together. Look at your card once more.")
        )
    return render(request, "people/card.html", {"form": form}, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


SHOWN = "class_code"
"""In the session: the class code that this browser has sent and that was right."""


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """A class code: asked for first, then confirmed, then one is in.

    Only what is sent is looked at, for looking at a code counts as a guess, and a GET writes
    nothing: the address of a class fills the code in (docs/decisions/0006-codes-are-sent.md).
    """
    typed = tidy_code(request.POST.get("code") or code or request.GET.get("code") or "")
    if request.method == "GET":
        shown = bool(typed) and request.session.get(SHOWN) == typed
        if not code or not shown:
            form = CodeOfClassForm(initial={"code": typed})
            return render(request, "people/join.html", {"form": form})
        cohort = queries.cohort_of_code(typed)
    else:
        cohort = _guessed(request, typed) if typed else None
    if cohort is None:
        return _no_class(request, typed)
    if request.method == "POST" and not code:
        request.session[SHOWN] = typed
        return redirect("people:join", code=typed)
    return _way_into(request, cohort, "code", Role.LEARNER)


def _guessed(request: HttpRequest, typed: str) -> Cohort | None:
    at = f"person:{request.user.pk}" if request.user.is_authenticated else typed
    limits.check(request, "code", at)
    cohort = queries.cohort_of_code(typed)
    if cohort:
        limits.give_back(request, "code", at)
    return cohort


def _no_class(request: HttpRequest, typed: str) -> HttpResponse:
    form = CodeOfClassForm({"code": typed})
    if form.is_valid():
        form.add_error("code", str(WAY_IN_CLOSED))
    return render(request, "people/join.html", {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link into a class, while it holds. Nobody guesses 192 random bits, so nothing is counted."""
    found = queries.invitation_of(token)
    if found is None:
        return render(request, "people/invitation_over.html", status=404)
    return _way_into(request, found.cohort, "link", found.role)


def _way_into(request: HttpRequest, cohort: Cohort, how: str, role: str) -> HttpResponse:
    if request.user.is_authenticated:
        return _confirm(request, cohort, how, role)
    return _newcomer(request, cohort, how, role)


def _confirm(request: HttpRequest, cohort: Cohort, how: str, role: str) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    there = cohort.pk in request.who.learns | request.who.teaches
    context = {"cohort": cohort, "already": there}
    if request.method != "POST":
        return render(request, "people/join_confirm.html", context)
    try:
        once(request, "people.join", lambda: {"e": actions.join(person, cohort, how, role).pk})
    except actions.Refused as refused:
        return render(
            request, "people/join_confirm.html", context | {"refused": refused}, status=422
        )
    messages.success(request, _("You are in %(cohort)s now.") % {"cohort": cohort.name})
    return redirect("/")


@sensitive_post_parameters("password")
def _newcomer(request: HttpRequest, cohort: Cohort, how: str, role: str) -> HttpResponse:
    zone = request.COOKIES.get("zone", "")
    initial = {"zone": zone if is_zone(zone) else cohort.zone}
    # the code page posts here too, with nothing but the code
    given = request.POST if "name" in request.POST else None
    form = NewPersonForm(given, initial=initial)
    if given is None or not form.is_valid():
        context = {"form": form, "cohort": cohort}
        return render(request, "people/join_new.html", context, status=_status(form))
    made: dict[str, Person] = {}
    hashed = actions.hashed(form.cleaned_data["password"])

    def deed() -> dict[str, Any]:
        made["person"] = _make(form.cleaned_data, hashed, cohort, how, role)
        return {"person": made["person"].pk}

    try:
        once(request, "people.newcomer", deed)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        context = {"form": form, "cohort": cohort}
        return render(request, "people/join_new.html", context, status=422)
    if "person" not in made:  # sent twice: the account is there, the password opens it
        return redirect("account_login")
    messages.success(
        request,
        _("You are in %(cohort)s now. Your user name is %(name)s: keep it for next time.")
        % {"cohort": cohort.name, "name": made["person"].username},
    )
    return let_in(request, made["person"], "join")


def _make(given: dict[str, Any], hashed: str, cohort: Cohort, how: str, role: str) -> Person:
    person = actions.make_person(
        None,
        username=given["username"] or queries.suggest_username(given["name"]),
        name=" ".join(given["name"].split()),
        hashed=hashed,
        age_band=given["age_band"],
        zone=given["zone"],
        zone_confirmed=True,
        language=get_language() or "en-gb",
        school=cohort.school,
        role=role,
        how=how,
    )
    actions.join(person, cohort, how, role)
    return person


# --- how a guest, or anybody, reads ---------------------------------------------------------


@require_http_methods(["GET", "POST"])
def zone(request: HttpRequest) -> HttpResponse:
    """Where times are shown for: kept in the profile, or for a guest in a cookie."""
    back = way_back(request)
    first = {"zone": str(request.COOKIES.get("zone", "UTC")), "next": back}
    if request.user.is_authenticated:
        first["zone"] = request.user.zone
    form = ZoneForm(request.POST or None, initial=first)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/zone.html", {"form": form}, status=_status(form))
    chosen = form.cleaned_data["zone"]
    reply = redirect(back)
    if request.user.is_authenticated:
        actions.change_person(request.user, request.user, zone=chosen, zone_confirmed=True)
        city = chosen.rsplit("/", 1)[-1].replace("_", " ")
        messages.success(request, _("Times are shown for %(city)s now.") % {"city": city})
    else:
        _cookie(request, reply, "zone", chosen)
    return reply


def _cookie(request: HttpRequest, reply: HttpResponse, name: str, value: str) -> None:
    secure = request.is_secure()
    reply.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages: kept in the profile, or for a guest in a cookie."""
    reply = redirect(way_back(request))
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.user.is_authenticated:
            actions.change_person(request.user, request.user, language=chosen)
        _cookie(request, reply, settings.LANGUAGE_COOKIE_NAME, chosen)
    return reply


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """How somebody reads. Sent again it means the same, so it needs no receipt."""
    chosen = allowed({name: str(value) for name, value in request.POST.items()})
    reply = redirect(way_back(request))
    if request.user.is_authenticated:
        actions.keep_reading(request.user, chosen)
    else:
        keep_in_cookie(reply, chosen)
    return reply
