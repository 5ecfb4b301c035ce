"""Fields more than one form has."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import is_zone

CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zones() -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """Every zone that is a place, by continent: a list that typing the city's name finds."""
    names = sorted(z for z in available_timezones() if z.split("/")[0] in CONTINENTS and "/" in z)
    parts: list[tuple[str, list[tuple[str, str]]]] = [("UTC", [("UTC", "UTC")])]
    for continent, group in groupby(names, lambda name: name.split("/")[0]):
        parts.append((continent, [(z, _city(z)) for z in group]))
    return tuple(parts)


def _city(zone: str) -> str:
    """'Buenos Aires (Argentina)', 'Nairobi'."""
    _continent, *between, city = zone.replace("_", " ").split("/")
    return f"{city} ({between[0]})" if between else city


class ZoneField(forms.ChoiceField):
    """A time zone, by its city. A zone that has another name today is kept as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Where you are"),
                "help_text": _("All times are shown for this place."),
                "choices": zones,
                **kwargs,
            }
        )

    def valid_value(self, value: object) -> bool:
        return is_zone(str(value))


class LanguageField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Language"), "choices": languages, **kwargs})


def languages() -> Iterable[tuple[str, str]]:
    """Each language in its own words, for whoever cannot read the one on the page."""
    own = {"en-gb": "English", "fr": "Français", "ar": "العربية"}
    return [(code, own.get(code, str(name))) for code, name in settings.LANGUAGES]
