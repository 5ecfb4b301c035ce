"""The kinds of file that are taken in, by the end of the name, and what their bytes must look like.

A name promises a type and the first bytes keep the promise or the file is refused: a page that
calls itself a picture is never served as one. Nothing that a browser would run is in the list,
but SVG, which media/svg.py reads through first.
"""

from pathlib import PurePosixPath

from django.utils.translation import gettext as say

HEAD = 4096
"""How many first bytes `type_of` wants to see."""
SVG = "image/svg+xml"
PLAIN = "text/plain"
VTT = "text/vtt"
PDF = "application/pdf"


PICTURES = {
    "svg": SVG,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}
FILMS = {"mp4": "video/mp4", "webm": "video/webm"}
SOUNDS = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}
CAPTIONS = {"vtt": VTT}
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
CODE = (
    "bib c cfg cmake conf cpp css do f90 go h hpp ini ipynb java jl json kt lua md nf patch php "
    "pl py r rb rmd rs scala sh smk sql tex toml ts yaml yml"
)
"""Handed out as plain text, whatever the language."""
TEXTS = {
    "txt": PLAIN,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    **dict.fromkeys(CODE.split(), PLAIN),
}
OTHERS = {"pdf": PDF, "zip": "application/zip", **OFFICE}
TYPES = {**PICTURES, **FILMS, **SOUNDS, **CAPTIONS, **TEXTS, **OTHERS}

STARTS: dict[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "video/webm": (b"\x1a\x45\xdf\xa3",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"\xff\xe3"),
    "audio/ogg": (b"OggS",),
    PDF: (b"%PDF-",),
    "application/zip": (b"PK\x03\x04", b"PK\x05\x06"),
    **dict.fromkeys(OFFICE.values(), (b"PK\x03\x04",)),
}
BOXES = {"image/webp": b"WEBP", "audio/wav": b"WAVE"}
BOM = b"\xef\xbb\xbf"


def ending(name: str) -> str:
    """`media/Prism.SVG` ends in `svg`."""
    return PurePosixPath(name).suffix[1:].lower()


class NotTaken(ValueError):
    """A file that is not taken in; the sentence says why."""


def unknown_kind(name: str) -> NotTaken:
    return NotTaken(
        say("“%(name)s” is not a kind of file that lessons use. To hand it out, put it in a zip.")
        % {"name": name}
    )


def promised(name: str) -> str | None:
    """The media type a name promises; None where such files are not taken in."""
    return TYPES.get(ending(name))


def type_of(head: bytes, name: str) -> str:
    """The media type of a file, from its first bytes and its name, which must agree.

    Raises:
        NotTaken: lessons do not use such files, or it is not what its name says.
    """
    kind = promised(name)
    if kind is None:
        raise unknown_kind(name)
    if not _looks_like(kind, head):
        raise NotTaken(
            say("“%(name)s” is not what its name says: its bytes are not those of a .%(ending)s.")
            % {"name": name, "ending": ending(name)}
        )
    return kind


def _looks_like(kind: str, head: bytes) -> bool:
    if kind in STARTS:
        return head.startswith(STARTS[kind])
    if kind in BOXES:
        return head[:4] == b"RIFF" and head[8:12] == BOXES[kind]
    if kind in ("video/mp4", "audio/mp4"):
        return head[4:8] == b"ftyp"
    if kind == VTT:
        return head.removeprefix(BOM).startswith(b"WEBVTT")
    return b"\x00" not in head and _is_utf8(head)


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as failure:
        return len(head) >= HEAD and failure.start > len(head) - 4  # a letter cut in two
    return True


def is_shown(kind: str) -> bool:
    """Whether a page shows it, or else it is handed out to keep: pictures, films, sound, PDF."""
    return kind.startswith(("image/", "video/", "audio/")) or kind == PDF


def is_picture(name: str) -> bool:
    return ending(name) in PICTURES
