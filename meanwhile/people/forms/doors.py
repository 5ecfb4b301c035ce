"""allauth's forms in our words and behind our limiter, and the forms of our own doors.

Named in settings.ACCOUNT_FORMS and settings.MFA_FORMS.
"""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meanwhile.core import limits
from meanwhile.people.forms.fields import ZoneField
from meanwhile.people.models import AgeBand, Person
from meanwhile.people.queries import username_taken

FIRST = {"autocapitalize": "none", "spellcheck": "false"}


class Plain:
    """Labels stand above a field; nothing grey stands in it."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(Plain, account.LoginForm):
    labels = {"login": _("E-mail or user name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= FIRST | {"autocomplete": "username webauthn"}


NEW = {
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "password": _("Password"),
}
LENGTH = {"password1": _("At least 8 signs. A few words in a row are easy to keep in mind.")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels, hints = NEW, LENGTH

    def clean_oldpassword(self) -> str:
        return _behind_limiter("password", self.user, super().clean_oldpassword)


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels, hints = NEW, LENGTH


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """Counted and never given back: nobody's letter box is filled from here."""
        limits.check(context.request, "reset", str(self.cleaned_data["email"]))
        return super().clean_email()


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    labels, hints = NEW, LENGTH


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    labels = NEW


CODE = {"code": _("Code")}


class CodeForm(Plain, mfa.AuthenticateForm):
    labels = CODE
    hints = {"code": _("Six digits from your app, or one of your recovery codes.")}

    def clean_code(self) -> str:
        return _behind_limiter("second", self.user, super().clean_code)


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):
    labels, hints = CODE, CodeForm.hints

    def clean_code(self) -> str:
        return _behind_limiter("second", self.user, super().clean_code)


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits your app shows now")}


class AddKeyForm(Plain, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Name of this device or key"),
        "passwordless": _("Also sign in with it alone, without a password (a passkey)"),
    }


class EditKeyForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of this device or key")}


def _behind_limiter(door: str, person: Person, look: Any) -> str:
    at = f"person:{person.pk}"
    limits.check(context.request, door, at)
    found: str = look()  # raises ValidationError where it is wrong
    limits.right(context.request, door, at)
    return found


# --- our own doors --------------------------------------------------------------------------


class CodeOfClassForm(forms.Form):
    code = forms.CharField(
        label=_("Class code"),
        max_length=40,
        help_text=_("Eight letters and digits, as your teacher wrote them: 8BSC 4RVR."),
        widget=forms.TextInput(attrs=FIRST | {"autocomplete": "off"}),
    )


class CardForm(CodeOfClassForm):
    words = forms.CharField(
        label=_("The three words on your card"),
        max_length=80,
        help_text=_("In any letters, with spaces between them."),
        widget=forms.TextInput(attrs=FIRST | {"autocomplete": "off"}),
    )


class NewPersonForm(forms.Form):
    """A new account for somebody who has a class code or a link. No e-mail is asked for."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As your teacher knows you, for example Amina Haddad."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        required=False,
        help_text=_("To sign in with next time. Leave it empty and we make one from your name."),
        widget=forms.TextInput(attrs=FIRST | {"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=LENGTH["password1"],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    age_band = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[("", _("I would rather not say"))]
        + [(band.value, band.label) for band in AgeBand if band.value],
        help_text=_("Under 18, some things are kept safer for you."),
    )
    zone = ZoneField()

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip()
        if name:
            Person._meta.get_field("username").run_validators(name)
        if name and username_taken(name):
            raise ValidationError(_("This user name is taken. Choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        person = Person(username=given.get("username", ""), name=given.get("name", ""))
        if given.get("password"):
            try:
                validate_password(given["password"], person)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return given
