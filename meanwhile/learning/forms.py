"""What pages and islands of the room send."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meanwhile.core.typed import typed_json
from meanwhile.courses.activity import keepable

MOST_BLOCKS = 1000
MOST_FIELDS = 200
NOT_TYPED = {"csrfmiddlewaretoken", "operation"}
UID = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z")
SPOT = RegexValidator(r"\Ap\d{1,5}\Z")

CONFIDENCE = (
    ("0", gettext_lazy("Guessing")),
    ("1", gettext_lazy("Fairly sure")),
    ("2", gettext_lazy("Very sure")),
)


class ReadingForm(forms.Form):
    """What was read: blocks whose end was seen, and the place. `finish`: 'Done, next'."""

    done = forms.CharField(required=False, max_length=65 * MOST_BLOCKS)
    block = forms.CharField(required=False, max_length=60, validators=[UID])
    spot = forms.CharField(required=False, max_length=8, validators=[SPOT])
    finish = forms.BooleanField(required=False)

    def clean_done(self) -> list[str]:
        """Uids between spaces."""
        return self.cleaned_data["done"].split()[:MOST_BLOCKS]


class FilmForm(forms.Form):
    """Where somebody is in a film or a sound."""

    seconds = forms.FloatField(min_value=0, max_value=60 * 60 * 24)
    ended = forms.BooleanField(required=False)


class AnswerForm(forms.Form):
    """What is beside the answer itself, which its kind reads: how sure they are."""

    confidence = forms.TypedChoiceField(
        choices=CONFIDENCE, coerce=int, empty_value=None, required=False
    )


class DraftForm(forms.Form):
    """Words as `keep-words` sends them: JSON of the fields by name."""

    words = forms.CharField(required=False, max_length=100_000, strip=False)
    base_version = forms.IntegerField(required=False, min_value=0)

    def clean_words(self) -> dict[str, Any]:
        """An object of texts and lists of texts."""
        try:
            words = typed_json(self.cleaned_data["words"] or "{}")
        except ValueError:
            words = None
        if not isinstance(words, dict) or not all(_is_text(value) for value in words.values()):
            raise forms.ValidationError(_("These words could not be read."))
        return {keepable(name): _kept(value) for name, value in words.items()}


def typed_words(sent: QueryDict) -> dict[str, Any]:
    """The fields of a question's form as they stand, in the shape of a draft."""
    names = [name for name in sent if name not in NOT_TYPED][:MOST_FIELDS]
    listed = {name: [keepable(value) for value in sent.getlist(name)] for name in names}
    return {name: values[0] if len(values) == 1 else values for name, values in listed.items()}


def _kept(value: str | list[str]) -> str | list[str]:
    return [keepable(each) for each in value] if isinstance(value, list) else keepable(value)


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str)
