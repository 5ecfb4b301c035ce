"""ffmpeg, where there is one: run on what people sent, under limits.

Whoever made a film may mean harm. So ffmpeg is told which format it is (found from the bytes by
`types.py`) and guesses none: a playlist that calls itself an MP4 is a broken MP4. It reads files
and opens no address, knows only the codecs of the list below, and has little memory, time and room,
an empty environment and a folder of its own. What it writes beside a film is read as text of
unknown worth.

The program is the one that `MEANWHILE_FFMPEG` names, the machine's own, or that of the package
imageio-ffmpeg. Without one films are served as they were sent. There is no ffprobe in that package,
so what is in a film is read from what ffmpeg itself says of it.
"""

import re
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import IO

from django.conf import settings

from meanwhile.core.typed import typed
from meanwhile.media.models import Blob

DEMUXERS = {
    "video/mp4": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
}
DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,h263,mjpeg,theora,"
    "aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,alac,amrnb,amrwb,"
    "pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_s16be,pcm_s24be"
)
MOST_PIXELS = 36_000_000
"""Of one picture: 8K film has 33 million."""
MOST_SECONDS = 6 * 3600.0
MOST_STREAMS = 32
LARGEST = 2 * 2**30
"""Bytes of a file it writes."""
MOST_CHAPTERS = 200
KILLED = "killed"
"""The problem where the machine ended it: out of memory, or shut down."""
MEMORY = 3 * 2**30
"""Bytes of address space; a film of 8K takes two thirds of it."""
CONFINED = Path(__file__).with_name("confined.py")
KEPT_WORDS = 64 * 1024
"""Bytes of what ffmpeg says that are kept, from the beginning and from the end."""

_PICTURE = re.compile(r"Stream #0:\d+.*?: Video: .*?\b(\d{1,6})x(\d{1,6})\b([^\n]*)")
_SOUND = re.compile(r"Stream #0:\d+.*?: Audio: ")
_SHAPE = re.compile(r"SAR (\d{1,6}):(\d{1,6})")
_RATE = re.compile(r"([\d.]+) fps")
_TURNED = re.compile(r"rotation of (-?[\d.]+) degrees")
_NUMBERS = {"TIMEBASE": re.compile(r"\d{1,15}/\d{1,15}"), "START": re.compile(r"\d{1,18}")}
_TIME = re.compile(rb"out_time_us=(\d{1,18})")


class Stopped(Exception):
    """It did not come to a good end. `problem` is a word that `film_words.py` has a sentence for;
    `says` is the end of what ffmpeg said, for the site admin."""

    def __init__(self, problem: str, says: str = "") -> None:
        super().__init__(f"{problem}: {says}" if says else problem)
        self.problem, self.says = problem, says


@dataclass(frozen=True)
class Found:
    """What is in a film. Pixels as shown: upright, and square; 0 where there is no picture."""

    seconds: float
    width: int = 0
    height: int = 0
    rate: float = 0.0
    sounds: bool = False
    chapters: tuple[tuple[float, str], ...] = ()

    @property
    def short(self) -> int:
        """The shorter side: a film from a phone that was held upright is as sharp as another."""
        return min(self.width, self.height)


@dataclass
class Ran:
    """What a run left: the words on its side, and how far it came."""

    says: str = ""
    seconds: float = 0.0

    def come(self, progress: bytes) -> None:
        """Take in what ffmpeg says of how far it is."""
        if times := _TIME.findall(progress):
            self.seconds = max(self.seconds, int(times[-1]) / 1e6)


@dataclass
class _Words:
    """The first and the last of what a program says, however much that is."""

    first: bytes = b""
    last: bytes = b""

    def take(self, more: bytes) -> None:
        room = KEPT_WORDS - len(self.first)
        self.first += more[:room]
        self.last = (self.last + more[room:])[-KEPT_WORDS:] if room < len(more) else self.last

    def __str__(self) -> str:
        return (self.first + self.last).decode("utf-8", errors="replace")


def program() -> str:
    """Where ffmpeg is; "" where there is none."""
    return _program(str(getattr(settings, "FFMPEG", "")))


