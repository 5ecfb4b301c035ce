"""Today: what to do now, for whoever comes."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meanwhile.assessment.queries import errands_of
from meanwhile.core import clock
from meanwhile.courses.models import Mode
from meanwhile.feedback import queries as feedback
from meanwhile.learning import queries as learning
from meanwhile.learning.queries import NextStep
from meanwhile.people.who import Who
from meanwhile.ui import sky
from meanwhile.web.queries import company, dates, family, lists
from meanwhile.web.words import greeting

OPENS = 6  # the strip begins here, unless the reader is up earlier
AFTER_THAT = 3
MOST_CLASSES = 12


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    who: Who = request.who
    if not who:
        return redirect_to_login(request.get_full_path())
    if not who.learns and not who.teaches and not who.guards:
        elsewhere = _home_of_staff(who)
        if elsewhere:
            return elsewhere
    now = timezone.localtime(clock.now())
    context: dict[str, Any] = {
        "greeting": greeting(now.hour, who.person.get_short_name()) if who.person else "",
        "now": now,
    }
    if who.learns:
        context |= learning_today(who)
    if who.teaches:
        context |= teaching_today(who)
    if who.guards:
        context["children"] = family.children(who)
    context["nothing"] = not (context.get("steps") or who.teaches or who.guards)
    return render(request, "web/today.html", context)


def _home_of_staff(who: Who) -> HttpResponse | None:
    """Where the day of somebody without classes of their own begins."""
    if who.runs:
        return redirect("people:school", min(who.runs))
    if who.supports_in:
        return redirect("web:classes")
    if who.works_in:
        return redirect("courses:list")
    return None


def learning_today(who: Who) -> dict[str, Any]:
    steps = learning.steps(who)
    assert who.person
    start, end = _strip()
    first = steps[0] if steps else None
    coming = dates.coming_up(who.person, [step.way for step in steps])
    return {
        "step": first,
        "scene": scene_of(first),
        "starts": starts(first),
        "stopped_at": stopped_at(first),
        "after_that": _after_that(first),
        "others": steps[1:],
        "steps": steps,
        "coming": coming,
        "errands": errands_of(who, [step.offering for step in steps]),
        "notes": company.notes_for(who),
        "back": feedback.came_back(who, most=AFTER_THAT),
        "out": feedback.still_out(who)[:AFTER_THAT],
        "company": _company(who, first),
        "sky_start": start,
        "sky_end": end,
        "sky_hours": ("06", "12", "18", "24")
        if start_hour(start)
        else ("00", "06", "12", "18", "24"),
        "sky_marks": [
            sky.Mark("date", each.date.moment)
            for each in coming
            if start <= each.date.moment <= end
        ],
    }


def _strip() -> tuple[Any, Any]:
    now, zone = clock.now(), timezone.get_current_timezone()
    opens = OPENS if now.astimezone(zone).hour >= OPENS else 0
    return sky.day_of(now, zone, opens)


def stopped_at(step: NextStep | None) -> str:
    """The heading somebody stopped at, when they go on in the same lesson."""
    if step is None or step.lesson is None or step.way.participation is None:
        return ""
    block = step.way.participation.block_id
    for section in step.lesson.sections:
        if any(part.pk == block for part in section.parts):
            return section.heading
    return ""


def scene_of(step: NextStep | None) -> int:
    """Which of the three drawings the card shows: another one in the next unit."""
    return step.unit.number % 3 if step and step.unit else 0


def starts(step: NextStep | None) -> bool:
    """Whether the dates begin to count with the first act, which is then a deed of its own."""
    return bool(
        step and step.lesson and step.offering.mode == Mode.PACED and step.way.participation is None
    )


def start_hour(start: Any) -> int:
    return timezone.localtime(start).hour


def _after_that(step: NextStep | None) -> list[Any]:
    """The lessons that follow the one on the card and are not done."""
    if step is None or step.lesson is None or step.kind == "practice":
        return []
    lessons = step.way.lessons
    at = next(i for i, each in enumerate(lessons) if each.pk == step.lesson.pk)
    return [each for each in lessons[at + 1 :] if not each.figures.finished][:AFTER_THAT]


def _company(who: Who, step: NextStep | None) -> company.Company | None:
    if step is None or step.unit is None or step.way.participation is None:
        return None
    return company.company(who, step.offering, step.unit.pk)


def teaching_today(who: Who) -> dict[str, Any]:
    offerings = list(lists.taught(who).filter(closed_at=None)[:MOST_CLASSES])
    quiet, more_quiet = feedback.unheard(who.teaches)
    return {
        "queue": feedback.queue(who),
        "quiet": quiet,
        "more_quiet": more_quiet - len(quiet),
        "class_lines": lists.lines_of(offerings),
        "without_course": lists.without_course(who),
    }
