"""Forms of the pages that mix rooms."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A few words from a teacher to the class."""

    words = forms.CharField(
        label=_("A note to the class"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write a few words, for example: Lesson 3 is a short one this week."),
            "max_length": _("A note can have 4000 signs. Shorten it a little."),
        },
    )


class UploadForm(forms.Form):
    """A course in a zip."""

    file = forms.FileField(
        label=_("A zip of the course's folder"),
        validators=[
            FileExtensionValidator(
                ["zip"], _("Choose a .zip file: the folder of the course, packed.")
            )
        ],
        error_messages={
            "required": _("Choose a .zip file: the folder of the course, packed."),
            "empty": _("This file is empty. Choose the zip of the course's folder."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )
