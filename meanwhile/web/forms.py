"""Forms of the pages that mix rooms."""

from typing import Any

from django import forms
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from meanwhile.media.actions import Unfinished, sent_file
from meanwhile.people.who import Who


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
    """A course in a zip: with the form, or sent bit by bit before it (`upload`)."""

    upload = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("A zip of the course's folder"),
        required=False,
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

    def __init__(self, *given: Any, who: Who, **named: Any) -> None:
        super().__init__(*given, **named)
        self.who = who

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if word := found.get("upload"):
            found["file"] = self._sent(word)
        if not found.get("file") and "file" not in self.errors:
            self.add_error("file", self.fields["file"].error_messages["required"])
        return found

    def _sent(self, word: str) -> File | None:
        try:
            sent = sent_file(self.who, word)
            self.fields["file"].run_validators(sent)
        except Unfinished:
            self.add_error("file", _("The file did not arrive whole. Choose it again."))
        except forms.ValidationError as wrong:
            self.add_error("file", wrong)
        else:
            return sent
        return None
