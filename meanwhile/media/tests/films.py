"""Films for tests, made by ffmpeg itself; and whether there is one.

`needs_ffmpeg` skips a test by name on a machine without ffmpeg, and fails it in CI: there nothing is
skipped in silence.
"""

import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from meanwhile.media import ffmpeg

needs_ffmpeg = pytest.mark.skipif(
    not ffmpeg.there() and not os.environ.get("CI"),
    reason="ffmpeg is not here: films are not made ready on this machine. Install it, or "
    "`pip install imageio-ffmpeg`, to try them.",
)
PICTURE = "testsrc2=size={size}:rate=25:duration={seconds}"
TONE = "sine=frequency=440:sample_rate=48000:duration={seconds}"
H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"
VP8 = "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus"
FAST = {"mp4": H264, "webm": VP8, "m4a": "-c:a aac", "mp3": "-c:a libmp3lame"}


@cache
def film(
    ending: str = "mp4",
    size: str = "320x180",
    seconds: float = 2.0,
    sound: bool = True,
    picture: bool = True,
    more: str = "",
) -> bytes:
    """A film of moving colours and a tone. `more`: further arguments for ffmpeg."""
    inputs, codecs = [], FAST.get(ending, "").split()
    if picture:
        inputs += ["-f", "lavfi", "-i", PICTURE.format(size=size, seconds=seconds)]
    if sound:
        inputs += ["-f", "lavfi", "-i", TONE.format(seconds=seconds)]
    form = {"m4a": "mp4"}.get(ending, ending)
    return ran([*inputs, *codecs, *more.split(), "-f", form], ending)


def ran(asks: list[str], ending: str, beside: dict[str, bytes] | None = None) -> bytes:
    """What ffmpeg makes of these arguments, in a folder with some files."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, data in (beside or {}).items():
            (Path(folder) / name).write_bytes(data)
        made = Path(folder) / f"made.{ending}"
        subprocess.run(
            [ffmpeg.program(), "-nostdin", "-loglevel", "error", "-y", *asks, str(made)],
            check=True,
            cwd=folder,
            timeout=60,
        )
        return made.read_bytes()