@cache
def _program(named: str) -> str:
    if named:
        return (shutil.which(named) or "") if named != "none" else ""
    if found := shutil.which("ffmpeg"):
        return found
    try:
        from imageio_ffmpeg import get_ffmpeg_exe
    except ImportError:
        return ""
    with suppress(RuntimeError):
        return str(get_ffmpeg_exe())
    return ""


def there() -> bool:
    """Whether films can be made smaller and cut here."""
    return bool(program())


def encoders() -> frozenset[str]:
    """The names of what it can write: {"libx264", "aac", …}."""
    return _encoders(program())


@cache
def _encoders(where: str) -> frozenset[str]:
    if not where:
        return frozenset()
    said = subprocess.run(
        [where, "-nostdin", "-hide_banner", "-encoders"],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=30,
        check=False,
        env={},
        stdin=subprocess.DEVNULL,
    ).stdout
    return frozenset(re.findall(r"^ [VAS][A-Z.]{5} ([\w-]+)", said, re.MULTILINE))


def source(path: Path, kind: str, before: Sequence[str] = ()) -> list[str]:
    """The arguments that open a film of this media type, and nothing else than this one file.

    before: arguments on how to read it, such as where to begin.
    """
    of_format = ["-enable_drefs", "0"] if DEMUXERS[kind] == "mov" else []
    return [
        *("-protocol_whitelist", "file", "-format_whitelist", _format_names(kind)),
        *("-codec_whitelist", DECODERS, "-max_pixels", str(MOST_PIXELS)),
        *("-max_streams", str(MOST_STREAMS), "-probesize", "32M", "-analyzeduration", "30M"),
        *("-threads", "1", *of_format, *before, "-f", DEMUXERS[kind], "-i", f"file:{path}"),
    ]


def _format_names(kind: str) -> str:
    """How ffmpeg itself calls the format, in full: that is what the list is compared with."""
    name = DEMUXERS[kind]
    return {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}.get(name, name)


