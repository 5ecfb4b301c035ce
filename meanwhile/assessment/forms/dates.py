"""When a task is due, moving several at once, and more time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meanwhile.assessment.models import DateKind, LateRule, TaskDate
from meanwhile.assessment.models.dates import MOST_DAYS
from meanwhile.courses.forms import WallField

GRACE = (
    (0, _("none")),
    (15, _("15 minutes")),
    (60, _("an hour")),
    (1440, _("a day")),
    (4320, _("three days")),
)
MOST_ASKED = 30
DAYS_WRONG = _("Write a number of days, for example 7.")


class After(forms.IntegerField):
    """Days after a learner's start."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=kwargs.pop("min_value", 0),
            max_value=MOST_DAYS,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), DAYS_WRONG),
            **kwargs,
        )


class TaskDateForm(forms.Form):
    """When one task opens, is due and closes."""

    kind = forms.ChoiceField(
        label=_("How it is dated"), choices=DateKind.choices, widget=forms.RadioSelect
    )
    due = WallField(label=_("To be done by"), required=False)
    opens = WallField(label=_("Opens"), required=False, help_text=_("Empty: open from the start."))
    closes = WallField(
        label=_("Last day"),
        required=False,
        help_text=_("After it you promise no answer. What comes is taken in all the same."),
    )
    due_after = After(label=_("To be done by, days after the start"), min_value=1)
    opens_after = After(label=_("Opens, days after the start"))
    closes_after = After(label=_("Last day, days after the start"), min_value=1)
    at = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Where the learner is."),
        error_messages={"invalid": _("Write a time, for example 20:00.")},
    )
    hard = forms.ChoiceField(
        label=_("How strict"),
        choices=[
            ("", _("a suggestion: later is as good")),
            ("on", _("due: later work is labelled, and always taken in")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    grace_minutes = forms.TypedChoiceField(
        label=_("Still on time after it, for"), choices=GRACE, coerce=int
    )
    late = forms.ChoiceField(label=_("Work after that"), choices=LateRule.choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["hard"] = given.get("hard") == "on"
        suffix = "_after" if given.get("kind") == DateKind.RELATIVE else ""
        opens, due, closes = (given.get(f"{name}{suffix}") for name in ("opens", "due", "closes"))
        if due is None and not self.errors:
            self.add_error(f"due{suffix}", _("Say by when it is to be done."))
        if opens is not None and due is not None and opens >= due:
            self.add_error(f"opens{suffix}", _("It opens after it is due. Choose an earlier one."))
        if closes is not None and due is not None and closes < due:
            self.add_error(
                f"closes{suffix}", _("The last day is before the date. Choose a later one.")
            )
        return given

    @staticmethod
    def initial_of(row: TaskDate | None) -> dict[str, Any]:
        if row is None:
            return {"kind": DateKind.FIXED, "hard": "on", "grace_minutes": 0, "late": "counts"}
        return {
            **row.walls(),
            "kind": row.kind,
            "hard": "on" if row.hard else "",
            "opens_after": row.opens_after,
            "due_after": row.due_after,
            "closes_after": row.closes_after,
            "at": row.time,
            "grace_minutes": row.grace_minutes,
            "late": row.late,
        }


class MoveForm(forms.Form):
    """Several tasks, by so many days: `tasks` are those of the course."""

    tasks = forms.MultipleChoiceField(
        label=_("Tasks"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one task.")},
    )
    days = forms.IntegerField(
        label=_("By how many days"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("7 is a week later, -7 a week earlier. The time of day stays."),
        error_messages=dict.fromkeys(("invalid", "required", "min_value", "max_value"), DAYS_WRONG),
    )

    def __init__(self, *args: Any, tasks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = tasks  # type: ignore[attr-defined]

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not days:
            raise ValidationError(_("Nothing moves by 0 days. Write for example 7."))
        return days


class AskForm(forms.Form):
    """More time for one task. `at_once`: so many days need no reason."""

    days = forms.IntegerField(
        label=_("How many days more"),
        min_value=1,
        max_value=MOST_ASKED,
        error_messages=dict.fromkeys(
            ("invalid", "required", "min_value", "max_value"),
            _("Write a number from 1 to 30, for example 2."),
        ),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by your teachers alone. A few words are enough."),
    )

    def __init__(self, *args: Any, at_once: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_once = at_once

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        days = given.get("days")
        if days and days > self.at_once and not given.get("reason", "").strip():
            self.add_error("reason", _("Write in a few words why, so that they can answer."))
        return given


class AnswerForm(forms.Form):
    """A teacher's answer to a request."""

    give = forms.BooleanField(required=False)
    days = forms.IntegerField(required=False, min_value=1, max_value=MOST_ASKED)
    words = forms.CharField(required=False, max_length=500)


class PolicyForm(forms.Form):
    """What a school gives without a question."""

    days = forms.IntegerField(
        label=_("Up to how many days"),
        min_value=0,
        max_value=30,
        help_text=_("0: each request is answered by a teacher."),
        error_messages=dict.fromkeys(
            ("invalid", "required", "min_value", "max_value"),
            _("Write a number from 0 to 30, for example 2."),
        ),
    )
    times = forms.IntegerField(
        label=_("How many times a term, for each learner"),
        min_value=0,
        max_value=20,
        error_messages=dict.fromkeys(
            ("invalid", "required", "min_value", "max_value"),
            _("Write a number from 0 to 20, for example 2."),
        ),
    )
