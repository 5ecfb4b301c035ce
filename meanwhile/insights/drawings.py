"""Words in a drawing (SVG), and what lies behind them, where that is certain.

Certain means: the letters and the shape behind them have plain colours and no transparency, the
shape is a rectangle, circle or ellipse, and nothing turns, scales, clips or styles them. Of
everything else nothing is said: a wrong alarm costs more than a missed one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from meanwhile.courses.source import FileSource

LARGEST = 2 * 2**20  # bytes; a larger drawing has no words one could mend by hand
MOVE = re.compile(r"\s*translate\(\s*(-?[\d.]+)(?:[\s,]+(-?[\d.]+))?\s*\)\s*")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
RGB = re.compile(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)")
NAMED = {"black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "yellow": (255, 255, 0),
         "blue": (0, 0, 255), "green": (0, 128, 0), "gray": (128, 128, 128),
         "grey": (128, 128, 128), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
         "silver": (192, 192, 192), "orange": (255, 165, 0), "navy": (0, 0, 128)}  # fmt: skip
UNCERTAIN = ("clip-path", "mask", "filter", "style", "opacity", "fill-opacity", "class")
SHAPES = frozenset({"rect", "circle", "ellipse"})
OTHERS = frozenset({"path", "polygon", "image", "use", "pattern", "style"})
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Shape:
    kind: str
    box: tuple[float, float, float, float]
    fill: Colour | None

    def holds(self, x: float, y: float) -> bool:
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return False
        if self.kind == "rect":
            return True
        across, down = (right - left) / 2, (bottom - top) / 2
        return ((x - left - across) / across) ** 2 + ((y - top - down) / down) ** 2 <= 1


@dataclass
class _State:
    fill: str = "black"
    x: float = 0
    y: float = 0
    certain: bool = True
    size: float = 16
    tag: str = ""


@dataclass
class _Reader:
    least: float
    states: list[_State] = field(default_factory=lambda: [_State()])
    shapes: list[_Shape] = field(default_factory=list)
    found: list[tuple[str, float, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    at: tuple[float, float, int] = (0, 0, 0)
    styled: bool = False

    def start(self, name: str, given: dict[str, str], line: int) -> None:
        tag, above = name.rpartition(" ")[2], self.states[-1]
        state = _State(given.get("fill", above.fill), above.x, above.y, above.certain,
                       _number(given.get("font-size"), above.size), tag)  # fmt: skip
        moved = MOVE.fullmatch(given.get("transform", ""))
        if moved:
            state.x += float(moved[1])
            state.y += float(moved[2] or 0)
        elif "transform" in given:
            state.certain = False
        state.certain &= not any(key in given for key in UNCERTAIN)
        self.states.append(state)
        if tag in SHAPES:
            self.shapes.append(_shape(tag, given, state))
        elif tag in OTHERS and (state.fill != "none" or tag in ("image", "use", "style")):
            # what it covers is not worked out: from here on only a shape drawn later is certain
            self.styled |= tag == "style"
            self.shapes.append(_Shape("rect", (-1e9, -1e9, 1e9, 1e9), None))
        elif tag == "text":
            self.words = []
            self.at = (
                state.x + _number(given.get("x"), 0),
                state.y + _number(given.get("y"), 0),
                line,
            )

    def end(self, name: str) -> None:
        state = self.states.pop()
        if name.rpartition(" ")[2] == "text":
            self.judge(state)

    def judge(self, state: _State) -> None:
        letters, (x, y, line) = _colour(state.fill), self.at
        middle = y - state.size * 0.3
        behind = next((s for s in reversed(self.shapes) if s.holds(x, middle)), None)
        said = " ".join("".join(self.words).split())
        if not said or not state.certain or letters is None or behind is None or not behind.fill:
            return
        if (ratio := contrast(letters, behind.fill)) < self.least:
            self.found.append((said, ratio, line))


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float((text or "").removesuffix("px"))
    except ValueError:
        return otherwise


def _shape(tag: str, given: dict[str, str], state: _State) -> _Shape:
    n = {key: _number(given.get(key), 0) for key in
         ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry")}  # fmt: skip
    if tag == "rect":
        wide = 1e9 if given.get("width") == "100%" else n["width"]
        high = 1e9 if given.get("height") == "100%" else n["height"]
        box = (n["x"], n["y"], n["x"] + wide, n["y"] + high)
    else:
        rx, ry = (n["r"], n["r"]) if tag == "circle" else (n["rx"], n["ry"])
        box = (n["cx"] - rx, n["cy"] - ry, n["cx"] + rx, n["cy"] + ry)
    moved = (box[0] + state.x, box[1] + state.y, box[2] + state.x, box[3] + state.y)
    if state.fill == "none":
        return _Shape("rect", (0, 0, -1, -1), None)
    return _Shape(tag, moved, _colour(state.fill) if state.certain else None)


def _colour(text: str) -> Colour | None:
    text = text.strip().lower()
    if HEX.fullmatch(text):
        digits = text[1:] if len(text) == 7 else "".join(sign * 2 for sign in text[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := RGB.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    return NAMED.get(text)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [c / 255 for c in colour]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def pale_words(file: FileSource, least: float) -> Iterator[tuple[str, float, int]]:
    """Words whose contrast with what lies behind is certainly below `least`: the words, the ratio
    and the line of the file."""
    if file.size > LARGEST:
        return
    with file.open() as stream:
        data = stream.read(LARGEST + 1)
    reader, parser = _Reader(least), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, given: reader.start(
        name, given, parser.CurrentLineNumber
    )
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = lambda words: reader.words.append(words)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return  # what is not a drawing is refused when it is brought in
    if not reader.styled:
        yield from reader.found
