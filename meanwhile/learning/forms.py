"""What pages and islands of the room send."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meanwhile.core.typed import typed_json
from meanwhile.courses.activity import keepable
from meanwhile.courses.variants import general_ways
from meanwhile.learning.queries.choices import Starts
from meanwhile.learning.spots import LONGEST_QUOTE

MOST_BLOCKS = 1000
MOST_FIELDS = 200
MOST_TAGS = 10
LONGEST_TAG = 30
NOT_TYPED = {"csrfmiddlewaretoken", "operation", "base_version"}
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
    """What is beside the answer itself, which its kind reads: how sure they are, and the version of
    the draft it was made from."""

    confidence = forms.TypedChoiceField(
        choices=CONFIDENCE, coerce=int, empty_value=None, required=False
    )
    base_version = forms.IntegerField(required=False, min_value=0)


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


class WishForm(forms.Form):
    """What somebody would like wherever there is a choice."""

    way = forms.ChoiceField(
        label=gettext_lazy("When there is a choice, show me"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        nothing = _("What my teacher begins with, or as written")
        self.fields["way"].choices = [("", nothing), *general_ways()]  # type: ignore[attr-defined]


class StartsForm(forms.Form):
    """One choice for each group and person of a class."""

    def __init__(self, page: Starts, data: QueryDict | None = None) -> None:
        super().__init__(data)
        for line in (*page.groups, *page.people):
            self.fields[line.field] = forms.ChoiceField(
                label=line.name,
                required=False,
                choices=[("", _("Nothing set")), *page.ways],
                initial=line.way,
                error_messages={"invalid_choice": _("Choose one of the ways in the list.")},
            )
        self.lines = [(line, self[line.field]) for line in page.people]
        self.group_lines = [(line, self[line.field]) for line in page.groups]

    def wanted(self, of: str) -> dict[int, str]:
        """The ways of those fields that were sent, by the key of a group or a person: who came to
        the class since the page was opened is not meant by it."""
        return {
            int(name.partition("-")[2]): way
            for name, way in self.cleaned_data.items()
            if name.startswith(f"{of}-") and name in self.data
        }


class SpotForm(forms.Form):
    """What was marked, as the page tells it: see `spots.py`."""

    offering = forms.IntegerField()
    lesson = forms.CharField(max_length=60, validators=[UID])
    block = forms.CharField(max_length=60, validators=[UID])
    part = forms.CharField(required=False, max_length=80)
    quote = forms.CharField(required=False, max_length=LONGEST_QUOTE, strip=False)
    before = forms.CharField(required=False, max_length=200, strip=False)
    after = forms.CharField(required=False, max_length=200, strip=False)
    second = forms.FloatField(required=False, min_value=0, max_value=60 * 60 * 24)


class NoteForm(forms.Form):
    """A note's own words. `spot` comes along with a new one, as JSON."""

    words = forms.CharField(
        label=gettext_lazy("Your note"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": gettext_lazy(
                "A note holds 20,000 signs. Yours is longer: put the rest into a second one."
            )
        },
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Words to find it by, with gaps between them: exam light-rays"),
    )
    base_version = forms.IntegerField(
        required=False, min_value=0, widget=forms.HiddenInput(attrs={"data-not-kept": True})
    )
    spot = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput())

    def clean_words(self) -> str:
        return self.cleaned_data["words"].replace("\r\n", "\n").strip()

    def clean_tags(self) -> list[str]:
        return tags_in(self.cleaned_data["tags"])

    def clean_spot(self) -> SpotForm | None:
        """The spot of a new note; None where nothing was sent."""
        if not self.cleaned_data["spot"]:
            return None
        try:
            sent = typed_json(self.cleaned_data["spot"])
        except ValueError:
            sent = None
        spot = SpotForm(sent if isinstance(sent, dict) else {})
        if not spot.is_valid():
            raise forms.ValidationError(_("It could not be read where this note belongs."))
        return spot


def tags_in(typed: str) -> list[str]:
    """Tags as typed, `#Exam, light rays`, each once: "exam", "light", "rays"."""
    words = re.findall(r"[\w][\w-]*", typed.casefold())
    return list(dict.fromkeys(word[:LONGEST_TAG] for word in words))[:MOST_TAGS]
