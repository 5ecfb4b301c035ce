"""Pictures: how large they are, and without what a camera wrote into them.

Place, device and names are taken off without touching the picture itself: parts of the file are
left out, nothing is drawn anew. Which way up it is stays. Doing it twice changes nothing.
"""

import struct
import warnings
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from meanwhile.media.types import NotTaken

MOST_PIXELS = 50_000_000
# no need to warn of large pictures: they are refused below, before any of it is drawn
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
)
LARGEST = 50 * 2**20  # bytes of one picture
_ORIENTATION = 0x0112
_JPEG_OUT = {0xE1, 0xED, 0xFE, *range(0xE3, 0xED)}  # EXIF and XMP, Photoshop, words, makers' own
_PNG_OUT = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_WEBP_OUT = {b"EXIF", b"XMP "}


def size_of(data: bytes, name: str) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        NotTaken: it cannot be read, or has more than 50 million pixels.
    """
    try:
        with Image.open(BytesIO(data)) as picture:  # reads the head, draws nothing yet
            width, height = picture.size
    except UNREADABLE as failure:
        raise NotTaken(_("“%(name)s” cannot be read as a picture.") % {"name": name}) from failure
    if width * height > MOST_PIXELS:
        raise NotTaken(
            _("“%(name)s” has more than 50 million pixels. Make it smaller.") % {"name": name}
        )
    lies_on_its_side = data.startswith(b"\xff\xd8") and _orientation(data) >= 5
    return (height, width) if lies_on_its_side else (width, height)


def cleaned(data: bytes, kind: str) -> bytes:
    """The picture without what a camera or a program wrote beside it."""
    if kind == "image/jpeg":
        return _clean_jpeg(data)
    if kind == "image/png":
        return _clean_png(data)
    return _clean_webp(data) if kind == "image/webp" else data


def _clean_jpeg(data: bytes) -> bytes:
    out, at = [data[:2]], 2
    turned = _orientation(data)
    if turned != 1:
        out.append(_orientation_segment(turned))
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        mark = data[at + 1]
        if mark == 0xFF:  # fill
            at += 1
            continue
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if mark not in _JPEG_OUT:
            out.append(data[at : at + length])
        at += length
    return b"".join([*out, data[at:]])


def _orientation(data: bytes) -> int:
    with Image.open(BytesIO(data)) as picture:
        found = picture.getexif().get(_ORIENTATION, 1)
    return found if found in range(1, 9) else 1


def _orientation_segment(turned: int) -> bytes:
    """The least EXIF there can be: one entry, which way up."""
    tiff = (
        b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0) + b"\0" * 4
    )
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if name not in _PNG_OUT:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    return b"".join(out)


def _clean_webp(data: bytes) -> bytes:
    out, at = [], 12
    while at + 8 <= len(data):
        name = data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + (length & 1)
        chunk = data[at:end]
        if name == b"VP8X":  # no more EXIF (8) and XMP (4)
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if name not in _WEBP_OUT:
            out.append(chunk)
        at = end
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def drawing_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of an SVG, from its viewBox or its own size."""
    import re

    head = data[:20_000].decode("utf-8", errors="replace")
    tag = re.search(r"<(?:\w+:)?svg\b[^>]*>", head, re.DOTALL)
    if not tag:
        return None
    box = re.search(
        r"""\bviewBox\s*=\s*["']\s*([-\d.eE]+[\s,]+){2}([\d.]+)[\s,]+([\d.]+)""", tag[0]
    )
    if box:
        pair = (box[2], box[3])
    else:
        sizes = [
            re.search(rf"""\s{w}\s*=\s*["']([\d.]+)(?:px)?["']""", tag[0])
            for w in ("width", "height")
        ]
        if not all(sizes):
            return None
        pair = (sizes[0][1], sizes[1][1])  # type: ignore[index]
    try:
        width, height = (round(float(side)) for side in pair)
    except ValueError:
        return None
    return (width, height) if 0 < width < 100_000 and 0 < height < 100_000 else None
