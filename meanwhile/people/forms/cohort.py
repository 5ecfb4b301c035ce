"""Forms of the page of a class."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meanwhile.people.models import Cohort, Enrolment


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("Note to the class"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=60)


class MembersForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        label=_("Who is in it"),
        queryset=Enrolment._default_manager.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, here: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        field.queryset = here.select_related("person").order_by("person__name")  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: row.person.name  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    to = forms.ModelChoiceField(label=_("To"), queryset=Cohort._default_manager.none())

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = cohorts  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("The link holds for"),
        coerce=int,
        initial=14,
        choices=[(1, _("one day")), (7, _("a week")), (14, _("two weeks")), (60, _("60 days"))],
    )
