"""Forms of the school admin's pages."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meanwhile.people.forms.fields import ZoneField
from meanwhile.people.models import AgeBand, Cohort, Person, Role, School, Term
from meanwhile.people.school_days import weekday_names

LONGEST_HOLIDAY = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 2000, 2100
USERNAME = Person._meta.get_field("username")


class NewcomerForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        required=False,
        validators=[v for v in USERNAME.validators if isinstance(v, RegexValidator)],
        help_text=_("Empty: made from the name."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices, required=False)
    zone = ZoneField()


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
    take = forms.BooleanField(required=False)


class GuardianForm(forms.Form):
    username = forms.CharField(
        label=_("Guardian’s user name or e-mail"),
        max_length=120,
        help_text=_("Somebody who has an account in this school."),
    )


class CohortForm(forms.Form):
    """A class. `terms`: those of its school."""

    name = forms.CharField(label=_("Name"), max_length=80)
    term = forms.ModelChoiceField(
        label=_("Term"),
        queryset=Term._default_manager.none(),
        required=False,
        empty_label=_("none"),
    )
    zone = ZoneField(
        label=_("Where the class is"), help_text=_("Shared dates are set in this zone.")
    )

    def __init__(self, *args: Any, terms: QuerySet[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(cohort: Cohort) -> dict[str, Any]:
        return {"name": cohort.name, "term": cohort.term_id, "zone": cohort.zone}


class TermForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first day. Swap them."))
        return given


class DaysForm(forms.Form):
    """Which days have school, from when until when, and where."""

    work_days = forms.MultipleChoiceField(
        label=_("Days with school"),
        choices=weekday_names,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    day_from = forms.TimeField(
        label=_("Hours from"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time, for example 08:30.")},
    )
    day_until = forms.TimeField(
        label=_("Hours until"),
        help_text=_("Answers are promised for this time of day."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time, for example 16:00.")},
    )
    zone = ZoneField(
        label=_("Where the school is"), help_text=_("Hours and holidays are meant there.")
    )

    @staticmethod
    def initial_of(school: School) -> dict[str, Any]:
        return {
            "work_days": list(school.work_days),
            "day_from": school.day_from,
            "day_until": school.day_until,
            "zone": school.zone,
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("day_from"), given.get("day_until")
        if opens and closes and closes <= opens:
            self.add_error("day_until", _("This is before the hours begin. Choose a later time."))
        return given


class HolidayForm(forms.Form):
    """Days without school, both included. One day alone is its own first and last."""

    name = forms.CharField(label=_("Name"), max_length=60)
    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, for example 2026-12-21.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: the same day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, for example 2027-01-01.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first = given.get("first_day")
        if not first or self.errors:
            return given
        last = given["last_day"] = given.get("last_day") or first
        if last < first:
            self.add_error("last_day", _("The last day is before the first day. Swap them."))
        elif last - first > LONGEST_HOLIDAY:
            self.add_error("last_day", _("A holiday is at most a year long. Is the year right?"))
        elif not FIRST_YEAR <= first.year <= LAST_YEAR:
            self.add_error("first_day", _("Choose a day between 2000 and 2100."))
        return given


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("List of people"),
        help_text=_("A CSV file of up to 5,000 people, saved from any table program."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )


class ApplyForm(forms.Form):
    give = forms.ChoiceField(
        label=_("New people get"),
        required=False,
        choices=[
            ("cards", _("a name card to print (learners in a class)")),
            ("passwords", _("a password, on a list to print once")),
            ("", _("nothing yet; make it later")),
        ],
        widget=forms.RadioSelect,
    )
