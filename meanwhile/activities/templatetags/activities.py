"""What the pages of the kinds need to draw answers."""

from collections.abc import Mapping
from typing import Any

from django import template

from meanwhile.courses.activity import Verdict

register = template.Library()


@register.filter
def at(response: Mapping[str, Any] | None, name: str) -> Any:
    """What a response (or a mapping) holds under a name; nothing where there is none."""
    return response.get(name, "") if isinstance(response, Mapping) else ""


@register.filter
def list_at(response: Mapping[str, Any] | None, name: str) -> list[Any]:
    """The same, always as a list."""
    found = at(response, name)
    return found if isinstance(found, list) else [found] if found else []


@register.inclusion_tag("part.html")
def part(verdict: Verdict | None, key: str) -> dict[str, Any]:
    """Whether this part of the answer was right, in a word; nothing where it was not answered."""
    return {"right": verdict.parts.get(key) if isinstance(verdict, Verdict) else None}


@register.filter
def clock(seconds: float | str) -> str:
    """'1:12', '1:02:03'."""
    whole = int(float(seconds or 0))
    hours, minutes = divmod(whole // 60, 60)
    tail = f"{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return f"{hours}:{tail}" if hours else tail
