"""A zip, read without trusting a word of it.

Nothing is ever unpacked to a path: entries are streamed, one by one, to whoever asks for them by
name. Before the standard library's reader sees the file, the directory at its end is walked by
hand, so that a directory of a million entries costs nothing, and every entry's place, size, mode
and name is held against the rest.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from django.utils.translation import gettext as say

from meanwhile.courses.files.listing import CHUNK, MOST_BYTES, MOST_FILES, Listing, checked
from meanwhile.courses.files.paths import is_hidden, tidy, whats_wrong
from meanwhile.courses.source import FileSource, Refused, Remark

END = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s4B4HL2L5H2L")
LOCAL = struct.Struct("<4s2B4HL2L2H")
ENTRIES = MOST_FILES * 2  # folders have entries too
DIRECTORY = ENTRIES * 400
RATIO, FREE = 200, 2**20
"""One entry may unpack to 200 times its size; the first megabyte is not counted."""
ALL_RATIO, ALL_FREE = 100, 50 * 2**20
ENCRYPTED = 0x1 | 0x20 | 0x40 | 0x2000
UTF8 = 0x800
UNIX_LINK, UNICODE_PATH = 0x000D, 0x7075
KINDS = {0: "file", 0o100000: "file", 0o040000: "folder", 0o120000: "link"}
EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class End:
    """The record at the end of a zip: where the directory is and what it says it holds."""

    at: int
    entries: int
    size: int
    start: int


def _refuse(says: str, path: str = "") -> Refused:
    return Refused([Remark(path, 0, says)])


def list_zip(file: BinaryIO) -> Listing:
    """The files of a zip, each checked and read through once. Keep `file` open until what is in
    the listing has been read.

    Raises:
        Refused: it is not a zip, or anything about it is not in order.
    """
    end = _end(file)
    _walk_directory(file, end)
    try:
        package = zipfile.ZipFile(file)
        infos = package.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise _broken() from error
    listing = _listing(package, infos)
    _no_overlap(file, infos, end)
    _sizes(infos, end.at)
    checked(listing)
    for each in listing.files.values():
        _read_through(each)
    return listing


def _broken(path: str = "") -> Refused:
    return _refuse(say("This is not a zip that can be read; it may be damaged."), path)


def _end(file: BinaryIO) -> End:
    """Find the end record: at the very end, with nothing before or after the zip itself."""
    length = file.seek(0, 2)
    file.seek(0)
    start = file.read(4)
    tail_at = max(0, length - END.size - 0xFFFF)
    file.seek(tail_at)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < END.size or start not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise _broken()
    _, disk, first_disk, here, entries, size, offset, comment = END.unpack_from(tail, found)
    at = tail_at + found
    if at + END.size + comment != length or disk or first_disk or here != entries:
        raise _broken()
    if 0xFFFF in (entries, here) or 0xFFFFFFFF in (size, offset):
        raise _refuse(say("It holds more than %(most)d files.") % {"most": MOST_FILES})
    if offset + size != at:
        raise _broken()
    return End(at, entries, size, offset)


def _walk_directory(file: BinaryIO, end: End) -> None:
    """Count the directory's entries by walking them: what the end record says may be a lie."""
    if end.entries > ENTRIES or end.size > DIRECTORY:
        raise _refuse(say("It holds more than %(most)d files.") % {"most": MOST_FILES})
    file.seek(end.start)
    directory = file.read(end.size)
    at = count = 0
    while at < len(directory):
        if directory[at : at + 4] != b"PK\x01\x02" or at + ENTRY.size > len(directory):
            raise _broken()
        fields = ENTRY.unpack_from(directory, at)
        name, extra, comment, disk = fields[12], fields[13], fields[14], fields[15]
        if disk or at + ENTRY.size + name + extra + comment > len(directory):
            raise _broken()
        at += ENTRY.size + name + extra + comment
        count += 1
    if count != end.entries:
        raise _broken()


def _listing(package: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Listing:
    listing, wrong, seen = Listing(), [], set()
    for info in infos:
        path = _name(info)
        kind = _kind(info, path)
        if path in seen:
            wrong.append(Remark(path, 0, say("The package names it twice.")))
        seen.add(path)
        if kind == "folder" or is_hidden(path):
            wrong += [Remark(path, 0, says)] if (says := whats_wrong(path.rstrip("/"))) else []
        elif kind == "link":
            listing.odd.append(Remark(path, 0, say("It is a link, not a file.")))
        else:
            opened = partial(_open, package, info, path)
            listing.files[path] = FileSource(path, info.file_size, opened)
    if wrong:
        raise Refused(wrong)
    return listing


def _name(info: zipfile.ZipInfo) -> str:
    """The path of an entry, as it is written in the package and not as a system would mend it."""
    name = info.orig_filename
    if not info.flag_bits & UTF8 and not name.isascii():
        try:  # many programs write UTF-8 and forget to say so
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            raise _refuse(say("A name is not UTF-8."), name) from None
    if says := whats_wrong(name.rstrip("/") if name != "/" else name):
        raise _refuse(says, name)
    return tidy(name)


def _kind(info: zipfile.ZipInfo, path: str) -> str:
    """file, folder or link.

    Raises:
        Refused: a device, an encrypted entry, another packing, a second name or a hard link.
    """
    kind = KINDS.get((info.external_attr >> 16) & 0o170000, "")
    if path.endswith("/") or kind == "folder":
        kind = "folder" if path.endswith("/") and kind != "link" else ""
    if not kind:
        raise _refuse(say("It is a device or something else that is not a file."), path)
    if info.flag_bits & ENCRYPTED:
        raise _refuse(say("It is locked with a password. Pack it without one."), path)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refuse(say("It is packed in an unusual way. Use a plain zip."), path)
    for tag, value in _extras(info.extra, path):
        if tag == UNIX_LINK and len(value) > 12:
            raise _refuse(say("It is a link, not a file."), path)
        if tag == UNICODE_PATH and value[5:].decode("utf-8", "replace") != info.orig_filename:
            raise _refuse(say("It has two names."), path)
    return kind


def _extras(extra: bytes, path: str) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if at + 4 + size > len(extra):
            raise _broken(path)
        yield tag, extra[at + 4 : at + 4 + size]
        at += 4 + size


def _no_overlap(file: BinaryIO, infos: list[zipfile.ZipInfo], end: End) -> None:
    """Every entry lies in a place of its own, and its own header says what the directory says."""
    free_from = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < free_from:
            raise _refuse(say("Two files of the package lie on one another."), info.filename)
        file.seek(info.header_offset)
        header = file.read(LOCAL.size)
        if len(header) < LOCAL.size or header[:4] != b"PK\x03\x04":
            raise _broken(info.filename)
        fields = LOCAL.unpack(header)
        flags, packing, name, extra = fields[3], fields[4], fields[10], fields[11]
        same = flags & (ENCRYPTED | UTF8) == info.flag_bits & (ENCRYPTED | UTF8)
        encoding = "utf-8" if info.flag_bits & UTF8 else "cp437"
        if (
            not same
            or packing != info.compress_type
            or file.read(name) != (info.orig_filename.encode(encoding, "replace"))
        ):
            raise _refuse(say("The package says two different things of it."), info.filename)
        free_from = info.header_offset + LOCAL.size + name + extra + info.compress_size
    if free_from > end.start:
        raise _refuse(say("Two files of the package lie on one another."))


def _sizes(infos: list[zipfile.ZipInfo], packed: int) -> None:
    for info in infos:
        if info.file_size > FREE + RATIO * info.compress_size:
            raise _refuse(say("It unpacks to far more than it is packed in."), info.filename)
        if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
            raise _refuse(say("The package lies about its size."), info.filename)
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        raise _refuse(say("It holds more than 2 GB."))
    if total > ALL_FREE + ALL_RATIO * packed:
        raise _refuse(say("It unpacks to far more than it is packed in."))


def _open(package: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> BinaryIO:
    try:
        return cast(BinaryIO, package.open(info))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise _broken(path) from error


def _read_through(file: FileSource) -> None:
    """Unpack an entry once into nothing: its size and its checksum are as they say."""
    size = 0
    try:
        with file.open() as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _broken(file.path) from error
    if size != file.size:
        raise _refuse(say("The package lies about its size."), file.path)


PACKED = frozenset(
    ["png", "jpg", "jpeg", "webp", "gif", "mp4", "webm", "mp3", "m4a", "ogg", "zip", "docx", "xlsx"]
)


def write_package(files: dict[str, FileSource], target: BinaryIO, top: str) -> None:
    """Write files into a zip below one folder, the same bytes every time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path, file in files.items():
            info = zipfile.ZipInfo(f"{top}/{path}", EARLIEST)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            packed = path.rpartition(".")[2].lower() in PACKED
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.file_size = file.size
            with file.open() as source, package.open(info, "w") as entry:
                while chunk := source.read(CHUNK):
                    entry.write(chunk)
