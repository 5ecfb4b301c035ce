"""The progress page: both axes per unit and per objective, and how sure against how right."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.courses.models import Block, Lesson, Objective
from meanwhile.learning import progress
from meanwhile.learning.models import Answer
from meanwhile.learning.progress import Figures, Part
from meanwhile.learning.queries.next_steps import NextStep, learning_in, step_of
from meanwhile.learning.queries.ways import LessonWay, Way, ways
from meanwhile.people.who import Who

I_CAN = "i can "
ENOUGH_ANSWERS = 8
ENOUGH_AT_A_LEVEL = 4
LATEST = 16
"""A row of circles that can be taken in: more would be words only."""


@dataclass
class Idea:
    """An objective of a course, with its evidence: the parts that count for it, by lesson."""

    pk: int
    uid: str
    text: str
    evidence: list[tuple[LessonWay, list[Part]]] = field(default_factory=list)
    builds_on: list["Idea"] = field(default_factory=list)
    here: bool = False

    @property
    def figures(self) -> Figures:
        return progress.count(part for _lesson, parts in self.evidence for part in parts)

    @property
    def can(self) -> str:
        """The text after 'I can', the head of its column."""
        words = self.text.removesuffix(".")
        return words[len(I_CAN) :] if words.lower().startswith(I_CAN) else words

    @property
    def lessons(self) -> list[tuple[LessonWay, Figures]]:
        """What its figures count: lesson by lesson."""
        return [(lesson, progress.count(parts)) for lesson, parts in self.evidence]

    @property
    def lessons_done(self) -> tuple[int, int]:
        """In how many lessons all that counts for it is done, and of how many."""
        return progress.lessons_done(figures for _lesson, figures in self.lessons)

    @property
    def so(self) -> tuple[str, str, str]:
        """Where one stands: a word or two, its tone and its icon."""
        return progress.standing_words(self.figures, self.here)


@dataclass
class CourseProgress:
    """One course on the progress page."""

    step: NextStep
    ideas: list[Idea]

    @property
    def way(self) -> Way:
        return self.step.way

    @property
    def says(self) -> str:
        """'You have done 17 of 29 parts. Four of seven ideas are yours, and one is still shaky.'"""
        whole = self.way.figures
        done = ngettext(
            "You have done %(done)d of %(total)d part.",
            "You have done %(done)d of %(total)d parts.",
            whole.total,
        ) % {"done": whole.done, "total": whole.total}
        if not self.ideas:
            return f"{done} {whole.says_right}"
        understood = sum(idea.figures.understood for idea in self.ideas)
        yours = ngettext(
            "You have shown that you understand %(n)d of %(of)d idea.",
            "You have shown that you understand %(n)d of %(of)d ideas.",
            len(self.ideas),
        ) % {"n": understood, "of": len(self.ideas)}
        shaky = sum(idea.so[1] == "time" for idea in self.ideas)
        if not shaky:
            return f"{done} {yours}"
        more = ngettext("%(n)d is still shaky.", "%(n)d are still shaky.", shaky) % {"n": shaky}
        return f"{done} {yours} {more}"


def courses_progress(who: Who) -> list[CourseProgress]:
    """Every course somebody learns in, closed ones last. Ten queries, however many.

    A block counts for the objectives that stand on it; where it has none of its own, for those
    of its lesson.
    """
    offerings = list(learning_in(who))
    found = ways(offerings, who.pk or 0)
    ideas = _ideas({offering.course_id for offering in offerings})
    on_lessons, on_blocks = _tags(found.values())
    pages = []
    for way in found.values():
        own = _copies(ideas.get(way.offering.course_id, []))
        _fill(own, way, on_lessons, on_blocks)
        listed = [idea for idea in own.values() if idea.evidence]
        pages.append(CourseProgress(step_of(way), listed))
    return pages


def _ideas(courses: set[int]) -> dict[int, list[tuple[Objective, list[int]]]]:
    """Objectives by course, each with the keys of those it builds on. Two queries."""
    rows = Objective.objects.filter(course__in=courses, removed_at=None)
    links = Objective.builds_on.through.objects.filter(from_objective__course__in=courses)
    onto: dict[int, list[int]] = {}
    for one, other in links.values_list("from_objective", "to_objective"):
        onto.setdefault(one, []).append(other)
    found: dict[int, list[tuple[Objective, list[int]]]] = {}
    for row in rows.order_by("position", "pk"):
        found.setdefault(row.course_id, []).append((row, onto.get(row.pk, [])))
    return found


def _copies(rows: list[tuple[Objective, list[int]]]) -> dict[int, Idea]:
    ideas = {row.pk: Idea(row.pk, row.uid, row.text) for row, _onto in rows}
    for row, onto in rows:
        ideas[row.pk].builds_on = [ideas[key] for key in onto if key in ideas]
    return ideas


def _tags(found: Iterable[Way]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Objectives of lessons and of blocks, by their keys. Two queries."""
    lessons = [lesson.pk for way in found for lesson in way.lessons]
    on_lessons: dict[int, set[int]] = {}
    on_blocks: dict[int, set[int]] = {}
    live = {"objective__removed_at": None}
    rows = Lesson.objectives.through.objects.filter(lesson__in=lessons, **live)
    for lesson, objective in rows.values_list("lesson", "objective"):
        on_lessons.setdefault(lesson, set()).add(objective)
    tags = Block.objectives.through.objects.filter(block__lesson__in=lessons, **live)
    for block, objective in tags.values_list("block", "objective"):
        on_blocks.setdefault(block, set()).add(objective)
    return on_lessons, on_blocks