@dataclass
class Runner:
    """Runs ffmpeg in a folder of its own. `tick` is called about once a second with how many
    seconds of film are done; what it raises stops the run."""

    folder: Path
    tick: Callable[[float], None] = field(default=lambda seconds: None)

    def run(
        self,
        arguments: Sequence[str],
        within: float,
        largest: int = LARGEST,
        take: Callable[[bytes], None] | None = None,
    ) -> Ran:
        """Run ffmpeg to its end.

        Args:
            within: seconds it may take, by the clock and of the processor.
            largest: bytes of a file it may write.
            take: gets what it writes to its standard output, instead of how far it is.

        Raises:
            Stopped: there is no ffmpeg, it took too long, or it failed.
        """
        if not there():
            raise Stopped("no-ffmpeg")
        limits = [str(int(each)) for each in (max(1.0, within), MEMORY, largest)]
        progress = [] if take else ["-progress", "pipe:1", "-stats_period", "1"]
        command = [sys.executable, "-I", "-S", str(CONFINED), *limits, program()]
        command += ["-nostdin", "-hide_banner", "-y", *progress, *arguments]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env={"LC_ALL": "C", "TMPDIR": str(self.folder)},
        ) as process:
            try:
                ran = self._follow(process, time.monotonic() + within, take)
            finally:
                process.kill()
        if process.returncode:
            by = {-signal.SIGXCPU: "too-slow", -signal.SIGXFSZ: "too-large"}
            by |= {-signal.SIGKILL: KILLED, -signal.SIGTERM: KILLED}
            raise Stopped(by.get(process.returncode, "unreadable"), ran.says[-2000:])
        return ran

    def _follow(
        self, process: "subprocess.Popen[bytes]", end: float, take: Callable[[bytes], None] | None
    ) -> Ran:
        words, ran = _Words(), Ran()
        ticked = time.monotonic()
        with selectors.DefaultSelector() as pipes:
            for pipe in (process.stdout, process.stderr):
                assert pipe is not None
                pipes.register(pipe, selectors.EVENT_READ)
            while pipes.get_map():
                for key, _ in pipes.select(timeout=1.0):
                    if not (chunk := _chunk(key.fileobj)):
                        pipes.unregister(key.fileobj)
                    elif key.fileobj is process.stderr:
                        words.take(chunk)
                    elif take:
                        take(chunk)
                    else:
                        ran.come(chunk)
                if time.monotonic() > end:
                    raise Stopped("too-slow", str(words)[-2000:])
                if time.monotonic() - ticked > 1.0:
                    ticked = time.monotonic()
                    self.tick(ran.seconds)
        try:
            process.wait(timeout=max(1.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise Stopped("too-slow", str(words)[-2000:]) from None
        ran.says = str(words)
        return ran


def _chunk(pipe: object) -> bytes:
    stream: IO[bytes] = pipe  # type: ignore[assignment]
    return stream.read1(64 * 1024)  # type: ignore[attr-defined]


def look(runner: Runner, path: Path, blob: Blob) -> Found:
    """What is in a film, and how long it really is: every part of it is read, none is decoded.

    Raises:
        Stopped: it cannot be read, holds nothing, or more than there may be.
    """
    asks = [
        *source(path, blob.type),
        *("-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-t", str(MOST_SECONDS + 60)),
        *("-f", "null", "-", "-f", "ffmetadata", "chapters.txt"),
    ]
    ran = runner.run(asks, within=120 + blob.size / 2**20, largest=4 * 2**20)
    found = checked(found_in(ran.says, ran.seconds, blob.type))
    with (runner.folder / "chapters.txt").open(encoding="utf-8", errors="replace") as file:
        return replace(found, chapters=chapters_in(file.read(4 * 2**20), found.seconds))


def chapters_in(words: str, seconds: float) -> tuple[tuple[float, str], ...]:
    """The chapters of a film in ffmpeg's own words for them (its format *ffmetadata*): where each
    begins, in seconds, and its title. https://ffmpeg.org/ffmpeg-formats.html#Metadata-2"""
    found = []
    for part in words.split("[CHAPTER]")[1:]:
        facts = dict(line.split("=", 1) for line in part.splitlines() if "=" in line)
        if not all(form.fullmatch(facts.get(name, "")) for name, form in _NUMBERS.items()):
            continue
        over, under = map(int, facts["TIMEBASE"].split("/"))
        at = int(facts["START"]) * over / max(1, under)
        title = typed(re.sub(r"\\(.)", r"\1", facts.get("title", ""))).strip()[:200]
        if 0 <= at < seconds and title:
            found.append((round(at, 3), title))
    return tuple(sorted(found)[:MOST_CHAPTERS])


def found_in(says: str, seconds: float, kind: str) -> Found:
    """What ffmpeg said of a film, read. `seconds`: as measured."""
    says = says.partition("\nOutput #0")[0]
    sounds = bool(_SOUND.search(says))
    picture = _picture(says) if kind.startswith("video/") else None
    if picture is None:
        return Found(seconds, sounds=sounds)
    width, height, rest = int(picture[1]), int(picture[2]), picture[3]
    if shape := _SHAPE.search(rest):
        across, up = int(shape[1]), int(shape[2])
        if across and up:
            width = round(width * min(4.0, max(0.25, across / up)))
    if (turned := _TURNED.search(says)) and round(abs(float(turned[1]))) % 180 == 90:
        width, height = height, width
    rate = _RATE.search(rest)
    return Found(seconds, width, height, float(rate[1]) if rate else 0.0, sounds)


def _picture(says: str) -> re.Match[str] | None:
    """The first stream of pictures; a cover is none."""
    return next((each for each in _PICTURE.finditer(says) if "attached pic" not in each[3]), None)


def checked(found: Found) -> Found:
    """The same.

    Raises:
        Stopped: it holds nothing, or more than there may be.
    """
    if found.width * found.height > MOST_PIXELS:
        raise Stopped("too-many-pixels")
    if found.seconds > MOST_SECONDS:
        raise Stopped("too-long")
    if not found.sounds and not found.short:
        raise Stopped("nothing-in-it")
    if found.seconds < 0.04:
        raise Stopped("empty")
    return found
