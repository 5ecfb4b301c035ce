"""The checks of a course, one file each, in the order in which a teacher would say them.

A new check is a file here and its name in this list; the contract test does the rest.
"""

from importlib import import_module

from meanwhile.insights.check import Check

NAMES = (
    # finding one's way
    "no-welcome",
    "nobody-named",
    "no-ages",
    "no-aims",
    "aim-cannot-be-seen",
    "aim-in-no-lesson",
    "aim-before-its-ground",
    "no-unit-words",
    "no-summary",
    "lesson-without-aim",
    "too-much-new",
    # practice and feedback
    "aim-without-practice",
    "thin-practice",
    "lesson-without-practice",
    "film-then-nothing",
    "example-first",
    "asks-inside-example",
    "no-explanation",
    "option-without-reply",
    "no-hints",
    "long-silence",
    "own-words",
    "only-choosing",
    "right-comes-first",
    "longest-is-right",
    "all-of-the-above",
    # tasks
    "no-criteria",
    "no-next-level",
    "no-exemplar",
    "no-task-why",
    "no-steps",
    "no-marking",
    "no-help",
    # pieces and pace
    "no-hours",
    "more-than-a-week",
    "long-lesson",
    "minutes-do-not-fit",
    "long-text",
    "wall-of-words",
    "long-film",
    "film-length",
    # coming back to it
    "never-again",
    "never-mixed",
    "left-out-at-the-end",
    # learning to learn
    "no-plan",
    "no-looking-back",
    "rereading",
    "learning-styles",
    # words
    "hard-to-read",
    "long-sentences",
    "capitals",
    # for everybody
    "captions",
    "transcript",
    "captions-language",
    "alt-says-nothing",
    "alt-picture-of",
    "drawing-contrast",
    "second-title",
    "heading-jump",
    "bold-heading",
    "link-words",
    "dead-link",
    "empty-table-head",
    "heavy-picture",
    "unused-file",
    # dates and people
    "outside-term",
    "unkind-hour",
    "crowded-weeks",
    "no-notes",
)

CHECKS: dict[str, Check] = {
    name: import_module(f"{__name__}.{name.replace('-', '_')}").check for name in NAMES
}
