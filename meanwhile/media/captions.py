"""Captions: read from WebVTT, for the transcript beside a film.

Which words are said when; colours, places and voices of the captions stay the player's. A cue
that no player would show is an error with its line, because words would be lost unseen.
"""

import re
from dataclasses import dataclass
from html import unescape

import webvtt
from django.utils.translation import gettext as _

LARGEST = 2 * 2**20
_TIME = r"(?:\d{1,10}:)?[0-5]?\d:[0-5]?\d\.\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s+-->\s+({_TIME})(?:\s.*)?$")
_GAPLESS = re.compile(rf"(?<=[^\n])\n(\s*{_TIME}\s+-->)")
_TAG = re.compile(r"<[^>]*>")
_NOT_A_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[\s:]|$)")


@dataclass(frozen=True)
class Cue:
    """Some words and when they are said, in seconds from the start."""

    start: float
    end: float
    text: str


class BrokenCaptions(ValueError):
    """Captions that a player would not show. `line` counts from 1."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(says)
        self.line = line
        self.says = says


def read_captions(words: str) -> list[Cue]:
    """The cues of a WebVTT file, in its own order.

    Raises:
        BrokenCaptions: the line, and what was expected there.
    """
    text = words.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST:
        raise BrokenCaptions(0, _("The captions are larger than 2 MB."))
    _check(text.split("\n"))
    try:
        found = webvtt.from_string(_GAPLESS.sub(r"\n\n\1", text))
    except Exception as failure:  # whatever else the library finds wrong
        raise BrokenCaptions(0, str(failure)[:200]) from failure
    return [
        Cue(cue.start_in_seconds + cue.start_time.milliseconds / 1000, _end(cue), _plain(cue.text))
        for cue in found.captions
        if _plain(cue.text)
    ]


def _end(cue: webvtt.Caption) -> float:
    return float(cue.end_in_seconds + cue.end_time.milliseconds / 1000)


def _plain(text: str) -> str:
    """Without voices, colours and times inside: "<v Ada>Hello" is "Hello"."""
    return " ".join(unescape(_TAG.sub("", text)).split())


def _check(lines: list[str]) -> None:
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise BrokenCaptions(1, _("Captions begin with the line “WEBVTT”."))
    for first, block in _blocks(lines):
        _check_block(first, block)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Lines between empty ones, each with the number of its first; without the header's."""
    blocks: list[tuple[int, list[str]]] = []
    at = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    current: list[str] = []
    for number, line in enumerate([*lines[at:], ""], at + 1):
        if line.strip():
            current.append(line)
        elif current:
            blocks.append((number - len(current), current))
            current = []
    return blocks


def _check_block(first: int, block: list[str]) -> None:
    if _NOT_A_CUE.match(block[0]):
        return
    timings = [n for n, line in enumerate(block[:2]) if "-->" in line]
    if not timings:
        raise BrokenCaptions(
            first, _("Words without a time. Expected a line like “00:01.000 --> 00:04.000” before.")
        )
    at = timings[0]
    _check_timing(first + at, block[at])
    for number, line in enumerate(block[at + 1 :], first + at + 1):
        if "-->" in line:  # as in a player, a time begins new words, with or without a gap
            _check_timing(number, line)


def _check_timing(number: int, line: str) -> None:
    found = _TIMING.match(line)
    if not found:
        raise BrokenCaptions(
            number, _("Not a time. Expected something like “00:01.000 --> 00:04.000”.")
        )
    if seconds(found[2]) < seconds(found[1]):
        raise BrokenCaptions(number, _("The words end before they begin."))


def seconds(stamp: str) -> float:
    """'1:02:03.5' is 3723.5."""
    total = 0.0
    for part in stamp.split(":"):
        total = total * 60 + float(part)
    return total