def _fill(
    ideas: dict[int, Idea],
    way: Way,
    on_lessons: dict[int, set[int]],
    on_blocks: dict[int, set[int]],
) -> None:
    here = way.here.pk if way.here else None
    for lesson in way.lessons:
        counted: dict[int, list[Part]] = {}
        for part in lesson.parts:
            for key in on_blocks.get(part.pk) or on_lessons.get(lesson.pk) or ():
                counted.setdefault(key, []).append(part.part)
        for key, parts in counted.items():
            if key in ideas:
                ideas[key].evidence.append((lesson, parts))
                ideas[key].here |= lesson.pk == here


@dataclass(frozen=True)
class Level:
    """The latest answers given with one word on how sure."""

    label: str
    right: int
    answers: int

    @property
    def says(self) -> str:
        words = ngettext(
            "%(label)s: %(right)d of %(n)d right",
            "%(label)s: %(right)d of %(n)d right",
            self.answers,
        )
        return words % {"label": self.label, "right": self.right, "n": self.answers}

    @property
    def share(self) -> float:
        return self.right / self.answers if self.answers else 0.0

    @property
    def enough(self) -> bool:
        return self.answers >= ENOUGH_AT_A_LEVEL


@dataclass(frozen=True)
class Calibration:
    """How sure against how right: three rows of circles and one sentence."""

    guessing: Level
    fairly: Level
    very: Level

    @property
    def levels(self) -> list[Level]:
        return [self.guessing, self.fairly, self.very]

    @property
    def says(self) -> str:
        """The one thing worth knowing, with its numbers."""
        very, guessing = self.very, self.guessing
        if very.enough and very.share < 0.7:
            return _(
                "When you say “very sure” you are right %(right)d times in %(n)d. Before you "
                "choose it, ask yourself how you know."
            ) % {"right": very.right, "n": very.answers}
        if guessing.enough and guessing.share >= 0.7:
            return _(
                "When you say you are guessing you are right %(right)d times in %(n)d. You know "
                "more than you think."
            ) % {"right": guessing.right, "n": guessing.answers}
        if very.enough:
            return _(
                "When you say “very sure” you are right %(right)d times in %(n)d. You know what "
                "you know."
            ) % {"right": very.right, "n": very.answers}
        answers = sum(level.answers for level in self.levels)
        right = sum(level.right for level in self.levels)
        return _("Of %(n)d answers where you said how sure you were, %(right)d are right.") % {
            "n": answers,
            "right": right,
        }


def calibration(who: Who) -> Calibration | None:
    """How sure somebody was against how right, over their latest answers; None before there are
    enough to say anything. One query."""
    rows = Answer.objects.filter(participation__person=who.pk, confidence__isnull=False)
    latest: dict[int, list[bool]] = {0: [], 1: [], 2: []}
    for sure, right in rows.order_by("-pk").values_list("confidence", "right")[:200]:
        if sure in latest and len(latest[sure]) < LATEST:
            latest[sure].append(right)
    if sum(len(answers) for answers in latest.values()) < ENOUGH_ANSWERS:
        return None
    labels = (_("Guessing"), _("Fairly sure"), _("Very sure"))
    levels = [Level(label, sum(latest[n]), len(latest[n])) for n, label in enumerate(labels)]
    return Calibration(*levels)
