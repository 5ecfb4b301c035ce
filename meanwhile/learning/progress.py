"""Progress on two axes, worked out from what is in the course now. Pure: no database, no clock.

*Done* counts parts (blocks) a learner came to the end of. *Understood* counts questions whose
last answer is right. Both are counted over what is in the course now, so neither can pass the
whole. Every figure has a sentence that says what it counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHAKY_FROM = 3
"""Fewer answers than this say nothing about a whole unit."""
SHAKY_BELOW = 0.6
"""A unit that is done with a smaller share of right answers has a next step of its own."""
STUCK_AFTER = 3
"""Wrong answers in a row on one question, after which a person had better look."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one learner has done with one block."""

    done: bool = False
    tries: int = 0
    right: bool = False
    wrong_run: int = 0
    answered_at: datetime | None = None


NOTHING_YET = Mark()


@dataclass(frozen=True, slots=True)
class Part:
    """A block that is in the course now, and what the learner has done with it."""

    block: int
    answers: bool
    minutes: float = 0
    mark: Mark = NOTHING_YET

    @property
    def answered(self) -> bool:
        return self.answers and self.mark.tries > 0

    @property
    def right(self) -> bool:
        return self.answered and self.mark.right

    @property
    def stuck(self) -> bool:
        return self.answered and not self.mark.right and self.mark.wrong_run >= STUCK_AFTER


@dataclass(frozen=True, slots=True)
class Figures:
    """How far, on both axes. `answered` of `questions` were tried, `right` of them are right."""

    total: int = 0
    done: int = 0
    questions: int = 0
    answered: int = 0
    right: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.total + other.total,
            self.done + other.done,
            self.questions + other.questions,
            self.answered + other.answered,
            self.right + other.right,
        )

    @property
    def finished(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def begun(self) -> bool:
        return self.done > 0 or self.answered > 0

    @property
    def shaky(self) -> bool:
        """All done, but too few answers right to build on."""
        enough = self.answered >= SHAKY_FROM
        return self.finished and enough and self.right < SHAKY_BELOW * self.answered

    @property
    def understood(self) -> bool:
        """Shown by answers: enough of them, and most of them right; whether all is done or not."""
        enough = self.answered >= (1 if self.finished else SHAKY_FROM)
        return enough and self.right >= SHAKY_BELOW * self.answered

    @property
    def says_done(self) -> str:
        """'8 of 12 parts done.'"""
        if not self.total:
            return _("Nothing to do here yet.")
        return ngettext(
            "%(done)d of %(total)d part done.", "%(done)d of %(total)d parts done.", self.total
        ) % {"done": self.done, "total": self.total}

    @property
    def says_right(self) -> str:
        """'5 of 7 last answers right.'"""
        if not self.questions:
            return _("No questions here.")
        if not self.answered:
            return ngettext(
                "%(count)d question, no answers yet.",
                "%(count)d questions, no answers yet.",
                self.questions,
            ) % {"count": self.questions}
        return ngettext(
            "%(right)d of %(answered)d last answer right.",
            "%(right)d of %(answered)d last answers right.",
            self.answered,
        ) % {"right": self.right, "answered": self.answered}

    @property
    def says(self) -> str:
        """Both axes in one line."""
        return f"{self.says_done} {self.says_right}" if self.questions else self.says_done


def count(parts: Iterable[Part]) -> Figures:
    """Both axes over these parts."""
    total = done = questions = answered = right = 0
    for part in parts:
        total += 1
        done += part.mark.done
        questions += part.answers
        answered += part.answered
        right += part.right
    return Figures(total, done, questions, answered, right)


def minutes_left(minutes: int, parts: Iterable[Part]) -> int:
    """Minutes still to go in a lesson of `minutes`, by the minutes of the parts not done.

    Whole minutes, rounded up: at least 1 while anything is left, 0 when nothing is.
    """
    weights = [(part.minutes, part.mark.done) for part in parts]
    if not any(weight for weight, _done in weights):
        weights = [(1.0, done) for _weight, done in weights]
    whole = sum(weight for weight, _done in weights)
    ahead = sum(weight for weight, done in weights if not done)
    if all(done for _weight, done in weights):
        return 0
    # nine places: 12 * (2/3) must be 8, not 8.000000001 rounded up to 9
    return max(1, min(minutes, ceil(round(minutes * ahead / whole, 9))))


def lessons_done(lessons: Iterable[Figures]) -> tuple[int, int]:
    """Of several lessons, how many are all done, and how many there are anything to do in."""
    counted = [figures for figures in lessons if figures.total]
    return sum(figures.finished for figures in counted), len(counted)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is kept on a participation: worked out by `standing`, never by hand."""

    done: int
    answered: int
    right: int
    finished: bool
    shaky_in: int | None


def standing(units: Iterable[tuple[int, Figures]]) -> Standing:
    """The counts of one learner in one offering, from the figures of each unit in order."""
    units = list(units)
    whole = sum((figures for _unit, figures in units), Figures())
    shaky = next((unit for unit, figures in units if figures.shaky), None)
    return Standing(whole.done, whole.answered, whole.right, whole.finished, shaky)


def standing_words(figures: Figures, here: bool = False) -> tuple[str, str, str]:
    """A word, a tone, an icon: what both axes together say."""
    if figures.shaky:
        return _("Done, still shaky"), "time", "repeat"
    if figures.finished and figures.right < figures.answered * SHAKY_BELOW:
        return _("Done, one to look at again"), "time", "repeat"
    if figures.finished:
        return (_("Yours"), "know", "check") if figures.answered else (_("Done"), "act", "check")
    if here:
        return _("You are here"), "act", "here"
    if figures.understood:
        return _("Understood so far"), "know", "ring"
    return (_("Begun"), "act", "ring") if figures.begun else (_("Later"), "", "ring")
