"""Forms of a person's own settings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meanwhile.people.forms.fields import LanguageField, ZoneField
from meanwhile.people.models import Person


class ProfileForm(forms.Form):
    called = forms.CharField(
        label=_("What the class calls you"),
        max_length=60,
        required=False,
        help_text=_("For example Ms Okafor. Empty: your first name."),
    )
    zone = ZoneField()
    language = LanguageField()

    @classmethod
    def of(cls, person: Person, given: Any = None) -> "ProfileForm":
        return cls(
            given,
            initial={
                "called": person.called,
                "zone": person.zone,
                "language": person.language,
            },
        )


class EmailForm(forms.Form):
    """The password is asked for, because whoever reads these letters can make a new one."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only for a new password when you forget yours. Empty: none."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ZoneForm(forms.Form):
    zone = ZoneField()
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class LanguageForm(forms.Form):
    language = LanguageField()
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_language(self) -> str:
        if not self.cleaned_data["language"]:
            raise ValidationError(_("Choose a language."))
        return str(self.cleaned_data["language"])
