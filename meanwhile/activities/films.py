"""What films and sounds share: their files, the words that are said in them, their place, their
chapters and the questions they stop for."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext as say
from pydantic import BaseModel, ConfigDict

from meanwhile.courses.activity import Data, Files, Problem, Stop
from meanwhile.media.captions import BrokenCaptions, Cue, read_captions, seconds

DEFAULT_MINUTES = 2.0
STAMP = re.compile(r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-5][0-9](?:\.[0-9]{1,3})?")
MOST_CHAPTERS, MOST_QUESTIONS = 100, 50
LONGEST_CHAPTER = 200


class Moment(BaseModel):
    """A moment of a film, as it is written: `at: 1:23`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str

    @property
    def second(self) -> float:
        """Seconds from the start; only where it is a time."""
        return seconds(self.at)


class Chapter(Moment):
    title: str


class Question(Moment):
    block: str


class FilmData(Data):
    """The keys of a sound; a film has more."""

    src: str = ""
    title: str
    captions: str = ""
    transcript: str = ""
    seconds: int | None = None
    chapters: list[Chapter] = []
    questions: list[Question] = []


def film_problems(data: FilmData, ends: tuple[str, ...]) -> Iterator[Problem]:
    if not data.title.strip():
        yield Problem(say("It needs a title."), "title")
    if data.src and not data.src.lower().endswith(ends):
        says = say("“%(path)s” is none of %(ends)s.")
        yield Problem(says % {"path": data.src, "ends": ", ".join(ends)}, "src")
    if data.captions and not data.captions.lower().endswith(".vtt"):
        says = say("“%(path)s” is not captions: their name ends in .vtt.")
        yield Problem(says % {"path": data.captions}, "captions")
    if data.seconds is not None and data.seconds < 1:
        yield Problem(say("A length is 1 second or more."), "seconds")
    yield from _moment_problems(data, "chapters", data.chapters, MOST_CHAPTERS)
    yield from _moment_problems(data, "questions", data.questions, MOST_QUESTIONS)
    for number, chapter in enumerate(data.chapters):
        if not chapter.title.strip():
            yield Problem(say("A chapter needs a title."), f"chapters.{number}.title")
        elif len(chapter.title) > LONGEST_CHAPTER:
            says = say("A chapter's title is at most 200 signs long.")
            yield Problem(says, f"chapters.{number}.title")
    for number, question in enumerate(data.questions):
        if not question.block.strip():
            says = say("Which question? Expected the id of one in this lesson.")
            yield Problem(says, f"questions.{number}.block")


def _moment_problems(data: FilmData, key: str, moments: list[Any], most: int) -> Iterator[Problem]:
    if len(moments) > most:
        says = say("A film has at most %(most)d of them.")
        yield Problem(says % {"most": most}, key)
    last = -1.0
    for number, moment in enumerate(moments):
        place = f"{key}.{number}.at"
        if not STAMP.fullmatch(moment.at):
            says = say("“%(at)s” is not a time in a film. Write minutes and seconds, like 1:23.")
            yield Problem(says % {"at": moment.at}, place)
            continue
        if moment.second <= last:
            says = say("%(at)s comes after a later time. Put them in order, each once.")
            yield Problem(says % {"at": moment.at}, place)
        if data.seconds and moment.second > data.seconds:
            says = say("%(at)s is after the end: it lasts %(end)s.")
            yield Problem(says % {"at": moment.at, "end": clock(data.seconds)}, place)
        last = max(last, moment.second)


def film_stops(data: FilmData) -> list[Stop]:
    """Where it stops for a question."""
    return [
        Stop(each.second, each.block, f"questions.{number}.block")
        for number, each in enumerate(data.questions)
        if STAMP.fullmatch(each.at)
    ]


def caption_problems(data: FilmData, files: Files) -> Iterator[Problem]:
    """Captions that no player would show, with the line."""
    if not data.captions or not files.url(data.captions):
        return
    try:
        read_captions(files.words(data.captions))
    except BrokenCaptions as broken:
        says = say("%(path)s, line %(line)d: %(says)s")
        found = {"path": data.captions, "line": broken.line, "says": broken.says}
        yield Problem(says % found, "captions")


def film_pieces(data: FilmData, files: Files) -> dict[str, str]:
    """Addresses, the size, the chapters, and the words that are said, with their seconds."""
    pieces = {"url": files.url(data.src), "bytes": str(files.size(data.src))} if data.src else {}
    if data.captions:
        pieces["captions"] = files.url(data.captions)
        pieces["cues"] = _cues(files.words(data.captions))
    pieces["chapters"] = "\n".join(
        _line(each.second, None, each.title) for each in data.chapters if STAMP.fullmatch(each.at)
    )
    return {name: value for name, value in pieces.items() if value and value != "0"}


def _cues(words: str) -> str:
    try:
        return "\n".join(map(_cue, read_captions(words)))
    except BrokenCaptions:
        return ""  # said when it was brought in (check_files); the film plays all the same


def _cue(cue: Cue) -> str:
    return _line(cue.start, cue.end, cue.text)


def _line(start: float, end: float | None, text: str) -> str:
    until = f' data-to="{end:g}"' if end is not None else ""
    return (
        f'<li data-at="{start:g}"{until}><span class="soft">{clock(start)}</span>'
        f" <span>{escape(text, quote=False)}</span></li>"
    )


def clock(second: float) -> str:
    """'1:23' of 83 seconds; minutes go on past 59, as in every stamp of a film here."""
    minutes, rest = divmod(int(second), 60)
    return f"{minutes}:{rest:02d}"


def film_view(data: FilmData) -> dict[str, Any]:
    """What the player needs to know of both: the questions it stops for, and its marks."""
    stops = film_stops(data)
    marks = []
    if data.seconds:
        at = [("chapter", each.second) for each in data.chapters if STAMP.fullmatch(each.at)]
        at += [("question", stop.at) for stop in stops]
        marks = [(what, f"{100 * min(1.0, second / data.seconds):.2f}") for what, second in at]
    return {
        "stops": [{"at": f"{s.at:g}", "stamp": clock(s.at), "block": s.block} for s in stops],
        "marks": marks,
    }


def film_minutes(data: FilmData) -> float:
    return data.seconds / 60 if data.seconds else DEFAULT_MINUTES
