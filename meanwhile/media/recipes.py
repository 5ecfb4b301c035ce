"""How versions of a film are made: which sizes, and what ffmpeg is told for each.

Sizes go by the shorter side, so that a film from a phone held upright is as sharp as another; none
is larger than the film. H.264 and AAC in an MP4, which every browser plays, or VP9 and Opus in a
WebM where this ffmpeg cannot write those.
"""

from collections.abc import Collection
from dataclasses import dataclass

from meanwhile.media.ffmpeg import MOST_SECONDS, Found
from meanwhile.media.models import VersionName

CLEAN = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact")
"""Without what a camera wrote: place, device, names."""
FASTEST = 30.0
"""Pictures a second."""
POSTER = 1280
"""Pixels of a poster's longer side."""


@dataclass(frozen=True)
class Size:
    """A size to make. `short`: pixels of the shorter side; bits in kilobits a second, at most."""

    name: VersionName
    short: int
    crf: int
    bits: int
    sound: int


SIZES = (
    Size(VersionName.HIGH, 1080, 23, 4000, 128),
    Size(VersionName.MIDDLE, 480, 24, 1200, 96),
    Size(VersionName.LOW, 240, 27, 300, 48),
)


@dataclass(frozen=True)
class Recipe:
    """What this ffmpeg writes films with. `ending`: of the file; `type`: what it is served as."""

    picture: str
    sound: str
    ending: str
    type: str
    sound_ending: str
    sound_type: str


RECIPES = (
    Recipe("libx264", "aac", "mp4", "video/mp4", "m4a", "audio/mp4"),
    Recipe("libopenh264", "aac", "mp4", "video/mp4", "m4a", "audio/mp4"),
    Recipe("libvpx-vp9", "libopus", "webm", "video/webm", "ogg", "audio/ogg"),
    Recipe("libvpx", "libvorbis", "webm", "video/webm", "ogg", "audio/ogg"),
)


def recipe(encoders: Collection[str], recipes: Collection[Recipe] = RECIPES) -> Recipe | None:
    """The first of the recipes that can be followed with these encoders."""
    there = (each for each in recipes if {each.picture, each.sound} <= set(encoders))
    return next(there, None)


def sizes_of(found: Found) -> list[Size]:
    """The sizes worth making of a film, the smallest first: who has little data waits least. The
    largest is the film's own where that is below 1080; one hardly smaller than it is left out."""
    if not found.short:
        return []
    own = min(found.short, SIZES[0].short)
    largest = SIZES[0]
    if own <= SIZES[1].short:
        largest = SIZES[1] if own > SIZES[2].short else SIZES[2]
    top = Size(VersionName.HIGH, own, largest.crf, largest.bits, largest.sound)
    return [*(each for each in reversed(SIZES[1:]) if own >= each.short * 1.25), top]


def pixels(found: Found, short: int) -> tuple[int, int]:
    """Width and height of a film whose shorter side is `short`; both even, as encoders want."""
    of = short / found.short
    across, up = (2 * max(1, round(side * of / 2)) for side in (found.width, found.height))
    return across, up


def picture_arguments(with_: Recipe, found: Found, size: Size) -> list[str]:
    """For one size with its sound."""
    across, up = pixels(found, size.short)
    rate = min(found.rate, FASTEST) if found.rate >= 1 else FASTEST
    shape = f"fps={rate:g},scale={across}:{up}:flags=bicubic,setsar=1,format=yuv420p"
    heard = sound_codec(with_, size.sound, 2) if found.sounds else ["-an"]
    return [
        *("-map", "0:V:0", "-map", "0:a:0?", "-vf", shape),
        *picture_codec(with_.picture, size.crf, size.bits, rate),
        *heard,
        *within(found),
        *finish(with_.ending),
    ]


