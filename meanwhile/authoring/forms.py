"""Forms of the pages where courses are written."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meanwhile.authoring.lines.grammar import visible
from meanwhile.authoring.shapes import TEMPLATES
from meanwhile.courses.files.shapes import MOST_MINUTES
from meanwhile.people.models import School


class Line(forms.CharField):
    """One line, without signs that no file of a course may hold."""

    def to_python(self, value: Any) -> Any:
        return " ".join(visible(str(super().to_python(value) or "")).split())


class Words(forms.CharField):
    """Several lines, likewise."""

    def to_python(self, value: Any) -> Any:
        return visible(str(super().to_python(value) or ""))


class CourseForm(forms.Form):
    """A new course: a title is enough."""

    title = Line(label=_("Title"), max_length=200)
    school = forms.ModelChoiceField(School.objects.none(), label=_("School"))

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = schools
        field.empty_label = None
        if len(schools) == 1:
            field.widget = forms.HiddenInput()
            field.initial = schools[0].pk


class UnitForm(forms.Form):
    title = Line(label=_("Title"), max_length=200)
    summary = Line(label=_("In one sentence"), max_length=500, required=False)
    intro = Words(
        label=_("Introduction"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LessonForm(forms.Form):
    """A new lesson of a unit, empty or begun with a template."""

    title = Line(label=_("Title of the new lesson"), max_length=200)
    template = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, each.label) for name, each in TEMPLATES.items()]


class FrontForm(forms.Form):
    """The words above the blocks of a lesson."""

    title = Line(label=_("Title"), max_length=200)
    summary = Line(
        label=_("What a learner can do at the end, in one sentence"),
        max_length=500,
        required=False,
    )
    objectives = forms.MultipleChoiceField(
        label=_("What it works towards"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        help_text=_("Leave it empty to have them worked out."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    draft = forms.BooleanField(label=_("Keep this lesson hidden from learners"), required=False)

    def __init__(self, *args: Any, objectives: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objectives"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = objectives
        if not objectives:
            del self.fields["objectives"]

    def front(self) -> dict[str, Any]:
        """The values as a document keeps them."""
        values = self.cleaned_data
        return {
            "title": values["title"],
            "summary": values["summary"],
            "objectives": tuple(values.get("objectives", ())),
            "minutes": values["minutes"],
            "draft": values["draft"],
        }


_MOMENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)")


class Moment(forms.CharField):
    """A moment of a film: 12.5, 1:12, 1:02:03. In seconds."""

    unreadable = _("Write a moment like 0:12 or 1:05.5.")
    default_error_messages = {"required": unreadable}

    def clean(self, value: Any) -> Any:
        found = _MOMENT.fullmatch(str(super().clean(value)))
        if not found:
            raise ValidationError(self.unreadable)
        hours, minutes, seconds = found.groups()
        return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds.replace(",", "."))


class CutForm(forms.Form):
    """The part of a film that stays."""

    start = Moment(label=_("It begins at"), max_length=20)
    end = Moment(label=_("It ends at"), max_length=20)
