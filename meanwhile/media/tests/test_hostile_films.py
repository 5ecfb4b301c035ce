"""Films that are broken or mean harm: a sentence for each, nothing harmed, nothing left behind."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from meanwhile.core import jobs
from meanwhile.core.models import Job
from meanwhile.media import ffmpeg, film_words, store
from meanwhile.media.actions import prepare_film
from meanwhile.media.models import Film
from meanwhile.media.queries import states_of
from meanwhile.media.tests.films import film, needs_ffmpeg, ran

pytestmark = [pytest.mark.django_db, needs_ffmpeg]
FTYP = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 512, b"isom", b"mp42")
EBML = b"\x1a\x45\xdf\xa3"
CANARY = b"CANARY-" * 400
"""What stands in a file that no film may read."""


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), name) + body


def noise(length: int, seed: int = 1) -> bytes:
    import random

    return random.Random(seed).randbytes(length)


def changed(data: bytes, name: bytes, at: int, to: bytes) -> bytes:
    """A box's bytes at a place after its name, written over."""
    place = data.index(name) + 4 + at
    return data[:place] + to + data[place + len(to) :]


def tracks(many: int) -> bytes:
    """An MP4 with very many streams, each empty."""
    data = film(seconds=1.0, sound=False)
    start = data.index(b"trak") - 4
    length = struct.unpack(">I", data[start : start + 4])[0]
    moov = data.index(b"moov") - 4
    moov_length = struct.unpack(">I", data[moov : moov + 4])[0]
    more = data[start : start + length] * many
    head = struct.pack(">I", moov_length + len(more))
    end = moov + moov_length
    return data[:moov] + head + data[moov + 4 : end] + more + data[end:]


