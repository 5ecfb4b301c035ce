"""Draw the film "Slower on one side": why a beam of light turns when it enters water.

Run it with the path to write to; README.md beside this file says how and why. Every frame is
worked out from its number alone, so the same Pillow and ffmpeg give the same film.
Lengths are in film pixels (960 by 540), angles in radians, times in seconds.
"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import IO, cast

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FPS = 960, 540, 20
#: Frames are drawn this many times larger and scaled down, which makes the edges smooth.
SCALE = 2
SURFACE = 260.0
INDEX = 4 / 3
ANGLE = math.radians(50)
SPACING = 44.0
SPEED = 66.0
BEAM = 150.0

INK, SOFT, SHEET = "#172532", "#45525e", "#fefefd"
AIR, WATER, LAMP = "#ddeeff", "#bbddee", "#f2bd50"
BEAM_IN_AIR, BEAM_IN_WATER = "#edcb80", "#e3c67b"
PAVEMENT, GRASS, TROLLEY, TRACK = "#ebece7", "#a9cdb2", "#cc8866", "#724d12"

Point = tuple[float, float]
Scene = Callable[["Sketch", float], None]


class Sketch:
    """One frame. Takes film pixels, draws at SCALE times the size."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: list[Point], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def line(self, a: Point, b: Point, fill: str = INK, width: float = 3) -> None:
        ends = [(a[0] * SCALE, a[1] * SCALE), (b[0] * SCALE, b[1] * SCALE)]
        self.draw.line(ends, fill=fill, width=round(width * SCALE))

    def dots(self, a: Point, b: Point, step: float = 12) -> None:
        length = math.dist(a, b)
        for n in range(int(length / step) + 1):
            t = n * step / length
            self.disc((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), 2, INK)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        x, y, r = centre[0] * SCALE, centre[1] * SCALE, radius * SCALE
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def arrow(self, a: Point, b: Point, fill: str = INK, width: float = 4) -> None:
        turn = math.atan2(b[1] - a[1], b[0] - a[0])
        back = (b[0] - 16 * math.cos(turn), b[1] - 16 * math.sin(turn))
        self.line(a, back, fill, width)
        side = (-math.sin(turn) * 9, math.cos(turn) * 9)
        wings = [(back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
        self.polygon([b, *wings], fill)

    def arc(self, centre: Point, radius: float, start: float, end: float) -> None:
        steps = 24
        turns = [start + (end - start) * n / steps for n in range(steps + 1)]
        ends = [(centre[0] + radius * math.cos(t), centre[1] + radius * math.sin(t)) for t in turns]
        for a, b in pairwise(ends):
            self.line(a, b)

    def text(self, at: Point, words: str, size: int = 26, anchor: str = "lm") -> None:
        # Pillow's own face: the film does not depend on the fonts of a machine.
        font = ImageFont.load_default(size * SCALE)
        self.draw.text((at[0] * SCALE, at[1] * SCALE), words, INK, font=font, anchor=anchor)

    def small(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def along(start: Point, turn: float, length: float) -> Point:
    """The point `length` away from `start`; `turn` is measured from straight down."""
    return (start[0] + math.sin(turn) * length, start[1] + math.cos(turn) * length)


def in_water(turn: float) -> float:
    """The angle to the normal in water, by the law of refraction."""
    return math.asin(math.sin(turn) / INDEX)


def draw_water(sketch: Sketch) -> None:
    sketch.polygon([(0, SURFACE), (WIDTH, SURFACE), (WIDTH, HEIGHT), (0, HEIGHT)], WATER)


def draw_beam(sketch: Sketch, middle: float, turn: float, phase: float) -> None:
    """A beam that meets the water at `middle`, with wavefronts moved on by `phase` pixels."""
    below, half = in_water(turn), BEAM / 2 / math.cos(turn)
    left, right = (middle - half, SURFACE), (middle + half, SURFACE)
    up, down = -900.0, 900.0
    sketch.polygon([along(left, turn, up), along(right, turn, up), right, left], BEAM_IN_AIR)
    sketch.polygon(
        [along(left, below, down), along(right, below, down), right, left], BEAM_IN_WATER
    )
    sketch.line((0, SURFACE), (WIDTH, SURFACE))
    for number in range(-22, 24):
        path = number * SPACING + phase % SPACING
        for a, b in front((middle, SURFACE), turn, path):
            sketch.line(a, b)


def front(centre: Point, turn: float, path: float) -> list[tuple[Point, Point]]:
    """The one or two straight pieces of the wavefront that is `path` past `centre`.

    A piece is kept only on its own side of the surface, so the front stays joined there.
    """
    pieces, below = [], in_water(turn)
    wide = BEAM * math.cos(below) / math.cos(turn)
    cut = path / math.tan(turn) if turn else math.copysign(math.inf, path)
    if max(-BEAM / 2, cut) < BEAM / 2:
        pieces.append(piece(along(centre, turn, path), turn, max(-BEAM / 2, cut), BEAM / 2))
    slow = path / INDEX
    cut = slow / math.tan(below) if below else math.copysign(math.inf, path)
    if min(wide / 2, cut) > -wide / 2:
        pieces.append(piece(along(centre, below, slow), below, -wide / 2, min(wide / 2, cut)))
    return pieces


def piece(centre: Point, turn: float, low: float, high: float) -> tuple[Point, Point]:
    across = (math.cos(turn), -math.sin(turn))
    a, b = ((centre[0] + across[0] * t, centre[1] + across[1] * t) for t in (low, high))
    return a, b


def straight_on(sketch: Sketch, time: float) -> None:
    draw_water(sketch)
    draw_beam(sketch, WIDTH / 2, 0.0, SPEED * time)
    sketch.text((60, 60), "Straight on", 34)
    sketch.text((60, SURFACE - 34), "air: fast")
    sketch.text((60, SURFACE + 36), "water: slower")


def at_a_slant(sketch: Sketch, time: float) -> None:
    """Moves for 7 s, holds still for 5 s while the first edge is pointed out, moves on."""
    moving = min(time, 7.0) + max(0.0, time - 12.0)
    draw_water(sketch)
    draw_beam(sketch, 470, ANGLE, SPEED * moving)
    sketch.text((60, SURFACE + 36), "water")
    sketch.text((900, 60), "At a slant", 34, "rm")
    sketch.text((900, SURFACE - 34), "air", anchor="rm")
    if 7.0 <= time < 12.0:
        half = BEAM / 2 / math.cos(ANGLE)
        sketch.arrow((300, 376), (470 - half + 6, SURFACE + 14))
        sketch.text((300, 396), "this side slows first", anchor="mm")
        sketch.arrow((724, 168), (470 + half + 6, SURFACE - 14))
        sketch.text((724, 146), "this side is still fast", anchor="mm")


def roll(time: float) -> tuple[list[Point], list[Point]]:
    """Both wheels' tracks. A wheel on grass rolls at three quarters of its speed on pavement."""
    axle, turn, step = 96.0, ANGLE, 0.01
    centre = along((470, SURFACE), ANGLE, -330)
    tracks: tuple[list[Point], list[Point]] = ([], [])
    for _ in range(round(time / step) + 1):
        left, right = piece(centre, turn, -axle / 2, axle / 2)
        tracks[0].append(left)
        tracks[1].append(right)
        slow, fast = (62 / INDEX if wheel[1] > SURFACE else 62.0 for wheel in (left, right))
        turn -= (fast - slow) / axle * step
        centre = along(centre, turn, (fast + slow) / 2 * step)
    return tracks


def draw_trolley(sketch: Sketch, left: Point, right: Point) -> None:
    turn = math.atan2(left[1] - right[1], right[0] - left[0])
    back = [along(right, turn, -110), along(left, turn, -110)]
    sketch.polygon([left, right, *back], TROLLEY)
    for a, b in zip([left, right, *back], [right, *back, left], strict=True):
        sketch.line(a, b)
    for wheel in (left, right):
        sketch.line(along(wheel, turn, -17), along(wheel, turn, 17), INK, 11)


def trolley(sketch: Sketch, time: float) -> None:
    sketch.polygon([(0, 0), (WIDTH, 0), (WIDTH, SURFACE), (0, SURFACE)], PAVEMENT)
    sketch.polygon([(0, SURFACE), (WIDTH, SURFACE), (WIDTH, HEIGHT), (0, HEIGHT)], GRASS)
    sketch.line((0, SURFACE), (WIDTH, SURFACE))
    tracks = roll(time)
    for track in tracks:
        for a, b in zip(track[::8], track[8::8], strict=False):
            sketch.line(a, b, TRACK, 3)
    draw_trolley(sketch, tracks[0][-1], tracks[1][-1])
    sketch.text((900, 60), "A trolley, from above", 34, "rm")
    sketch.text((900, SURFACE - 34), "pavement: fast", anchor="rm")
    sketch.text((900, SURFACE + 36), "grass: slow", anchor="rm")


def in_and_out(sketch: Sketch, time: float) -> None:
    """One ray with its angles: into the water for 9 s, then the same path back out."""
    draw_water(sketch)
    sketch.line((0, SURFACE), (WIDTH, SURFACE))
    centre, below = (480.0, SURFACE), in_water(ANGLE)
    sketch.dots((480, 40), (480, 480))
    sketch.text((492, 46), "normal")
    above, under = along(centre, ANGLE, -270), along(centre, below, 240)
    ends = [above, centre, under] if time < 9.0 else [under, centre, above]
    for a, b in pairwise(ends):
        sketch.line(a, b, LAMP, 16)
        sketch.arrow(a, ((a[0] + b[0] * 2) / 3, (a[1] + b[1] * 2) / 3), TRACK)
        sketch.line(a, b, TRACK, 4)
    sketch.arc(centre, 92, -math.pi / 2 - ANGLE, -math.pi / 2)
    sketch.arc(centre, 104, math.pi / 2 - below, math.pi / 2)
    sketch.text((432, 142), "50°", 30, "mm")
    sketch.text((521, 392), "35°", 30, "mm")
    words = "into water: slower" if time < 9.0 else "out of water: faster"
    sketch.text((900, 60), words, 34, "rm")
    turned = "towards the normal" if time < 9.0 else "away from the normal"
    sketch.text((900, 104), turned, 30, "rm")


#: Each part of the film with its length in seconds; the captions keep the same times.
SCENES: list[tuple[Scene, float, str]] = [
    (straight_on, 10.0, AIR),
    (at_a_slant, 17.0, AIR),
    (trolley, 11.0, PAVEMENT),
    (in_and_out, 18.0, AIR),
]


def frames() -> list[tuple[Scene, float, str]]:
    plan = []
    for scene, seconds, ground in SCENES:
        plan += [(scene, number / FPS, ground) for number in range(round(seconds * FPS))]
    return plan


def draw(scene: Scene, time: float, ground: str) -> Image.Image:
    sketch = Sketch(ground)
    scene(sketch, time)
    return sketch.small()


def encoder(target: Path) -> list[str]:
    """The ffmpeg call: small, plays everywhere, starts before it has all arrived."""
    size = f"{WIDTH}x{HEIGHT}"
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", str(FPS), "-i", "-"]
    coding = ["-c:v", "libx264", "-preset", "veryslow", "-crf", "24", "-tune", "animation"]
    same = ["-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    shape = ["-pix_fmt", "yuv420p", "-g", str(FPS * 4), "-movflags", "+faststart"]
    quiet = ["ffmpeg", "-y", "-loglevel", "error"]
    return [*quiet, *source, *coding, *same, *shape, str(target)]


def main(folder: Path) -> None:
    """Write the film and its poster, the held frame of the second part, into `folder`."""
    poster = draw(at_a_slant, 9.0, AIR)
    poster.save(folder / "slower-on-one-side.webp", quality=82, method=6)
    target = folder / "slower-on-one-side.mp4"
    with subprocess.Popen(encoder(target), stdin=subprocess.PIPE) as work:
        for frame in frames():
            cast(IO[bytes], work.stdin).write(draw(*frame).tobytes())
    if work.returncode:
        raise SystemExit("ffmpeg could not write the film. Its message stands above.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say where to write, for example: python slower_on_one_side.py media")
    main(Path(sys.argv[1]))
