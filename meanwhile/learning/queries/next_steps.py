"""The one true next thing, and the card that leads to it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core.rules import allowed
from meanwhile.courses.models import Offering
from meanwhile.learning.models import Participation
from meanwhile.learning.queries.ways import LessonWay, UnitWay, Way, outline_of, ways
from meanwhile.people.who import Who

START, RESUME, LESSON, PRACTICE, FINISHED, EMPTY = (
    "start",
    "resume",
    "lesson",
    "practice",
    "finished",
    "empty",
)
IDLE = (FINISHED, EMPTY)


@dataclass(frozen=True)
class NextStep:
    """What to do now, in one course. Exactly one, and always true.

    kind: start (nothing done yet), resume (go on in the lesson of the place), lesson (the next
    one that is not done), practice (a unit is done but shaky), finished, empty (nothing in the
    course yet). `title` names it, `says` is the sentence under it, `button` what the button says,
    `url` where it leads ("" for empty), `minutes` what is left of it (0 where unknown).
    """

    kind: str
    way: Way
    title: str
    says: str
    button: str
    url: str
    minutes: int = 0
    lesson: LessonWay | None = None
    unit: UnitWay | None = None

    @property
    def offering(self) -> Offering:
        return self.way.offering

    @property
    def open(self) -> bool:
        """Whether one can still work on it."""
        return self.offering.closed_at is None


def next_step(who: Who, offering: Offering) -> NextStep:
    """The one next thing for this learner in this offering. Four queries."""
    return step_of(outline_of(offering, who.pk or 0))


def step_of(way: Way) -> NextStep:
    """As `next_step`, from an outline that is at hand. No query."""
    if not way.lessons:
        says = _("The first lessons will appear here when your teacher publishes them.")
        return NextStep(EMPTY, way, _("Nothing to do here yet"), says, "", "")
    lesson = _lesson_to_do(way)
    if lesson:
        return _lesson_step(way, lesson)
    shaky = next((unit for unit in way.units if unit.figures.shaky), None)
    return _practice_step(way, shaky) if shaky else _finished(way)


def _lesson_to_do(way: Way) -> LessonWay | None:
    """The lesson of the place while it is not done, else the next not done after it, else the
    first not done from the start."""
    todo = [lesson for lesson in way.lessons if not _is_done(lesson)]
    here = way.here
    if here is None or not todo:
        return todo[0] if todo else None
    order = {lesson.pk: index for index, lesson in enumerate(way.lessons)}
    ahead = (lesson for lesson in todo if order[lesson.pk] >= order[here.pk])
    return next(ahead, todo[0])


def _is_done(lesson: LessonWay) -> bool:
    return lesson.figures.finished or not lesson.parts


def _lesson_step(way: Way, lesson: LessonWay) -> NextStep:
    left = lesson.minutes_left
    here = way.here is not None and way.here.pk == lesson.pk
    if not way.figures.begun and not here:
        kind, button = START, _("Start")
    elif here and lesson.figures.begun:
        kind, button = RESUME, _("Continue")
    else:
        kind, button = LESSON, _("Go to this lesson")
    return NextStep(
        kind, way, lesson.title, _where(lesson), button, lesson.url, left, lesson, lesson.unit
    )


def _where(lesson: LessonWay) -> str:
    return _("Unit %(unit)d, %(title)s · lesson %(lesson)d of %(lessons)d") % {
        "unit": lesson.unit.number,
        "title": lesson.unit.title,
        "lesson": lesson.number,
        "lessons": len(lesson.unit.lessons),
    }


def _practice_step(way: Way, unit: UnitWay) -> NextStep:
    lesson, part = next(
        (lesson, part) for lesson in unit.lessons if (part := lesson.to_answer()) is not None
    )
    figures = unit.figures
    open_ones = figures.questions - figures.right
    says = _(
        "You finished everything in this unit, and %(right)d of your last %(answered)d answers "
        "were right."
    ) % {"right": figures.right, "answered": figures.answered}
    title = _("%(unit)s, once more") % {"unit": unit.title}
    button = ngettext(
        "Try %(count)d question again", "Try %(count)d questions again", open_ones
    ) % {"count": open_ones}
    url = f"{lesson.url}#{part.uid}"
    minutes = max(1, round(sum(_minutes_to_answer(each) for each in unit.lessons)))
    return NextStep(PRACTICE, way, title, says, button, url, minutes, lesson, unit)


def _minutes_to_answer(lesson: LessonWay) -> float:
    return sum(w.part.minutes for w in lesson.parts if w.part.answers and not w.part.right)


def _finished(way: Way) -> NextStep:
    says = _("Everything stays here to read again. %(figures)s") % {"figures": way.figures.says}
    first = way.lessons[0]
    return NextStep(FINISHED, way, _("You finished this course"), says, _("Read again"), first.url)


def learning_in(who: Who) -> QuerySet[Offering]:
    """Offerings this person learns in: open ones first, the newest first."""
    found = allowed(who, "learn", Offering).filter(course__archived_at=None)
    return found.select_related("course", "cohort").order_by("closed_at", "-starts_on", "pk")


def steps(who: Who) -> list[NextStep]:
    """The next step in each course somebody learns in, the one they were last in first.

    Closed offerings are left out. Five queries, however many courses.
    """
    offerings = list(learning_in(who).filter(closed_at=None))
    found = [step_of(way) for way in ways(offerings, who.pk or 0).values()] if offerings else []
    return sorted(found, key=latest_first)


def latest_first(step: NextStep) -> tuple[bool, float]:
    """Something to do before nothing to do; then the one they were last in."""
    joined: Participation | None = step.way.participation
    return step.kind in IDLE, -(joined.last_active_at.timestamp() if joined else 0)


def continue_card(who: Who) -> NextStep | None:
    """For Today: the next step in the course they were last in, with the minutes left. None for
    somebody who learns in no open offering."""
    return next(iter(steps(who)), None)
