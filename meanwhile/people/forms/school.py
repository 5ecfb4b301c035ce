"""Forms of the school admin's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meanwhile.people.forms.fields import ZoneField
from meanwhile.people.models import AgeBand, Cohort, Person, Role, Term

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
