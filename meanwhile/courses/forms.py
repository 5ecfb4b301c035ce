"""Forms of the pages about courses and offerings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import zone_or_utc, zones
from meanwhile.courses import dates
from meanwhile.courses.models import Milestone, Mode, Offering
from meanwhile.courses.queries.outline import UnitOutline
from meanwhile.people.models import Cohort
from meanwhile.people.school_days import MOST_DAYS
from meanwhile.ui import time

MOST_HOURS = 60


def zone_choices() -> list[tuple[str, str]]:
    """Zones named for a place, and UTC."""
    places = (zone for zone in zones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [(zone, zone.replace("_", " ")) for zone in (*sorted(places), "UTC")]


def mode_choices() -> list[tuple[str, str]]:
    return [(value, str(capfirst(label))) for value, label in Mode.choices]


class WallField(forms.CharField):
    """A day and a time as on the wall, without a zone: the zone is the offering's."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            raise ValidationError(
                _("Write a day and a time, for example 2026-10-16 20:00.")
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FrameForm(forms.Form):
    """How dates work in an offering: mode, first day, zone, hours a week."""

    mode = forms.ChoiceField(
        label=_("How dates work"), choices=mode_choices, widget=forms.RadioSelect
    )
    starts_on = DayField(
        label=_("First day"),
        error_messages={"invalid": _("Write a day, for example 2026-09-07.")},
    )
    zone = forms.ChoiceField(
        label=_("Time zone the dates are meant in"),
        choices=zone_choices,
        help_text=_("Everybody sees them in their own zone."),
    )
    hours = forms.FloatField(
        label=_("Hours a week"),
        required=False,
        min_value=0.25,
        max_value=MOST_HOURS,
        help_text=_("Used only to fill in dates to begin with."),
        error_messages={"invalid": _("Write a number of hours, for example 2.")},
    )


class PromiseForm(forms.Form):
    """Within how many school days work is answered."""

    days = forms.IntegerField(
        label=_("School days until an answer"),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "invalid": _("Write a number of school days, for example 2."),
            "required": _("Write a number of school days, for example 2."),
        },
    )


class OfferForm(FrameForm):
    """The same, and which class."""

    cohort: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Class"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("Choose a class that does not have this course yet."),
        },
    )
    field_order = ("cohort", "mode", "starts_on", "zone", "hours")

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]


class DatesForm(forms.Form):
    """A date for each unit, filled in to begin with. An empty one means no date."""

    def __init__(
        self,
        *args: Any,
        mode: str,
        units: Sequence[UnitOutline],
        first: dict[int, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mode, self.units = mode, units if mode != Mode.OPEN else []
        for each in self.units:
            label = _("Unit %(n)d, %(title)s") % {"n": each.number, "title": each.unit.title}
            self.fields[f"unit_{each.unit.pk}"] = self._field(label, first.get(each.unit.pk))

    def _field(self, label: Any, initial: Any) -> forms.Field:
        if self.mode == Mode.COHORT:
            return WallField(label=label, required=False, initial=initial)
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=dates.MOST_DAYS,
            initial=initial,
            help_text=_("days after the learner starts, at 20:00 where they are"),
            error_messages={"invalid": _("Write a number of days, for example 14.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wrong = dates.out_of_order(self.dates(cleaned))
        if wrong is not None:
            self.add_error(
                f"unit_{wrong}",
                _("This comes before the unit before it. Choose a later one, or leave it empty."),
            )
        return cleaned

    def dates(self, cleaned: dict[str, Any] | None = None) -> dict[int, datetime | int]:
        """By unit, in order, without the empty ones."""
        values = self.cleaned_data if cleaned is None else cleaned
        found = {each.unit.pk: values.get(f"unit_{each.unit.pk}") for each in self.units}
        return {unit: value for unit, value in found.items() if value is not None}


def first_dates(
    mode: str, units: Sequence[UnitOutline], starts_on: date, hours: float | None
) -> dict[int, datetime | int]:
    """Dates to begin with, spread by the minutes of the units."""
    days = dates.days_for([each.minutes for each in units], hours)
    walls = dates.walls_for(starts_on, days)
    values: Sequence[datetime | int] = walls if mode == Mode.COHORT else days
    return {each.unit.pk: value for each, value in zip(units, values, strict=True)}


def kept_dates(milestones: Sequence[Milestone]) -> dict[int, datetime | int]:
    """The dates an offering has, as the form takes them."""
    found: dict[int, datetime | int] = {}
    for each in milestones:
        value = each.wall_time() if each.wall else each.after_days
        if value is not None:
            found[each.unit_id] = value
    return found


def frame_of(offering: Offering) -> dict[str, Any]:
    return {"mode": offering.mode, "starts_on": offering.starts_on, "zone": offering.zone}


def says_frame(mode: str, zone: str) -> str:
    """How dates work, in a sentence."""
    if mode == Mode.OPEN:
        return str(_("There are no dates. Everybody goes at their own pace."))
    if mode == Mode.PACED:
        return str(_("Dates are suggested, counted from the day each learner starts, at 20:00 "
                     "where they are."))  # fmt: skip
    city = time.city(zone_or_utc(zone))
    return str(
        _("Dates are the same for all and meant in %(city)s time. Everybody sees them in their "
          "own zone. Who joins late gets days of their own up to the next date.") % {"city": city}
    )  # fmt: skip
