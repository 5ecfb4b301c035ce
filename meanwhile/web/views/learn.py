"""A learner's courses, and the home of one: the map with *you are here*."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meanwhile.core.receipts import once
from meanwhile.core.rules import get
from meanwhile.courses.forms import says_frame
from meanwhile.courses.models import Lesson, Offering
from meanwhile.courses.queries import outline as outlines
from meanwhile.courses.queries.promises import promise_of
from meanwhile.courses.views.staff import course_list
from meanwhile.feedback import queries as feedback
from meanwhile.learning import actions
from meanwhile.learning import queries as learning
from meanwhile.learning.queries import NextStep, UnitWay, Way
from meanwhile.learning.queries.lessons import offering_to_learn
from meanwhile.web.queries import company, dates
from meanwhile.web.views.today import scene_of, starts, stopped_at


@require_GET
@login_required
def courses(request: HttpRequest) -> HttpResponse:
    """The courses somebody learns in, open and finished; staff who learn nothing get theirs."""
    who = request.who
    if not who.learns and who.works_in:
        return course_list(request)
    offerings = list(learning.learning_in(who))
    ways = learning.ways(offerings, who.pk).values() if offerings else []
    steps = [learning.step_of(way) for way in ways]
    ended = [each for each in steps if each.offering.closed_at or each.kind == "finished"]
    context = {
        "open": [each for each in steps if each not in ended],
        "ended": ended,
        "also_staff": bool(who.works_in),
    }
    return render(request, "web/courses.html", context)


@require_GET
def course(request: HttpRequest, offering: int) -> HttpResponse:
    found = offering_to_learn(request.who, offering)
    way = learning.outline_of(found, request.who.pk)
    step = learning.step_of(way)
    return render(request, "web/course.html", _course_page(request, way, step))


def _course_page(request: HttpRequest, way: Way, step: NextStep) -> dict[str, Any]:
    found = way.offering
    own = dates.dates_of(request.who.person, [way]).get(found.pk, {})
    return {
        "offering": found,
        "course": found.course,
        "way": way,
        "step": step,
        "stopped_at": stopped_at(step),
        "units": [_UnitLine(unit, own.get(unit.pk), step) for unit in way.units],
        "ideas": outlines.ideas(found.course, _in_order(way)),
        "starts": starts(step),
        "scene": scene_of(step),
        "company": _company(request, step),
        "dates_say": says_frame(found.mode, found.zone),
        "promised": promise_of(found),
        "turnaround": feedback.turnaround(found),
    }


class _UnitLine:
    """A unit on the map, with its date and whether the reader is in it."""

    def __init__(self, unit: UnitWay, date: Any, step: NextStep) -> None:
        self.unit, self.date = unit, date
        self.here = step.unit is not None and step.unit.pk == unit.pk
        self.lesson = step.lesson.pk if step.lesson and self.here else None


def _in_order(way: Way) -> list[outlines.UnitOutline]:
    """The outline again, as the map of ideas takes it: no further query."""
    return [outlines.UnitOutline(unit, unit.number, unit.lessons) for unit in way.units]  # type: ignore[arg-type]


def _company(request: HttpRequest, step: NextStep) -> company.Company | None:
    if step.unit is None or step.way.participation is None:
        return None
    return company.company(request.who, step.offering, step.unit.pk)


@require_POST
def start(request: HttpRequest, offering: int) -> HttpResponse:
    """Begin: suggested dates count from now, and the place is the first lesson."""
    found = offering_to_learn(request.who, offering)
    step = learning.next_step(request.who, found)
    if step.lesson is None:
        return redirect("web:course", found.pk)
    lesson = get(request.who, "see", Lesson, pk=step.lesson.pk)
    once(request, "web.start", lambda: _begin(request, found, lesson))
    return redirect(step.url)


def _begin(request: HttpRequest, offering: Offering, lesson: Lesson) -> dict[str, Any]:
    actions.note_reading(request.who, offering, lesson)
    return {"lesson": lesson.uid}
