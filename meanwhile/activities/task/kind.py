"""A task: work that is handed in and answered by a person."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from meanwhile.courses.activity import Data, Files, Kind, Problem
from meanwhile.courses.minutes import reading_minutes

Way = Literal["text", "files", "photos", "audio", "video", "link"]
WAYS: dict[str, Any] = {
    "text": _("words, written here"),
    "files": _("files"),
    "photos": _("photos"),
    "audio": _("a sound recording"),
    "video": _("a film"),
    "link": _("a link"),
}
"""Ways to hand in, in the words of a sentence: "Hand in words, written here, and photos"."""
SENT_AS_FILES = frozenset(["files", "photos", "audio", "video"])
Minutes = Annotated[int, Field(ge=1, le=600)]


class Part(BaseModel):
    """Something inside a task. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(Part):
    """One step of a rubric line. `next` is what the level after it needs."""

    name: str
    text: str = ""
    next: str = ""


class Criterion(Part):
    id: str
    text: str
    levels: list[Level] = []


class Exemplar(Part):
    """An example, written here or as a file of the course, and what is good in it."""

    title: str = ""
    text: str = ""
    file: str = ""
    good: str = ""


class Step(Part):
    text: str
    minutes: Minutes


class TaskData(Data):
    title: str
    why: str = ""
    how_marked: str = ""
    help: str = ""
    hand_in: list[Way] = ["text"]
    words: Annotated[int, Field(ge=1, le=100_000)] | None = None
    points: Annotated[float, Field(gt=0, le=1000)] | None = None
    criteria: list[Criterion] = []
    exemplars: list[Exemplar] = []
    steps: list[Step] = []


class Task(Kind[TaskData]):
    """Work that is handed in and answered by a person; the Markdown says what to do.
    `title` (required), `why`, `minutes`, `how_marked`, `help`;
    `hand_in`: any of `text`, `files`, `photos`, `audio`, `video`, `link` (`text` where it is left
    out); `words`: about how many; `points`;
    `criteria`: list of `id`, `text` and, for a rubric line, `levels` (`name`, `text`, `next`: what
    the next level needs);
    `exemplars`: list of `title`, `text` or `file`, and `good`: what is good in it;
    `steps`: list of `text`, `minutes`. It is done when it is handed in"""

    name = "task"
    label = _("Task to hand in")
    icon = "upload"
    Data = TaskData
    handed_in = True
    phrases = ("criterion", "level", "next", "step")

    def sample(self) -> tuple[dict[str, Any], str]:
        return {
            "title": "Explain a shadow",
            "why": "Who can explain a thing has understood it.",
            "how_marked": "By the three things below, and with a note.",
            "help": "Ask below. Ms Okafor answers within one school day.",
            "hand_in": ["text", "photos"],
            "words": 150,
            "criteria": [
                {
                    "id": "path",
                    "text": "I say which way the light goes.",
                    "levels": [
                        {"name": "Not yet", "text": "No path", "next": "Draw one ray."},
                        {"name": "Clear", "text": "Each ray has a path"},
                    ],
                },
                {"id": "reader", "text": "A ten-year-old could follow it."},
            ],
            "exemplars": [
                {
                    "title": "A short one",
                    "text": "The card stops the light, so it is dark behind it.",
                    "good": "It says *why*, not only *what*.",
                }
            ],
            "steps": [
                {"text": "Write down three things you know", "minutes": 10},
                {"text": "Write", "minutes": 15},
            ],
        }, "Explain to a ten-year-old why there is a shadow behind a card."

    def check(self, data: TaskData, body: str) -> Iterator[Problem]:
        if not data.title.strip():
            yield Problem(say("It needs a title."), "title")
        if not body.strip():
            yield Problem(say("Say what is to be done, below the line “---”."))
        yield from _ways(data)
        yield from _criteria(data)
        yield from _exemplars(data)
        yield from _steps(data)

    def files(self, data: TaskData) -> list[str]:
        return [each.file for each in data.exemplars if each.file]

    def texts(self, data: TaskData) -> dict[str, str]:
        texts = {"why": data.why, "how_marked": data.how_marked, "help": data.help}
        for each in data.criteria:
            texts[f"criterion.{each.id}"] = each.text
            for index, level in enumerate(each.levels):
                texts[f"level.{each.id}.{index}"] = level.text
                texts[f"next.{each.id}.{index}"] = level.next
        for index, exemplar in enumerate(data.exemplars):
            texts[f"exemplar.{index}"] = exemplar.text
            texts[f"good.{index}"] = exemplar.good
        texts |= {f"step.{index}": step.text for index, step in enumerate(data.steps)}
        return {name: text for name, text in texts.items() if text.strip()}

    def pieces(self, data: TaskData, files: Files) -> dict[str, str]:
        return {
            f"file.{index}": files.url(each.file)
            for index, each in enumerate(data.exemplars)
            if each.file
        }

    def minutes(self, data: TaskData, body: str) -> float:
        """The steps together; without steps, about twelve words a minute of what is written."""
        if data.steps:
            return float(sum(step.minutes for step in data.steps))
        return reading_minutes(body) + max(10.0, (data.words or 0) / 12)

    def view(self, data: TaskData, rendered: Mapping[str, str], seed: str) -> dict[str, Any]:
        """A task by its parts, each with its safe HTML: for its card and for its page."""
        return {
            "title": data.title,
            "minutes": data.minutes or sum(step.minutes for step in data.steps),
            "hand_in": list(data.hand_in),
            "ways": [WAYS[way] for way in data.hand_in],
            "words": data.words,
            "points": data.points,
            "criteria": [_criterion(each, rendered) for each in data.criteria],
            "exemplars": [
                {
                    "title": each.title,
                    "html": rendered.get(f"exemplar.{index}", ""),
                    "good": rendered.get(f"good.{index}", ""),
                    "url": rendered.get(f"file.{index}", ""),
                    "file": each.file.rpartition("/")[2],
                }
                for index, each in enumerate(data.exemplars)
            ],
            "steps": [
                {"key": str(index), "html": rendered[f"step.{index}"], "minutes": step.minutes}
                for index, step in enumerate(data.steps)
                if f"step.{index}" in rendered
            ],
        }


