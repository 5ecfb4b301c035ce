"""Which remark is meant, and why it is not wanted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.courses.source import NotHere
from meanwhile.insights.checks import CHECKS

LONGEST = 300


class RemarkForm(forms.Form):
    """A remark by its check and its place: hidden fields of every button beside it."""

    check = forms.CharField(max_length=60)
    unit = forms.CharField(max_length=60, required=False)
    lesson = forms.CharField(max_length=60, required=False)
    block = forms.CharField(max_length=60, required=False)
    part = forms.CharField(max_length=500, required=False, strip=False)
    at = forms.RegexField(r"^remark-\d{1,6}$", required=False)

    def clean_check(self) -> str:
        name = self.cleaned_data["check"]
        if name not in CHECKS:
            raise ValidationError(say("There is no such check."))
        return str(name)

    @property
    def key(self) -> tuple[str, str, str, str]:
        data = self.cleaned_data
        return data["check"], data["lesson"], data["block"], data["part"]

    @property
    def typed_key(self) -> tuple[str, str, str, str]:
        """The same as it was sent, right or not."""
        check, lesson, block, part = (
            str(self.data.get(name, "")) for name in ("check", "lesson", "block", "part")
        )
        return check, lesson, block, part


class NotHereForm(RemarkForm):
    because = forms.CharField(
        label=_("Not here, because …"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    everywhere = forms.BooleanField(label=_("nowhere in this course"), required=False)

    def clean_because(self) -> str:
        return " ".join(str(self.cleaned_data["because"]).split())

    @property
    def where(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {} if data["everywhere"] else {"unit": data["unit"], "lesson": data["lesson"]}

    @property
    def item(self) -> NotHere:
        data = self.cleaned_data
        block = "" if data["everywhere"] or not data["lesson"] else data["block"]
        return NotHere(data["check"], data["because"], block)
