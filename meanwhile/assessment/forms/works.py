"""What the pages of the room send."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meanwhile.core.typed import typed, typed_json


class WordsForm(forms.Form):
    """A draft: as `keep-words` sends it (`words`, JSON of the fields by name), or as the plain form
    does (`text`, `link`)."""

    words = forms.CharField(required=False, max_length=400_000, strip=False)
    text = forms.CharField(required=False, max_length=300_000, strip=False)
    link = forms.CharField(required=False, max_length=4000, strip=False)
    base_version = forms.IntegerField(required=False, min_value=0)

    def clean_words(self) -> dict[str, Any] | None:
        """The fields by name; None where the plain form came."""
        if not self.cleaned_data["words"]:
            return None
        try:
            words = typed_json(self.cleaned_data["words"])
        except ValueError:
            words = None
        if not isinstance(words, dict):
            raise forms.ValidationError(_("These words could not be read."))
        return words

    def fields_sent(self) -> dict[str, Any]:
        """What was typed, however it came."""
        words = self.cleaned_data.get("words")
        if words is not None:
            return words
        return {name: typed(self.cleaned_data.get(name) or "") for name in ("text", "link")}


class FileForm(forms.Form):
    """A file that is announced, before its bytes travel."""

    uid = forms.CharField(max_length=40)
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0)
    sha256 = forms.CharField(max_length=64)


class ReceiptForm(forms.Form):
    """The code of a receipt, as it is read out."""

    code = forms.CharField(
        label=gettext_lazy("Code of the receipt"),
        max_length=40,
        help_text=gettext_lazy("Eight letters and digits, for example 7KQ4-M4XD."),
    )
