"""What pages and islands of the room send."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import moment_of
from meanwhile.core.typed import typed_json
from meanwhile.feedback import draft
from meanwhile.feedback.actions.promises import LONGEST
from meanwhile.feedback.models import Uptake

NOT_WORDS = {"csrfmiddlewaretoken", "operation", "base_version", "deed"}
TOO_LONG = 400_000
FIELDS = ("note", "next", "points", "comments")


class DraftForm(forms.Form):
    """Half-written feedback, as `keep-words` sends it: one JSON object of the fields by name."""

    base_version = forms.IntegerField(required=False, min_value=0)
    words = forms.CharField(required=False, max_length=TOO_LONG, strip=False)

    def clean_words(self) -> dict[str, Any]:
        try:
            found = typed_json(self.cleaned_data["words"] or "{}")
        except ValueError:
            raise forms.ValidationError("not JSON") from None
        if not isinstance(found, dict):
            raise forms.ValidationError("no object")
        return found


def sent_words(post: QueryDict) -> dict[str, Any]:
    """The fields of the marking page as its form sends them: the list of comments, what stands in
    the box of each (an empty one goes), and a new one."""
    words: dict[str, Any] = {name: post.get(name, "") for name in FIELDS}
    words |= {name: post.get(name, "") for name in post if name.startswith("level.")}
    comments = [
        {**facts, **_in_its_box(post, str(facts["uid"]))} for facts in _facts(words["comments"])
    ]
    new = post.get("new_comment", "").strip()
    if new:
        # named by its words, so that the same form sent again adds no second one
        uid = hashlib.sha256(new.encode()).hexdigest()[:16]
        comments.append({"uid": uid, "words": new} | about(post.get("about", "")))
    words["comments"] = json.dumps(comments)
    return words


def _facts(comments: str) -> list[dict[str, Any]]:
    return json.loads(draft.dumped(draft.comments_of(comments)))


def _in_its_box(post: QueryDict, uid: str) -> dict[str, str]:
    box, line = f"comment.{uid}", f"line.{uid}"
    found = {"words": post.get(box, "")} if box in post else {}
    return found | ({"line": post.get(line, "")} if line in post else {})


def about(chosen: str) -> dict[str, Any]:
    """'12-40' are signs of the text, 'file:uid' is a file; anything else the work as a whole."""
    first, dash, last = chosen.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(chosen) < 20:
        return {"start": int(first), "end": int(last)}
    return {"file": chosen[5:]} if chosen.startswith("file:") else {}


class MoveForm(forms.Form):
    """Another time, as on the wall of the school, and the sentence for those who wait."""

    to = forms.DateTimeField(
        label=_("The new time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Write a day and a time, for example 2026-10-16 16:00.")},
    )
    words = forms.CharField(
        label=_("A sentence to those who wait"),
        max_length=LONGEST,
        help_text=_("For example: I am ill today and read them on Friday."),
        error_messages={"required": _("Write why, in a sentence. Those who wait read it.")},
    )

    def moment(self, zone: str) -> datetime:
        """The moment meant (UTC)."""
        return moment_of(self.cleaned_data["to"].replace(tzinfo=None), zone)


class UptakeForm(forms.Form):
    """What will I do with this?"""

    uptake = forms.ChoiceField(
        label=_("Choose one"),
        choices=Uptake.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you will do with it.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write it in a few words, for example: measure from the normal.")
        },
    )


class AnswerForm(forms.Form):
    """The answer to a question back."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the answer first.")},
    )


class StaffNoteForm(forms.Form):
    """A few words for the other markers."""

    words = forms.CharField(
        label=_("Note for the other teachers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The learner never reads it."),
        error_messages={"required": _("Write the note first.")},
    )