def _criterion(each: Criterion, rendered: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": each.id,
        "html": rendered.get(f"criterion.{each.id}", ""),
        "levels": [
            {
                "name": level.name,
                "html": rendered.get(f"level.{each.id}.{index}", ""),
                "next": rendered.get(f"next.{each.id}.{index}", ""),
            }
            for index, level in enumerate(each.levels)
        ],
    }


def _ways(data: TaskData) -> Iterator[Problem]:
    if not data.hand_in:
        yield Problem(
            say("Say how it is handed in: text, files, photos, or another way."), "hand_in"
        )
    if len(set(data.hand_in)) < len(data.hand_in):
        yield Problem(say("A way to hand in stands there twice."), "hand_in")


def _criteria(data: TaskData) -> Iterator[Problem]:
    for id_, count in Counter(each.id for each in data.criteria).items():
        if count > 1:
            yield Problem(say("Two criteria have the id “%(id)s”.") % {"id": id_}, "criteria")
    for index, each in enumerate(data.criteria):
        if not each.id.strip() or "." in each.id:
            yield Problem(say("A criterion needs an id without a dot."), f"criteria.{index}.id")
        if not each.text.strip():
            yield Problem(say("This criterion has no words."), f"criteria.{index}.text")
        if len(each.levels) == 1:
            yield Problem(
                say("One level alone says nothing; write two or more."), f"criteria.{index}"
            )
        if any(not level.name.strip() for level in each.levels):
            yield Problem(say("Each level needs a name."), f"criteria.{index}.levels")


def _exemplars(data: TaskData) -> Iterator[Problem]:
    for index, each in enumerate(data.exemplars):
        if bool(each.text.strip()) == bool(each.file.strip()):
            yield Problem(
                say("An example is either written here or a file of the course."),
                f"exemplars.{index}",
            )
    if len(set(data.exemplars)) < len(data.exemplars):
        yield Problem(say("Two examples are the same."), "exemplars")


def _steps(data: TaskData) -> Iterator[Problem]:
    for index, each in enumerate(data.steps):
        if not each.text.strip():
            yield Problem(say("This step has no words."), f"steps.{index}.text")
    if len(set(data.steps)) < len(data.steps):
        yield Problem(say("Two steps are the same."), "steps")


kind = Task()
