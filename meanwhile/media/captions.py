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


# --- files as they come ---------------------------------------------------------------------

_SRT_TIME = r"(?:\d{1,10}:)?[0-5]?\d:[0-5]?\d(?:[.,]\d{1,3})?"
_SRT_TIMING = re.compile(rf"\s*({_SRT_TIME})\s*-->\s*({_SRT_TIME})(?:\s.*)?$")
_KEPT_TAG = re.compile(r"</?[biu]>", re.IGNORECASE)
_STRAY = re.compile(r"\{\\[^}]*\}|</?font[^>]*>", re.IGNORECASE)


def captions_of(data: bytes) -> str:
    """A file of captions as WebVTT, from WebVTT or SubRip (.srt), in UTF-8, UTF-16 or a western
    encoding of one byte a letter, as older programs write them.

    Raises:
        BrokenCaptions: the line, and what was expected there.
    """
    if len(data) > LARGEST:
        raise BrokenCaptions(0, _("The captions are larger than 2 MB."))
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BrokenCaptions(0, _("The file is empty."))
    if re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        read_captions(text)
        return text
    return write_captions(read_srt(text))


def _decoded(data: bytes) -> str:
    """The words of a file that does not say how they are written down."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    start = data[:200]
    if start.count(b"\x00") > len(start) // 4:  # every second byte of western UTF-16 is nought
        return data.decode("utf-16-be" if start[:1] == b"\x00" else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_srt(text: str) -> list[Cue]:
    """The cues of a SubRip file: a number, a line of times, words, an empty line.

    Raises:
        BrokenCaptions: the line, and what was expected there.
    """
    lines = text.split("\n")
    timings = [number for number, line in enumerate(lines) if "-->" in line]
    if not timings:
        first = next(number for number, line in enumerate(lines, 1) if line.strip())
        raise BrokenCaptions(
            first,
            _("Neither WebVTT nor SubRip. Expected a line like “00:00:01,000 --> 00:00:04,000”."),
        )
    _nothing_before(lines[: timings[0]])
    found = []
    for at, number in enumerate(timings):
        start, end = _srt_times(number + 1, lines[number])
        until = timings[at + 1] if at + 1 < len(timings) else len(lines)
        words = _srt_words(lines[number + 1 : until], last=at + 1 == len(timings))
        if words:
            found.append(Cue(start, end, words))
    return found


def _nothing_before(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.strip().isdecimal():
            raise BrokenCaptions(
                number,
                _(
                    "Words without a time. Expected a line like “00:00:01,000 --> 00:00:04,000” before."
                ),
            )


def _srt_times(number: int, line: str) -> tuple[float, float]:
    found = _SRT_TIMING.match(line)
    if not found:
        raise BrokenCaptions(
            number, _("Not a time. Expected something like “00:00:01,000 --> 00:00:04,000”.")
        )
    start, end = (seconds(each.replace(",", ".")) for each in found.groups())
    if end < start:
        raise BrokenCaptions(number, _("The words end before they begin."))
    return start, end


def _srt_words(lines: list[str], *, last: bool) -> str:
    """The lines of one cue, without the number of the next."""
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not last and lines and lines[-1].strip().isdecimal() and (len(lines) < 2 or not lines[-2]):
        lines.pop()
    return "\n".join(line for line in lines if line.strip())


def write_captions(cues: list[Cue]) -> str:
    """Cues as a WebVTT file. Bold, italic and underlined stay; what else an .srt may hold goes."""
    parts = ["WEBVTT"]
    for cue in cues:
        parts.append(f"{stamp(cue.start)} --> {stamp(cue.end)}\n{_safe(cue.text)}")
    return "\n\n".join(parts) + "\n"


def stamp(second: float) -> str:
    """'00:01:02.500' of 62.5."""
    whole = round(second * 1000)
    minutes, rest = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _safe(words: str) -> str:
    """Signs that mean something in WebVTT as what they are."""
    words, kept = _STRAY.sub("", words), []
    for piece in re.split(f"({_KEPT_TAG.pattern})", words, flags=re.IGNORECASE):
        if _KEPT_TAG.fullmatch(piece):
            kept.append(piece.lower())
        else:
            kept.append(piece.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;"))
    return "".join(kept)
