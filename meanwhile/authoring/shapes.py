"""What a lesson may be begun with: a plain one, and shapes that are known to help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.authoring.documents import Document, Part, new_part


@dataclass(frozen=True)
class Template:
    label: Any
    parts: Callable[[], list[tuple[str, str]]]

    def document(self, title: str) -> Document:
        made: list[Part] = []
        for kind, words in self.parts():
            made.append(new_part(kind, {part.uid for part in made}, words))
        return Document(title=title, parts=tuple(made))


def _empty() -> list[tuple[str, str]]:
    return [("text", "")]


def _explain() -> list[tuple[str, str]]:
    return [
        ("text", "## " + say("Look first") + "\n\n" + say("What can everybody see or try?")),
        ("text", "## " + say("What happens") + "\n\n" + say("Explain one idea.")),
        ("text", "::: example " + say("Worked example") + "\n" + say("1. The first step") + "\n:::"),
        ("choice", say("Ask about the idea above.")
         + "\n\n* [x] " + say("The right answer") + " :: " + say("Say why.")
         + "\n* [ ] " + say("A usual mistake") + " :: " + say("Say what to look at again.")
         + "\n? " + say("A first hint")),
        ("text", "## " + say("What to keep") + "\n\n" + say("One or two sentences to remember.")),
    ]  # fmt: skip


def _task() -> list[tuple[str, str]]:
    return [
        ("text", "## " + say("Before you begin") + "\n\n"
         + say("Say what a learner needs to know for this task, and where it was explained.")),
        ("task", say("Say what is made or written, and for whom.")
         + "\n\n= " + say("What the task is called")
         + "\n! " + say("Say what it is good for.")
         + "\n% " + say("Say who marks it, and by what.")
         + "\n? " + say("Say whom to ask, and by when they answer.")
         + "\n@ text, 200 words"
         + "\n* " + say("Something that good work does, in words that a learner can check")
         + "\n* " + say("Something else that it does")
         + "\n& 10 :: " + say("A first step that is easy")
         + "\n& 20 :: " + say("The next step")),
    ]  # fmt: skip


def _practice() -> list[tuple[str, str]]:
    return [
        ("text", say("What these questions practise, and which lesson to look back at.")),
        ("choice", say("A question with one right answer")
         + "\n\n* [x] " + say("The right answer") + "\n* [ ] " + say("A usual mistake")),
        ("numeric", say("A question with a number") + "\n\n= 40 ± 1 cm"),
        ("short", say("A question with a word") + "\n\n= " + say("the word")),
    ]  # fmt: skip


TEMPLATES: dict[str, Template] = {
    "empty": Template(_("an empty page"), _empty),
    "explain": Template(_("look, explain, example, question, keep"), _explain),
    "practice": Template(_("questions to practise"), _practice),
    "task": Template(_("a task: what, why, how long, how marked, help"), _task),
}
