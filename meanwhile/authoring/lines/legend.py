"""What each mark means, for the box beside the words: a button types it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mark:
    """`types` is put at the beginning of a new line; `label` says what that line is."""

    types: str
    label: Any


HINT = Mark("? ", _("a hint"))
WHY = Mark("! ", _("why it is so"))
_CHOICE = [
    Mark("* [x] ", _("a right answer")),
    Mark("* [ ] ", _("another answer")),
    Mark(" :: ", _("what you say to that answer")),
]
LEGENDS: dict[str, list[Mark]] = {
    "choice": _CHOICE,
    "choices": _CHOICE,
    "numeric": [
        Mark("= 40 ± 1 cm", _("the right answer, how near, its unit")),
        Mark("& m = 100", _("another unit, as so many of the first")),
        Mark("~ 4 :: ", _("an answer often given, and what you say to it")),
    ],
    "short": [
        Mark("= ", _("an answer that is right")),
        Mark("~ word :: ", _("an answer often given, and what you say to it")),
    ],
    "ordering": [
        Mark("1. ", _("the next thing, in the right order")),
        Mark("~ ", _("what you say when the order is not right yet")),
    ],
    "matching": [
        Mark("* left -> right", _("a pair")),
        Mark("* -> ", _("one that matches nothing")),
    ],
    "slider": [
        Mark("& 0 .. 90 / 5", _("the scale: from, to, step")),
        Mark("= 50 ± 5 °", _("the right place, how near, its unit")),
        Mark("< ", _("words at the low end, and :: what you say when it is too small")),
        Mark("> ", _("words at the high end, and :: what you say when it is too large")),
    ],
    "reveal": [Mark("= ", _("the answer to open"))],
}
TASK = [
    Mark("= ", _("the title")),
    Mark("! ", _("why it is worth doing")),
    Mark("% ", _("how it is marked")),
    Mark("? ", _("where to get help")),
    Mark("@ text, photos, 300 words", _("how it is handed in, about how long")),
    Mark("* ", _("something that good work does; levels below it")),
    Mark("  - Not yet: ", _("a level, and after :: what the next one needs")),
    Mark("& 10 :: ", _("a step, with its minutes")),
    Mark("~ ", _("an example, and after :: what is good in it; the example below it")),
]


def legend_of(kind: str) -> list[Mark]:
    if kind == "task":
        return TASK
    return [*LEGENDS[kind], HINT, WHY] if kind in LEGENDS else []