def referring(place: Path) -> bytes:
    """An MP4 that says its pictures lie in another file (a data reference of its own kind)."""
    data = film(seconds=1.0, sound=False)
    dref = data.index(b"dref") - 4
    length = struct.unpack(">I", data[dref : dref + 4])[0]
    path = f"file://{place}".encode() + b"\0"
    other = box(b"dref", b"\0\0\0\0\0\0\0\1", box(b"url ", b"\0\0\0\0", path))
    grown = len(other) - length
    out = data[:dref] + other + data[dref + length :]
    for name in (b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        at = out.index(name) - 4
        out = (
            out[:at]
            + struct.pack(">I", struct.unpack(">I", out[at : at + 4])[0] + grown)
            + out[at + 4 :]
        )
    return out


def playlist(place: Path) -> bytes:
    return f"#EXTM3U\n#EXTINF:1,\nfile://{place}\n#EXT-X-ENDLIST\n".encode()


def attached() -> bytes:
    asks = ["-i", "a.webm", "-attach", "x.txt", "-metadata:s:t", "mimetype=text/plain"]
    asks += ["-c", "copy", "-f", "matroska"]
    return ran(asks, "mkv", {"a.webm": film("webm"), "x.txt": CANARY})


def upright_change() -> bytes:
    """Two sizes in one film: what a recording of a window does that is made larger."""
    small, large = film(size="160x120", sound=False), film(size="640x480", sound=False)
    asks = ["-i", "a.mp4", "-i", "b.mp4", "-c", "copy", "-bsf:v", "h264_mp4toannexb"]
    first = ran([*asks[:2], *asks[4:], "-f", "h264"], "h264", {"a.mp4": small})
    second = ran([*asks[:2], *asks[4:], "-f", "h264"], "h264", {"a.mp4": large})
    return ran(["-i", "c.h264", "-c", "copy", "-f", "mp4"], "mp4", {"c.h264": first + second})


BROKEN: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "cut off before its index": ("a.mp4", lambda p: film()[: len(film()) // 3]),
    "cut off in the head": ("a.mp4", lambda p: film()[:40]),
    "only a head": ("a.mp4", lambda p: FTYP),
    "a head and noise": ("a.mp4", lambda p: FTYP + noise(200_000)),
    "a head and noise, as WebM": ("a.webm", lambda p: EBML + noise(200_000)),
    "four bytes of WebM": ("a.webm", lambda p: EBML),
    "WebM of endless size": ("a.webm", lambda p: EBML + b"\x01" + b"\xff" * 7 + noise(5000)),
    "zeros after a head": ("a.mp4", lambda p: FTYP + b"\0" * 500_000),
    "a box that holds itself": ("a.mp4", lambda p: FTYP + struct.pack(">I4s", 1, b"moov") * 5000),
    "boxes ten thousand deep": (
        "a.mp4",
        lambda p: (
            FTYP + b"".join(struct.pack(">I4s", 8 * n, b"moov") for n in range(10_000, 0, -1))
        ),
    ),
    "a playlist after a head": ("a.mp4", lambda p: FTYP + playlist(p)),
    "a list of files after a head": (
        "a.mp4",
        lambda p: FTYP + b"ffconcat version 1.0\nfile " + str(p).encode(),
    ),
    "a subfile address in a film": (
        "a.mp4",
        lambda p: FTYP + f"subfile,,start,0,end,64,,:{p}".encode(),
    ),
    "a playlist after a sign of MP3": ("a.mp3", lambda p: b"ID3\x04\0\0\0\0\0\0" + playlist(p)),
    "a sound called MP3": ("a.mp3", lambda p: b"ID3" + noise(50_000)),
    "WAV that says it is endless": ("a.wav", lambda p: b"RIFF\xff\xff\xff\xffWAVE"),
    "Ogg of noise": ("a.ogg", lambda p: b"OggS" + noise(50_000)),
    "a film of no length": ("a.mp4", lambda p: FTYP + box(b"moov", box(b"mvhd", b"\0" * 100))),
    "streams without end": ("a.mp4", lambda p: tracks(3000)),
}
"""Cannot be shown: each with the name under which it comes."""

ODD: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "cut off in the middle": ("a.mp4", lambda p: (d := fast(film(seconds=4.0)))[: len(d) * 2 // 3]),
    "WebM cut off in the middle": (
        "a.webm",
        lambda p: (d := film("webm", seconds=4.0))[: len(d) // 2],
    ),
    "only sound, called a film": ("a.mp4", lambda p: film("m4a", picture=False)),
    "pictures said to be in another file": ("a.mp4", referring),
    "with attachments": ("a.webm", lambda p: attached()),
    "a length of 600 years": (
        "a.mp4",
        lambda p: changed(film(), b"mvhd", 12, struct.pack(">II", 1000, 0xFFFFFFF0)),
    ),
    "noise in the middle": (
        "a.mp4",
        lambda p: (
            (d := fast(film(seconds=4.0)))[: len(d) // 2] + noise(9000) + d[len(d) // 2 + 9000 :]
        ),
    ),
    "a film of one picture": ("a.mp4", lambda p: film(seconds=0.08, sound=False)),
    "a size that changes": ("a.mp4", lambda p: upright_change()),
    "chapters of noise": (
        "a.mp4",
        lambda p: film(more="-metadata title=\x01<script>alert(1)</script>"),
    ),
    "pixels of no shape": ("a.mp4", lambda p: film(more="-aspect 100:1", size="64x64")),
}
"""Can be shown, at least some of it."""


def fast(data: bytes) -> bytes:
    """With its index first, so that what is cut off is film."""
    return ran(
        ["-i", "a.mp4", "-c", "copy", "-movflags", "+faststart", "-f", "mp4"],
        "mp4",
        {"a.mp4": data},
    )


@pytest.fixture
def secret(tmp_path) -> Path:
    place = tmp_path / "secret.mp4"
    place.write_bytes(film(seconds=1.0) + CANARY)
    return place


def prepared(keep, name: str, data: bytes):
    blob = keep(data, name)
    prepare_film(blob)
    assert jobs.do_next()
    assert not list(store.work_folder().iterdir()), "something was left behind"
    return blob, states_of({"here": blob})["here"]


def left(blob) -> list[bytes]:
    folder = store.versions_folder()
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_shown_gets_a_sentence(keep, secret, case):
    name, make = BROKEN[case]
    data = make(secret)
    before = secret.read_bytes()
    blob, state = prepared(keep, name, data)
    assert state.problem, f"{case}: nothing is said of it"
    assert state.job.problem in film_words.PROBLEMS
    assert state.job.problem != jobs.GAVE_UP, f"{case}: {state.job.error}"
    assert not left(blob), f"{case}: something was made of it"
    assert secret.read_bytes() == before
    assert store.path_of(blob.sha256).read_bytes() == data, "what was sent is touched"


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_shown_as_far_as_it_goes(keep, secret, case):
    name, make = ODD[case]
    blob, state = prepared(keep, name, make(secret))
    assert not state.problem, f"{case}: {state.job.problem} {state.job.error}"
    found = Film.objects.get(blob=blob)
    assert 0 < found.seconds < 5, case
    assert not any(b"CANARY" in made or b"<script>" in made for made in left(blob)), case
    assert state.without_picture == (case == "only sound, called a film")


def test_a_picture_of_ten_thousand_million_pixels_is_refused(keep):
    """Its head says so; nothing of it is unpacked."""
    data = film("webm", sound=False)
    width, height = b"\xb0\x82" + struct.pack(">H", 320), b"\xba\x81" + struct.pack(">B", 180)
    assert width in data
    assert height in data
    huge = data.replace(width, b"\xb0\x82" + struct.pack(">H", 65535))
    _blob, state = prepared(keep, "a.webm", huge)
    assert state.film is None or state.film.row.width * state.film.row.height < ffmpeg.MOST_PIXELS
    with pytest.raises(ffmpeg.Stopped, match="too-many-pixels"):
        ffmpeg.checked(ffmpeg.Found(1.0, 100_000, 100_000))


def test_a_film_of_seven_hours_is_refused(keep, monkeypatch):
    monkeypatch.setattr(ffmpeg, "MOST_SECONDS", 3.0)
    _blob, state = prepared(keep, "a.mp4", film(seconds=4.0))
    assert "six hours" in state.problem


def test_one_that_takes_too_long_is_stopped(keep, monkeypatch):
    from meanwhile.media.actions import films

    monkeypatch.setattr(films, "patience", lambda seconds: 0.3)
    _blob, state = prepared(keep, "a.mp4", film(size="1280x720", seconds=20.0, sound=False))
    assert "too long" in state.problem


def test_one_that_takes_too_much_memory_is_stopped(keep, monkeypatch):
    monkeypatch.setattr(ffmpeg, "MEMORY", 60 * 2**20)
    _blob, state = prepared(keep, "a.mp4", film(size="1280x720"))
    assert state.problem


def test_one_that_writes_too_much_is_stopped(keep, tmp_path):
    runner = ffmpeg.Runner(tmp_path)
    asks = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=640x480:rate=25:duration=20",
        "-f",
        "rawvideo",
        "x.raw",
    ]
    with pytest.raises(ffmpeg.Stopped):
        runner.run(asks, 30, largest=2**20)
    assert (tmp_path / "x.raw").stat().st_size <= 2**20


def test_ffmpeg_sees_nothing_of_the_server(tmp_path, monkeypatch):
    """No variable of ours, another folder, lower in turn, and limits it cannot raise."""
    import sys

    monkeypatch.setenv("MEANWHILE_SECRET_KEY", "SECRET")
    monkeypatch.setattr(ffmpeg, "program", lambda: sys.executable)
    asked = tmp_path / "ask.py"
    asked.write_text(
        "import os, resource as r\n"
        "print(dict(os.environ), os.getcwd(), os.nice(0), r.getrlimit(r.RLIMIT_AS)[1],\n"
        "      r.getrlimit(r.RLIMIT_CPU)[1], r.getrlimit(r.RLIMIT_CORE)[1], flush=True)\n"
    )
    said: list[bytes] = []
    monkeypatch.setattr(ffmpeg, "CONFINED", confined_python(tmp_path, asked))
    ffmpeg.Runner(tmp_path).run([], 60, take=said.append)
    words = b"".join(said).decode()
    assert "SECRET" not in words
    assert str(tmp_path) in words
    nice = min(19, os.nice(0) + 10)
    assert f" {nice} {ffmpeg.MEMORY} 65 0" in words


def confined_python(folder: Path, script: Path) -> Path:
    """`confined.py` that becomes Python with our question instead of ffmpeg with its arguments."""
    from meanwhile.media import confined

    ours = folder / "confined.py"
    words = Path(confined.__file__).read_text()
    ours.write_text(words.replace("*sys.argv[5:]]", f"{str(script)!r}]"))
    return ours


def test_there_are_enough_of_them():
    assert len(BROKEN) + len(ODD) >= 25
    assert not Job.objects.exists()
