"""The places of the bar at the top, for who is looking."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from meanwhile.people.who import Who


@dataclass(frozen=True)
class Place:
    url: str
    label: str
    icon: str
    current: bool = False


# Which pages count as being in a place: by their name, room and all.
INSIDE = {
    "web:today": {"web:today"},
    "web:courses": {
        "web:courses", "web:course", "learning:lesson", "learning:lesson_notes", "learning:pack", "learning:paper", "web:pack", "courses:list", "courses:course",
        "web:import", "web:preview", "courses:offer", "courses:offering", "courses:dates",
        "assessment:dates", "assessment:task_dates", "assessment:extension",
        "authoring:start", "authoring:outline", "authoring:lesson", "authoring:publishing",
        "authoring:versions", "authoring:copies", "web:written",
    },
    "learning:progress": {"learning:progress"},
    "web:classes": {"web:classes", "web:class", "web:learner", "web:note", "people:cohort", "assessment:extensions"},
    "people:school": {"people:school", "assessment:extension_policy"},
    "people:accommodations": {"people:accommodations", "people:accommodation"},
}  # fmt: skip


def places(request: HttpRequest) -> dict[str, Any]:
    """Worked out only by a page that draws the bar: two queries, the rules' own."""
    return {"places": SimpleLazyObject(lambda: places_of(request))}


def places_of(request: HttpRequest) -> list[Place]:
    who: Who | None = getattr(request, "who", None)
    if not who:
        return []
    match = request.resolver_match
    here = match.view_name if match else ""
    found = [_place(here, "web:today", _("Today"), "sun")]
    if who.teaches or who.supports_in or who.runs:
        found.append(_place(here, "web:classes", _("Classes"), "people"))
    if who.learns or who.works_in:
        found.append(_place(here, "web:courses", _("Courses"), "book"))
    if who.learns:
        found.append(_place(here, "learning:progress", _("Progress"), "axes"))
    if who.supports_in:
        school = min(who.supports_in)
        found.append(_place(here, "people:accommodations", _("Accommodations"), "scale", school))
    if who.runs:
        found.append(_place(here, "people:school", _("School"), "school", min(who.runs)))
    return [place for place in found if place]


def _place(here: str, name: str, label: str, icon: str, *args: int) -> Place | None:
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return None
    return Place(url, label, icon, here in INSIDE[name])
