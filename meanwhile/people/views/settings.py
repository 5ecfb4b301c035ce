"""A person's own settings, their devices and their notices."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from meanwhile.people import actions, queries
from meanwhile.people.forms.settings import EmailForm, ProfileForm
from meanwhile.people.models import Person
from meanwhile.people.views.help import do, number


def _page(request: HttpRequest, **forms: object) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    staff = queries.is_staff(request.who)
    context = {
        "profile": ProfileForm.of(person),
        "email": EmailForm(initial={"email": person.email}),
        "devices": queries.devices_of(person),
        "here": request.session.session_key,
        "is_staff": staff,
        "effects": queries.effects_of(request.who, person),
        "second_factor": queries.has_second_factor(person),
        **forms,
    }
    return render(request, "people/settings.html", context, status=422 if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, zone, language; and the ways to the rest."""
    person: Person = request.user  # type: ignore[assignment]
    if request.method != "POST":
        return _page(request)
    form = ProfileForm.of(person, request.POST)
    if not form.is_valid():
        return _page(request, profile=form)
    values = form.cleaned_data | {"zone_confirmed": True}
    do(request, "settings", lambda: actions.change_person(person, person, **values))
    with override(person.language):
        messages.success(request, _("Kept. It holds on every device you sign in on."))
    return redirect("people:settings")


@sensitive_post_parameters("password")
@login_required
@require_POST
def email(request: HttpRequest) -> HttpResponse:
    """Where a link for a new password may be sent. Asks for the password: it is a way in."""
    person: Person = request.user  # type: ignore[assignment]
    form = EmailForm(request.POST)
    if form.is_valid() and person.has_usable_password():
        if not get_adapter().reauthenticate(person, form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password. Check the capital letters."))
    elif form.is_valid():
        form.add_error("password", _("Make a password first, below."))
    if not form.is_valid():
        return _page(request, email=form)
    address = form.cleaned_data["email"]
    said = _("Your e-mail is %(email)s now.") if address else _("No e-mail is kept for you now.")
    do(
        request,
        "email",
        lambda: actions.change_person(person, person, email=address),
        said % {"email": address},
    )
    return redirect("people:settings")


@login_required
@require_POST
def devices(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    person: Person = request.user  # type: ignore[assignment]
    actions.end_other_sessions(person, keep=request.session.session_key)
    update_session_auth_hash(request, person)
    actions.list_session(request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:settings")


@login_required
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What one has been told; POST marks all as read."""
    if request.method == "POST":
        actions.read_notices(request.user)  # type: ignore[arg-type]
        return redirect("people:notices")
    page = queries.notices_of(request.who, number(request))
    return render(request, "people/notices.html", {"page": page})
