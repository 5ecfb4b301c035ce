"""What the gallery page shows. The people and dates are those of the demo school's autumn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from meanwhile.core import clock
from meanwhile.ui import sky

ROLES = (
    ("paper", "the page"),
    ("sheet", "read, write"),
    ("well", "sunk"),
    ("act", "do this"),
    ("act-soft", ""),
    ("know", "understood"),
    ("know-soft", ""),
    ("time", "dates, now"),
    ("time-soft", ""),
    ("stop", "errors only"),
    ("stop-soft", ""),
    ("lamp", "focus, pins"),
    ("ink", "words"),
    ("ink-soft", "quiet words"),
    ("edge", "controls"),
)
ICONS = [
    "aa",
    "alert",
    "ask",
    "axes",
    "back",
    "book",
    "calendar",
    "cc",
    "chat",
    "check",
    "check-circle",
    "clock",
    "close",
    "copy",
    "cup",
    "device",
    "down",
    "download",
    "drag",
    "eye",
    "file",
    "filter",
    "flag",
    "focus",
    "forward",
    "globe",
    "here",
    "home",
    "image",
    "inbox",
    "info",
    "key",
    "leave",
    "light",
    "link",
    "lock",
    "mic",
    "more",
    "next",
    "note",
    "offline",
    "pause",
    "pen",
    "people",
    "person",
    "play",
    "plus",
    "repeat",
    "ring",
    "scale",
    "school",
    "search",
    "send",
    "settings",
    "sound",
    "spark",
    "sun",
    "text",
    "undo",
    "up",
    "upload",
    "week",
]


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str
    called: str = ""


PEOPLE = (
    Somebody(5, "Amina Haddad"),
    Somebody(6, "Leo Whitby"),
    Somebody(8, "Rosa Medina"),
    Somebody(7, "Grace Okafor", "Ms Okafor"),
    Somebody(9, "Yusuf Demir"),
)


class Sample(forms.Form):
    """One field of each shape."""

    name = forms.CharField(
        label="Your name for this class", initial="Amina", help_text="Classmates see it."
    )
    minutes = forms.IntegerField(
        label="Minutes a day",
        min_value=10,
        max_value=180,
        error_messages={"max_value": "Write a number from 10 to 180, for example 40."},
    )
    code = forms.CharField(
        label="Class code", initial="8B-SCI", disabled=True, help_text="Ms Okafor sets this."
    )
    zone = forms.ChoiceField(
        label="Time zone",
        choices=[("", "Choose one"), ("Africa/Nairobi", "Nairobi"), ("Europe/London", "Leeds")],
        error_messages={"required": "Choose the place whose clock you live by."},
    )
    about = forms.CharField(label="What you hope for", widget=forms.Textarea, required=False)
    sure = forms.ChoiceField(
        label="How sure are you?",
        choices=[("1", "Guessing"), ("2", "Fairly sure"), ("3", "Very sure")],
        widget=forms.RadioSelect,
        initial="2",
        help_text="Saying it first helps you notice what you really know.",
    )
    letters = forms.MultipleChoiceField(
        label="Write to me",
        choices=[("day", "Once a day, at 07:00"), ("feedback", "When feedback has come")],
        widget=forms.CheckboxSelectMultiple,
        initial=["day"],
        required=False,
    )
    agree = forms.BooleanField(
        label="I have read the rules of the class",
        error_messages={"required": "Tick the box when you have read them."},
    )


def refused() -> Sample:
    """The sample form after somebody sent it half filled in."""
    sent = {"r-name": "Amina", "r-minutes": "400", "r-zone": "", "r-sure": "2"}
    return Sample(sent, prefix="r")


def pages() -> Page:
    return Paginator(range(90), 10).page(2)


def strips(now: datetime) -> dict[str, Any]:
    """The four uses of the sky: a day, a wait, a wait that is over, a class."""
    start, end = sky.day_of(now, timezone.get_current_timezone(), opens=6)
    block = sky.Mark("block", start + timedelta(hours=10.5), start + timedelta(hours=10.75), "know")
    ahead = sky.Mark("block", start + timedelta(hours=13), start + timedelta(hours=13.25))
    due = sky.Mark("date", start + timedelta(hours=14))
    crowd = [
        sky.Mark("people", start + timedelta(hours=hour), people=people)
        for hour, people in ((3, 1), (8, 8), (11, 2), (15, 1))
    ]
    return {
        "day": (start, end, [block, ahead, due]),
        "wait": (now - timedelta(hours=2), now + timedelta(hours=45)),
        "over": (now - timedelta(hours=46), now - timedelta(hours=2), now - timedelta(hours=28)),
        "class": (start, end, crowd),
    }


def everything() -> dict[str, Any]:
    """The context of the gallery page."""
    now = clock.now()
    return {
        "roles": ROLES,
        "icons": ICONS,
        "people": PEOPLE,
        "form": Sample(),
        "refused": refused(),
        "pages": pages(),
        "strips": strips(now),
        "soon": now + timedelta(hours=1, minutes=18, seconds=30),
        "friday": now + timedelta(days=3, hours=1),
        "day": (now + timedelta(days=8)).date(),
        "past": now - timedelta(days=2),
    }
