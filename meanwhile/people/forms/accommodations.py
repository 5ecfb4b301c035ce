"""What the SEND lead agrees with a learner."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meanwhile.people.models import Accommodation, Format

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AccommodationForm(forms.Form):
    """Effects first; the reason apart, because others read the effects and nobody else reads it."""

    extra_time = forms.IntegerField(
        label=_("Extra time, in per cent"),
        required=False,
        min_value=0,
        max_value=300,
        help_text=_("25 makes 50 minutes out of 40. Empty: none."),
        error_messages={
            "invalid": _("Write a whole number from 0 to 300, for example 25."),
            "max_value": _("Write a number from 0 to 300, for example 25."),
            "min_value": _("Write a number from 0 to 300, for example 25."),
        },
    )
    extra_days = forms.IntegerField(
        label=_("Extra days for each date"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Calendar days, at the same time of day. Empty: none."),
        error_messages={
            "invalid": _("Write a whole number from 0 to 60, for example 2."),
            "max_value": _("Write a number from 0 to 60, for example 2."),
            "min_value": _("Write a number from 0 to 60, for example 2."),
        },
    )
    rests = forms.BooleanField(label=_("Rest breaks stop the clock"), required=False)
    hides_timers = forms.BooleanField(label=_("Hide clocks and countdowns"), required=False)
    other_tasks = forms.BooleanField(label=_("Another task instead, by agreement"), required=False)
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=Format.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_day = forms.DateField(
        label=_("From"), required=False, widget=DAY, help_text=_("Empty: from now on.")
    )
    last_day = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DAY,
        help_text=_("This day included. Empty: with no end."),
    )
    reason = forms.CharField(
        label=_("Reason and notes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by SEND leads alone: not by teachers, the learner, guardians or admins."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_extra_time(self) -> int:
        return self.cleaned_data["extra_time"] or 0

    def clean_extra_days(self) -> int:
        return self.cleaned_data["extra_days"] or 0

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            raise ValidationError(_("“Until” is before “From”. Swap them."))
        return given

    @staticmethod
    def initial_of(row: Accommodation | None, reason: str) -> dict[str, Any]:
        if row is None:
            return {"seen": 0}
        return {
            "extra_time": row.extra_time or None,
            "extra_days": row.extra_days or None,
            "rests": row.rests,
            "hides_timers": row.hides_timers,
            "other_tasks": row.other_tasks,
            "formats": row.formats,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "reason": reason,
            "seen": row.number,
        }
