"""What films and sounds share: their files, the words that are said in them, their place."""

from collections.abc import Iterator
from html import escape

from django.utils.translation import gettext as say

from meanwhile.courses.activity import Data, Files, Problem
from meanwhile.media.captions import BrokenCaptions, Cue, read_captions

DEFAULT_MINUTES = 2.0


class FilmData(Data):
    """The keys of a sound; a film has more."""

    src: str = ""
    title: str
    captions: str = ""
    transcript: str = ""
    seconds: int | None = None


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
    """Addresses, the size, and the words that are said, with their seconds."""
    pieces = {"url": files.url(data.src), "bytes": str(files.size(data.src))} if data.src else {}
    if data.captions:
        pieces["captions"] = files.url(data.captions)
        pieces["cues"] = _cues(files.words(data.captions))
    return {name: value for name, value in pieces.items() if value and value != "0"}


def _cues(words: str) -> str:
    try:
        return "\n".join(map(_cue, read_captions(words)))
    except BrokenCaptions:
        return ""  # said when it was brought in (check_files); the film plays all the same


def _cue(cue: Cue) -> str:
    minutes, seconds = divmod(int(cue.start), 60)
    stamp = f"{minutes}:{seconds:02d}"
    return (
        f'<li data-at="{cue.start:g}" data-to="{cue.end:g}"><span class="soft">{stamp}</span>'
        f" <span>{escape(cue.text, quote=False)}</span></li>"
    )


def film_minutes(data: FilmData) -> float:
    return data.seconds / 60 if data.seconds else DEFAULT_MINUTES
