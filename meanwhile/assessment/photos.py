"""Many photos of pages become one PDF, in their order, right way up."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps

from meanwhile.media.pictures import UNREADABLE

LONGEST_SIDE = 2000
"""Pixels: handwriting of an A4 page stays readable, about 170 dots an inch."""
QUALITY = 80
DPI = 170.0
BOUND = frozenset(["image/jpeg", "image/png", "image/webp"])


def bind(paths: Sequence[Path], into: IO[bytes]) -> int:
    """Write the pictures as a PDF, one a page; how many pages it has. One picture at a time is in
    memory, the others only as the pages they became. What cannot be read is left out."""
    from pypdf import PdfWriter  # only the chore needs it

    book = PdfWriter()
    for page in _pages(paths):
        alone = BytesIO()
        page.save(alone, "PDF", resolution=DPI, quality=QUALITY)
        book.append(alone)
    if book.pages:
        book.write(into)
    return len(book.pages)


def _pages(paths: Sequence[Path]) -> Iterator[Image.Image]:
    for path in paths:
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read smaller at once
                page = ImageOps.exif_transpose(picture)
                page.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                yield _on_white(page)
        except UNREADABLE:
            continue


def _on_white(page: Image.Image) -> Image.Image:
    """What is see-through in a drawing is paper, not black."""
    if page.mode in ("RGB", "L"):
        return page.copy()
    clear = page.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper
