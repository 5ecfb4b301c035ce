"""Small courses for the checks' good and bad samples, read as any course is."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from meanwhile.core.clock import moment_of
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.yamls import write_yaml
from meanwhile.courses.source import CourseSource, FileSource
from meanwhile.insights.study import Due, Run, Study

AIM = {"id": "bend", "text": "I can say which way light bends."}
OTHER = {"id": "split", "text": "I can explain how a prism splits light."}
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nOne side of the beam slows down first."
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
SOUND = b"ID3\x04\x00\x00\x00\x00\x00\x00"
FILES: dict[str, bytes] = {
    "media/beam.mp4": FILM,
    "media/beam.mp3": SOUND,
    "media/beam.en.vtt": CAPTIONS.encode(),
}


def lesson(body: str, **front: Any) -> tuple[dict[str, Any], str]:
    """A lesson's Markdown; keys of its front matter by name, None to leave one out."""
    keys = {"summary": "By the end you can say which way light bends.", "objectives": ["bend"]}
    return keys | front, body


def course(*lessons: tuple[dict[str, Any], str] | str, **keys: Any) -> CourseSource:
    """A course of one unit; `units` may say how many lessons each unit has, `files` what lies in
    media/, `unit` the keys of every unit.

    Raises:
        Refused: the sample is not a course.
    """
    made = [each if isinstance(each, tuple) else lesson(each) for each in lessons]
    sizes = keys.pop("units", [len(made)])
    media = FILES | dict(keys.pop("files", {}))
    unit_keys = {"summary": "What happens when light changes speed."} | keys.pop("unit", {})
    front = {
        "id": "sample",
        "title": "Sample",
        "objectives": [AIM],
        "units": [f"unit-{n}" for n in range(len(sizes))],
    }
    files = {"course.md": _page(front | keys, keys.pop("description", ""))}
    at = 0
    for n, size in enumerate(sizes):
        names = [f"lesson-{at + m}" for m in range(size)]
        unit = {"id": f"unit-{n}", "title": f"Unit {n}"} | unit_keys | {"lessons": names}
        files[f"unit-{n}/unit.md"] = _page(unit, "")
        for name, (own, body) in zip(names, made[at : at + size], strict=True):
            title = {"id": name, "title": f"Lesson {name[-1]}"}
            files[f"unit-{n}/{name}.md"] = _page(title | own, body)
        at += size
    data = {path: text.encode() for path, text in files.items()} | media
    return read_files(Listing({path: _file(path, each) for path, each in data.items()}))


def _page(front: Mapping[str, Any], body: str) -> str:
    front = {
        key: value for key, value in front.items() if value is not None and key != "description"
    }
    return f"---\n{write_yaml(dict(front))}---\n\n{body}\n"


def _file(path: str, data: bytes) -> FileSource:
    opened: Callable[[], BinaryIO] = partial(BytesIO, data)
    return FileSource(path, len(data), opened)


def question(
    uid: str = "fish",
    *,
    right: int = 0,
    aims: str = "",
    feedback: bool = True,
    why: str = "yes",
    texts: tuple[str, ...] = ("Deeper than it looks", "Exactly where it looks"),
    hints: bool = True,
    shuffle: bool = False,
) -> str:
    """A choice with as much of an explanation as asked for."""
    data: dict[str, Any] = {"objectives": aims.split()} if aims else {}
    data["options"] = [
        {"id": f"o{n}", "text": text}
        | ({"right": True} if n == right else {})
        | ({"feedback": "Follow the ray back to the water."} if feedback else {})
        for n, text in enumerate(texts)
    ]
    if shuffle:
        data["shuffle"] = True
    if hints:
        data["hints"] = ["Draw the ray to the surface first."]
    if why:
        data["why"] = "Light bends when it leaves the water."
    return f"::: choice {{#{uid}}}\n{write_yaml(data)}---\nWhere is the fish really?\n:::"


def number(uid: str = "sum") -> str:
    """A question to be worked out."""
    return (
        f"::: numeric {{#{uid}}}\nanswer: 15\nunit: cm\nwhy: 90 ÷ 30 = 3, and 5 × 3 = 15.\n---\n"
        "A toy 5 cm high stands 30 cm from a lamp. How high is its shadow?\n:::"
    )


def task(uid: str = "say") -> str:
    """Something to be said in one's own words."""
    return (
        f"::: reveal {{#{uid}}}\nanswer: Because light travels straight and the card is in its way.\n"
        "---\nWhy is it dark behind a card?\n:::"
    )


def handed_in(**keys: Any) -> str:
    """A task with all a good one says; keys by name, None to leave one out."""
    data: dict[str, Any] = {
        "title": "Explain a shadow",
        "why": "Who can explain a thing has understood it.",
        "how_marked": "By the two things below, and with a note.",
        "help": "Ask below this lesson.",
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
        "exemplars": [{"text": "The card stops the light.", "good": "It says why."}],
        "steps": [
            {"text": "Write down three things you know", "minutes": 10},
            {"text": "Write", "minutes": 30},
        ],
    } | keys
    data = {key: value for key, value in data.items() if value is not None}
    return (
        f"::: task {{#explain}}\n{write_yaml(data)}---\nExplain why it is dark behind a card.\n:::"
    )


def film(**keys: Any) -> str:
    data = {"src": "media/beam.mp4", "title": "A beam meets water", "seconds": 120} | keys
    data = {key: value for key, value in data.items() if value is not None}
    return f"::: video {{#film}}\n{write_yaml(data)}:::"


def prose(count: int) -> str:
    """So many easy words, in paragraphs of forty."""
    line = "Light goes on in a line until it meets a thing that stops it. "
    sentence = line.strip()
    per = len(sentence.split())
    paragraph = " ".join([sentence] * 3)
    return "\n\n".join([paragraph] * max(1, round(count / (3 * per))))


def class_with(
    wall: str,
    *,
    zones: Mapping[str, int] | None = None,
    minutes: int = 30,
    last_note: datetime | None = None,
) -> Study:
    """A class in Leeds in the autumn of 2026 whose one unit is due at that wall-clock time."""
    zone = "Europe/London"
    due = Due("unit-0", "Unit 0", moment_of(datetime.fromisoformat(wall), zone))
    people = {zone: 5} if zones is None else zones
    run = Run(
        name="8B",
        zone=zone,
        starts_on=date(2026, 9, 7),
        dues=(due,),
        term=(date(2026, 9, 1), date(2026, 12, 18)),
        zones=tuple(people.items()),
        last_note=last_note,
        learners=sum(people.values()),
        now=moment_of(datetime(2026, 10, 5), zone),
    )
    return Study(course(lesson(prose(100), minutes=minutes), hours_per_week=1), [run])