def picture_codec(encoder: str, crf: int, bits: int, rate: float) -> list[str]:
    """A whole picture every two seconds, so that one can go anywhere in it."""
    most = [*("-maxrate", f"{bits}k", "-bufsize", f"{2 * bits}k", "-g", str(round(rate * 2)))]
    common = ["-c:v", encoder, *most, "-threads", "1", "-flags:v", "+bitexact"]
    if encoder == "libx264":
        return [*common, "-preset", "veryfast", "-crf", str(crf), "-profile:v", "high"]
    if encoder.startswith("libvpx"):
        quick = ["-deadline", "realtime", "-cpu-used", "6"]
        return [*common, *quick, "-crf", str(crf + 10), "-b:v", f"{bits}k"]
    return [*common, "-b:v", f"{bits * 2 // 3}k"]


def sound_codec(with_: Recipe, bits: int, channels: int) -> list[str]:
    rate = "48000"
    asks = ["-c:a", with_.sound, "-b:a", f"{bits}k", "-ac", str(channels), "-ar", rate]
    return [*asks, "-flags:a", "+bitexact", "-threads", "1"]


def sound_arguments(with_: Recipe, found: Found) -> list[str]:
    """Its sound alone, in one channel: about 360 kB a minute."""
    asks = ["-map", "0:a:0", "-vn", *sound_codec(with_, 48, 1)]
    return [*asks, *within(found), *finish(with_.sound_ending)]


def within(found: Found) -> list[str]:
    """No longer than the film, whatever its clock says later on."""
    return ["-t", f"{min(found.seconds + 1, MOST_SECONDS):.3f}"]


def finish(ending: str) -> list[str]:
    """What every file is finished with: clean, and played before it is whole."""
    muxer = {"m4a": "mp4", "mp3": "mp3"}.get(ending, ending)
    fast = ["-movflags", "+faststart"] if muxer == "mp4" else []
    return [*CLEAN, *fast, "-f", muxer]


def poster_arguments(found: Found) -> list[str]:
    """One picture, of the thirty from there the one most like the others: not a black one."""
    longer = max(found.width, found.height)
    short = found.short if longer <= POSTER else round(found.short * POSTER / longer)
    across, up = pixels(found, max(2, short))
    shape = f"thumbnail=30,scale={across}:{up}:flags=bicubic,setsar=1"
    return [*("-map", "0:V:0", "-an", "-vf", shape), "-frames:v", "1", *CLEAN, "-c:v", "png"]


# --- cutting --------------------------------------------------------------------------------

SAME: dict[str, tuple[Recipe, ...]] = {
    "video/mp4": RECIPES[:2],
    "video/webm": (
        Recipe("libvpx", "libopus", "webm", "video/webm", "", ""),
        Recipe("libvpx", "libvorbis", "webm", "video/webm", "", ""),
        Recipe("libvpx-vp9", "libopus", "webm", "video/webm", "", ""),
    ),
    "audio/mpeg": (Recipe("libmp3lame", "libmp3lame", "mp3", "audio/mpeg", "", ""),),
    "audio/mp4": (Recipe("aac", "aac", "m4a", "audio/mp4", "", ""),),
    "audio/ogg": (
        Recipe("libopus", "libopus", "ogg", "audio/ogg", "", ""),
        Recipe("libvorbis", "libvorbis", "ogg", "audio/ogg", "", ""),
    ),
    "audio/wav": (Recipe("pcm_s16le", "pcm_s16le", "wav", "audio/wav", "", ""),),
}
"""What a cut file is written with: in the same kind of file, so that its name stays true."""


def cut_arguments(with_: Recipe, found: Found, seconds: float) -> list[str]:
    """A part of a film as good as the whole: every picture and sound anew, so that nothing outside
    the cut is left in it."""
    heard = sound_codec(with_, 160, 2) if with_.sound != "pcm_s16le" else ["-c:a", "pcm_s16le"]
    seen = ["-vn"]
    if found.short and with_.type.startswith("video/"):
        across, up = pixels(found, found.short)
        rate = min(found.rate, 60.0) if found.rate >= 1 else FASTEST
        shape = f"fps={rate:g},scale={across}:{up},setsar=1,format=yuv420p"
        bits = 8000 if found.short > 480 else 3000
        seen = ["-map", "0:V:0", "-vf", shape, *picture_codec(with_.picture, 20, bits, rate)]
    kept = ["-map", "0:a:0", *heard] if found.sounds else ["-an"]
    return [*seen, *kept, "-t", f"{seconds:.3f}", *finish(with_.ending)]
