"""Every sentence the product says and can be translated, found without GNU gettext.

`make words` lists them in the files of meanwhile/locale, test_words.py says what is missing there.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize
from house import messages
from house.words import Sentence

from tests.house import HOUSE, ROOT, modules, tree_of


class Said(NamedTuple):
    """A sentence as gettext looks it up; `plural` and `context` are empty where there are none."""

    words: str
    plural: str = ""
    context: str = ""


Place = tuple[str, int]

BEGUN = ("ar",)
"""Languages of which only the frame is promised."""

# What a learner meets first, which Arabic must have whole: the header of ar/django.po says it.
FRAME = (
    "activities/*/learn.html",
    "activities/video/_*.html",
    "assessment/actions/drafts.py",
    "assessment/actions/files.py",
    "assessment/actions/handing.py",
    "assessment/dates.py",
    "assessment/queries/lists.py",
    "assessment/templates/assessment/_[!c]*.html",
    "assessment/templates/assessment/_criteria.html",
    "assessment/templates/assessment/extension.html",
    "assessment/templates/assessment/receipt.html",
    "assessment/templates/assessment/submission.html",
    "assessment/templates/assessment/task.html",
    "assessment/views/files.py",
    "assessment/views/hand_ins.py",
    "assessment/views/more_time.py",
    "assessment/views/tasks.py",
    "courses/variants.py",
    "feedback/actions/uptake.py",
    "feedback/forms.py",
    "feedback/models.py",
    "feedback/templates/feedback/_answers.html",
    "feedback/templates/feedback/_comment.html",
    "feedback/templates/feedback/feedback.html",
    "feedback/templates/feedback/mine.html",
    "feedback/views/learner.py",
    "learning/*.py",
    "learning/actions/*.py",
    "learning/queries/ideas.py",
    "learning/queries/lessons.py",
    "learning/queries/next_steps.py",
    "learning/queries/notes.py",
    "learning/templates/learning/*.html",
    "learning/views/*.py",
    "people/accommodations.py",
    "people/forms/doors.py",
    "people/forms/fields.py",
    "people/forms/settings.py",
    "people/templates/account/*.html",
    "people/templates/people/_below.html",
    "people/templates/people/card.html",
    "people/templates/people/invitation_over.html",
    "people/templates/people/join*.html",
    "people/templates/people/notices.html",
    "people/templates/people/settings.html",
    "people/templates/people/zone.html",
    "people/views/doors.py",
    "people/views/settings.py",
    "search/templates/search/*.html",
    "ui/picture.py",
    "ui/time.py",
    "ui/templates/4*.html",
    "ui/templates/ui/[!g]*.html",
    "ui/templatetags/*.py",
    "web/context.py",
    "web/queries/company.py",
    "web/queries/dates.py",
    "web/templates/4*.html",
    "web/templates/web/_co*.html",
    "web/templates/web/_today_learner.html",
    "web/templates/web/course.html",
    "web/templates/web/today.html",
)

# what each function of django.utils.translation is given first
_GIVEN = {
    "gettext": ("words",),
    "ngettext": ("words", "plural"),
    "pgettext": ("context", "words"),
    "npgettext": ("context", "words", "plural"),
}
GIVEN = _GIVEN | {f"{name}_lazy": given for name, given in _GIVEN.items()}
GIVEN |= {"gettext_noop": ("words",)}


def key_of(said: Said) -> str:
    return messages.key_of(fields_of(said))


def fields_of(said: Said) -> dict[str, str]:
    """As a .po file names them; what is empty is left out there."""
    named = {"msgctxt": said.context, "msgid": said.words, "msgid_plural": said.plural}
    return {name: words for name, words in named.items() if words}


def wanted(language: str) -> list[Sentence]:
    """What a language's file lists: all of it is needed, of one that is only begun the frame."""
    return [
        Sentence(fields_of(each), *place, language not in BEGUN or among(FRAME, place[0]))
        for each, place in said_by_the_house().items()
    ]


def of_the_frame(said: dict[str, Place]) -> dict[str, Place]:
    return {key: place for key, place in said.items() if among(FRAME, place[0])}


def among(patterns: tuple[str, ...], path: str) -> bool:
    return any(Path(path).match(f"meanwhile/{pattern}") for pattern in patterns)


def said_by_the_house() -> dict[Said, Place]:
    """Every sentence with the first place it is said at, in the frame if it is said there too."""
    found: dict[Said, Place] = {}
    for path in sorted(sources(), key=_outside_the_frame):
        text = path.read_text(encoding="utf-8")
        say = said_in_python(tree_of(path)) if path.suffix == ".py" else said_in_template(text)
        for said, line in say:
            found.setdefault(said, (str(path.relative_to(ROOT)), line))
    return found


def _outside_the_frame(path: Path) -> bool:
    return not among(FRAME, str(path.relative_to(ROOT)))


def sources() -> Iterator[Path]:
    yield from modules()
    yield from templates()


def templates() -> Iterator[Path]:
    """Pages, their parts and the mails; also those that kinds of activity keep in their folder."""
    for folder in (*HOUSE.rglob("templates"), HOUSE / "activities"):
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".txt"})


def said_in_python(tree: ast.Module) -> Iterator[tuple[Said, int]]:
    """Calls of gettext and its relatives, by whatever name the module imports them."""
    names = {
        alias.asname or alias.name: GIVEN[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in GIVEN
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = dict(zip(names[node.func.id], map(_constant, node.args), strict=False))
            if given["words"]:
                yield Said(**given), node.lineno


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


_CALL = re.compile(
    r"""(?<![A-Za-z])(_|n?p?gettext)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),?)+)"""
)


def said_in_template(text: str) -> Iterator[tuple[Said, int]]:
    """Django writes a template's sentences as calls of gettext, and blots out all the rest."""
    calls = templatize(text)
    for call in _CALL.finditer(calls):
        words = ast.literal_eval(f"({call[2].rstrip(',')},)")
        given = GIVEN["gettext" if call[1] == "_" else call[1]]
        line = calls.count("\n", 0, call.start()) + 1
        yield Said(**dict(zip(given, words, strict=False))), line
