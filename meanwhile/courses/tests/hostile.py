"""Packages made to do harm, and one good course to hide them in."""

import random
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
COURSE = b"---\nid: good\ntitle: Good\nunits:\n- one\n---\n"
UNIT = b"---\nid: one\ntitle: One\nlessons:\n- first\n---\n"
LESSON = b"---\nid: first\ntitle: First\n---\n\nWords.\n"
GOOD = {"course.md": COURSE, "one/unit.md": UNIT, "one/first.md": LESSON, "media/a.svg": SVG}
MARK = "escaped-from-the-package"


@dataclass
class Entry:
    """An entry of a zip; whatever is set differs from the truth."""

    name: bytes
    data: bytes = b"x"
    packing: int = 8
    flags: int = 0x800
    mode: int = 0o100644
    extra: bytes = b""
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    raw: bytes | None = None
    attributes: int | None = None


@dataclass
class Package:
    """A zip written by hand, so that every word of it can be a lie."""

    entries: list[Entry] = field(default_factory=list)
    before: bytes = b""
    after: bytes = b""
    comment: bytes = b""
    count: int | None = None
    directory_size: int | None = None
    directory_at: int | None = None

    def bytes(self) -> bytes:
        out, directory = bytearray(self.before), bytearray()
        for entry in self.entries:
            at = len(out) if entry.offset is None else entry.offset
            raw = entry.raw if entry.raw is not None else _packed(entry)
            facts = self._facts(entry, raw)
            local = entry.name if entry.local_name is None else entry.local_name
            head = (20, entry.flags, entry.packing, 0, 33, *facts)
            if entry.offset is None:
                out += struct.pack("<4s5H3L2H", b"PK\3\4", *head, len(local), 0) + local + raw
            mode = entry.mode << 16 if entry.attributes is None else entry.attributes
            sizes = (len(entry.name), len(entry.extra), 0, 0, 0, mode, at)
            directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 788, *head, *sizes)
            directory += entry.name + entry.extra
        end = struct.pack(
            "<4s4H2LH",
            b"PK\5\6",
            0,
            0,
            *[len(self.entries) if self.count is None else self.count] * 2,
            len(directory) if self.directory_size is None else self.directory_size,
            len(out) if self.directory_at is None else self.directory_at,
            len(self.comment),
        )
        return bytes(out + directory) + end + self.comment + self.after

    @staticmethod
    def _facts(entry: Entry, raw: bytes) -> tuple[int, int, int]:
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        packed = len(raw) if entry.packed is None else entry.packed
        return crc, packed, len(entry.data) if entry.size is None else entry.size


def _packed(entry: Entry) -> bytes:
    if entry.packing != 8:
        return entry.data
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(entry.data) + press.flush()


def good() -> list[Entry]:
    return [Entry(name.encode(), data) for name, data in GOOD.items()]


def package(*more: Entry, **lies: object) -> bytes:
    return Package([*good(), *more], **lies).bytes()  # type: ignore[arg-type]


def course(files: dict[str, bytes]) -> bytes:
    """The good course with other files, as an honest zip."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, data in (GOOD | files).items():
            target.writestr(name, data)
    return out.getvalue()


Case = tuple[str, bytes]
PATHS = [
    *["../", "../../", "media/../../", "/", "//", "///", "media/../", "./", "media/./", "media//"],
    *["..\\", "\\", "\\\\server\\share\\", "C:/", "C:\\", "c:", "media\\..\\..\\", "file:///"],
    *["/etc/cron.d/", "\\\\?\\C:\\", "//server/share/", "media/.. /", "media/... /", "media/ /"],
]
NAMES = [
    *["media/con", "media/NUL.txt", "media/com1.svg", "media/aux/a.txt", "media/lpt9"],
    *["media/a.", "media/a ", "media/ a", "media/a:b.txt", "media/a.txt::$DATA", "media/a|b.txt"],
    *["media/a\x00.txt", "media/a\n.txt", "media/a\x1b[2J.txt", "media/a\x7f.txt", "media/a\t.txt"],
    *["media/\u202etxt.exe", "media/a\u200b.txt", "\ufeffcourse.md", "media/a\u2028.txt"],
    *["media/" + "a" * 300 + ".txt", "a/" * 60 + "b.txt", "..", ".", "", "/", "//", "media/a?.txt"],
]


def paths() -> Iterator[Case]:
    for path in PATHS:
        yield f"path {path!r}", package(Entry(f"{path}{MARK}".encode()))
    for name in NAMES:
        yield f"name {name[:40]!r}", package(Entry(name.encode("utf-8", "surrogatepass")))
    yield "name not UTF-8, said to be", package(Entry(b"media/\xff\xfe.txt"))
    yield "name not UTF-8", package(Entry(b"media/\xff\xfe.txt", flags=0))
    yield "two names", package(Entry(b"media/a.txt", local_name=f"../{MARK}".encode()))
    unicode_path = b"\x01" + struct.pack("<L", zlib.crc32(b"media/b.txt")) + f"../{MARK}".encode()
    extra = struct.pack("<HH", 0x7075, len(unicode_path)) + unicode_path
    yield "second name beside", package(Entry(b"media/b.txt", extra=extra))
    yield "broken extra", package(Entry(b"media/b.txt", extra=b"\x75\x70\xff\xff"))


def clashes() -> Iterator[Case]:
    for one, other in [
        ("media/b.txt", "media/b.txt"),
        ("media/B.txt", "media/b.txt"),
        ("COURSE.md", "README.txt"),
        ("Media/b.txt", "media/c.txt"),
        ("media/é.txt", "media/" + unicodedata.normalize("NFD", "é") + ".txt"),
        ("media/ﬁ.txt", "media/fi.txt"),
        ("media/ß.txt", "media/SS.txt"),
        ("media/Å.txt", "media/Å.txt"),
        ("media/b", "media/b/c.txt"),
        ("media/ſ.txt", "media/s.txt"),
    ]:
        yield f"clash {one!r} {other!r}", package(Entry(one.encode()), Entry(other.encode()))


def modes() -> Iterator[Case]:
    for target in ("/etc/passwd", "../../../etc/passwd", "course.md", "."):
        link = Entry(b"media/link.svg", target.encode(), mode=stat.S_IFLNK | 0o777)
        yield f"symbolic link to {target}", package(link)
    folder = Entry(b"media/link", b"/tmp", mode=stat.S_IFLNK | 0o777)
    yield "link, then a file through it", package(folder, Entry(b"media/link/a.txt"))
    for name, kind in [
        ("character device", stat.S_IFCHR),
        ("block device", stat.S_IFBLK),
        ("pipe", stat.S_IFIFO),
        ("socket", stat.S_IFSOCK),
        ("whiteout", 0o160000),
        ("folder that is a file", stat.S_IFDIR),
    ]:
        yield name, package(Entry(b"media/dev.txt", mode=kind | 0o644))
    value = struct.pack("<LLHH", 0, 0, 0, 0) + b"/etc/passwd"
    hard = struct.pack("<HH", 0x000D, len(value)) + value
    yield "hard link", package(Entry(b"media/hard.txt", extra=hard))


def sizes() -> Iterator[Case]:
    zeros = b"0" * (60 * 2**20)
    bomb = Entry(b"media/bomb.txt", zeros)
    yield "bomb of one file", package(bomb)
    raw = _packed(bomb)
    many = [Entry(f"media/{n}.txt".encode(), b"", raw=raw, size=len(zeros)) for n in range(40)]
    yield "bomb of forty files", package(*many)
    small = _packed(Entry(b"", b"0" * 2**20))
    less = [Entry(f"media/{n}.txt".encode(), b"", raw=small, size=2**20) for n in range(3000)]
    yield "bomb of three thousand files", package(*less)
    yield "too many files", package(*[Entry(f"media/{n}.txt".encode(), b"") for n in range(5001)])
    for size in (0, 1, 3, 5, 2**31, 2**32 - 2):
        yield f"says {size} bytes", package(Entry(b"media/b.txt", b"four", size=size))
        yield f"stored, says {size}", package(Entry(b"media/b.txt", b"four", packing=0, size=size))
    for packed in (0, 1, 2**31):
        yield f"says packed in {packed}", package(Entry(b"media/b.txt", b"four", packed=packed))
    yield "wrong checksum", package(Entry(b"media/b.txt", b"four", crc=1))
    yield "broken stream", package(Entry(b"media/b.txt", b"four", raw=b"\xff\xff\xff\xff"))
    yield "two on one", package(Entry(b"media/b.txt", b"x"), Entry(b"media/c.txt", offset=0))
    quoted = [
        Entry(f"media/{n}.txt".encode(), b"", raw=small, size=2**20, offset=0) for n in range(99)
    ]
    yield "ninety-nine on one", package(*quoted)
    for offset in (1, 2**31, 2**32 - 2):
        yield f"lies at {offset}", package(Entry(b"media/b.txt", offset=offset))


def directories() -> Iterator[Case]:
    for count in (0, 1, 3, 5, 60_000, 65_535):
        yield f"says {count} entries", package(count=count)
    for size in (0, 1, 46, 10_000, 2**32 - 1):
        yield f"directory of {size}", package(directory_size=size)
        yield f"directory at {size}", package(directory_at=size)
    million = Package(good()).bytes()
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 788, 20, 0, 0, 0, 33, 0, 0, 0, 1, *[0] * 6) + b"a"
    start = million.index(b"PK\1\2")
    huge = entry * 1_000_000
    for name, said in (("a million entries", 65_535), ("a million entries, says four", 4)):
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, len(huge), start, 0)
        yield name, million[:start] + huge + end
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 10**6, 10**6, len(huge), start)
    place = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(huge), 1)
    full = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[2**32 - 1] * 2, 0)
    yield "a million entries, large zip", million[:start] + huge + end64 + place + full
    for flags in (0x1, 0x20, 0x41, 0x2001):
        yield f"locked {flags:#x}", package(Entry(b"media/b.txt", flags=flags | 0x800))
    for packing in (1, 6, 9, 12, 14, 93, 95, 98, 99):
        yield f"packing {packing}", package(Entry(b"media/b.txt", packing=packing))


def shapes() -> Iterator[Case]:
    plain = package()
    for name, before in [
        ("page", b"<html><script>alert(1)</script>"),
        ("program", b"MZ\x90\0" + bytes(60)),
        ("script", b"#!/bin/sh\nrm -rf ~\n"),
        ("picture", b"GIF89a" + bytes(20)),
        ("document", b"%PDF-1.7\n"),
    ]:
        yield f"{name} and zip in one", before + plain
        yield f"{name} and zip in one, places right", package(before=before)
    yield "something after it", plain + b"<script>alert(1)</script>"
    yield "a second zip after it", plain + package()
    yield "an end inside the comment", package(comment=b"PK\5\6" + bytes(18))
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield f"cut at {share}", plain[: int(len(plain) * share)]
    for name, data in [
        ("nothing", b""),
        ("two letters", b"PK"),
        ("an empty zip", b"PK\5\6" + bytes(18)),
        ("a tar", b"course.md" + bytes(1024)),
        ("gzip", b"\x1f\x8b\x08" + bytes(60)),
        ("noise", random.Random(7).randbytes(5000)),
    ]:
        yield name, data


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">%s</svg>'
DRAWINGS = {
    "script": "<script>alert(1)</script>",
    "script elsewhere": '<script x:href="https://evil.example/a.js"/>',
    "script of another prefix": '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>',
    "event": '<rect onload="alert(1)"/>',
    "event in capitals": '<rect ONCLICK="alert(1)"/>',
    "page inside": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>',
    "frame": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>',
    "picture elsewhere": '<image href="https://evil.example/a.png"/>',
    "picture elsewhere, old": '<image x:href="//evil.example/a.png"/>',
    "picture of this machine": '<image href="file:///etc/passwd"/>',
    "use elsewhere": '<use href="https://evil.example/a.svg#b"/>',
    "page as data": '<use href="data:text/html;base64,PHNjcmlwdD4="/>',
    "drawing as data": '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "link to a script": '<a href="javascript:alert(1)"><path/></a>',
    "link to a script, spaced": '<a href=" java&#10;script:alert(1)"><path/></a>',
    "link changed later": '<a><set attributeName="href" to="javascript:alert(1)"/></a>',
    "link changed, old": '<a><animate attributeName="x:href" values="javascript:alert(1)"/></a>',
    "style elsewhere": "<style>@import url(https://evil.example/a.css);</style>",
    "style with an escape": "<style>@\\69mport 'https://evil.example/a.css';</style>",
    "fill elsewhere": '<rect fill="url(https://evil.example/a.svg#b)"/>',
    "style that fetches": '<rect style="background:url( &quot;//evil.example/a&quot; )"/>',
    "style in parts": "<style>@imp<!-- -->ort 'https://evil.example';</style>",
    "handler": '<handler type="application/ecmascript">1</handler>',
    "base": '<g xml:base="https://evil.example/"><use href="#a"/></g>',
    "deep": "<g>" * 5000 + "</g>" * 5000,
    "not closed": "<g>",
}
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 12))
ENTITIES = {
    "laughs": f'<!DOCTYPE svg [<!ENTITY a "ha">{LAUGHS}]>',
    "file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "address": '<!DOCTYPE svg [<!ENTITY a SYSTEM "http://127.0.0.1:1/">]>',
    "parameter": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1:1/a.dtd"> %a;]>',
    "blow-up": '<!DOCTYPE svg [<!ENTITY a "%s">]>' % ("a" * 100_000),
}
FALSE = {
    "a.png": b"<html><script>1</script>",
    "a.jpg": b"MZ\x90\0",
    "a.gif": b"<?php system($_GET[0]);",
    "b.png": SVG,
    "a.webp": b"RIFF\0\0\0\0WAVE",
    "a.mp4": b"<html>",
    "a.webm": b"OggS",
    "a.mp3": b"<svg/>",
    "a.pdf": b"<html>%PDF-",
    "a.zip": b"<html>",
    "a.vtt": b"<html>",
    "a.txt": b"\0binary",
    "a.docx": b"{\\rtf1",
    "a.html": b"<script>1</script>",
    "a.js": b"alert(1)",
    "a.xml": b"<a/>",
    "a.exe": b"MZ",
    "a.jar": b"PK\3\4",
    "a.svgz": b"\x1f\x8b",
    "a.swf": b"FWS",
    "a.xhtml": b"<html/>",
    "a": b"nothing said",
    "c.svg": b"\x1f\x8b\x08\0",
    "d.svg": b"<html><svg/></html>",
    "e.svg": b'<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/a.css"?><svg/>',
    "f.svg": '<svg onload="1"/>'.encode("utf-16"),
    "g.svg": b'<?xml version="1.0" encoding="utf-7"?>+ADw-svg/+AD4-',
}


def contents() -> Iterator[Case]:
    for name, inside in DRAWINGS.items():
        yield f"drawing: {name}", course({"media/a.svg": (DRAWING % inside).encode()})
    for name, doctype in ENTITIES.items():
        words = (doctype + DRAWING % "<text>&a11;&a;</text>").encode()
        yield f"drawing: entities, {name}", course({"media/a.svg": words})
    for name, data in FALSE.items():
        yield f"not what it says: {name}", course({f"media/{name}": data})


ALIASES = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
FRONTS = {
    "aliases that grow": ALIASES,
    "an alias to itself": "title: &a [*a]\n",
    "an object of Python": "title: !!python/object/apply:os.system ['touch /tmp/x']\n",
    "another tag": "title: !evil x\n",
    "a directive": "%TAG ! tag:evil.example,2026:\n",
    "deep lists": "title: " + "[" * 20_000 + "\n",
    "deep keys": "\n".join(" " * n + "a:" for n in range(2000)) + "\n",
    "a long text": "title: " + "a" * 1_000_000 + "\n",
    "a control sign": 'title: "\\0"\n',
    "half a sign": 'title: "\\ud800"\n',
    "a raw control sign": "title: a\x07b\n",
    "a number without end": "hours_per_week: " + "9" * 5000 + "\n",
    "not a number": "hours_per_week: .nan\n",
    "endless": "hours_per_week: .inf\n",
    "a second document": "title: a\n--- b\n",
    "merged keys": "<<: {title: a}\n",
    "a key that is a list": "? [a]\n: b\n",
    "a way out": "units:\n- ../../etc\n",
    "a tab": "\ttitle: a\n",
}
LESSONS = {
    "more than 2 MB": random.Random(1).randbytes(1_200_000).hex(),
    "not closed": "::: choice {#a}\n",
    "a script for an id": "<!-- id: <script> -->\n\nWords.\n",
    "a picture elsewhere": "![a](https://evil.example/a.png)\n",
    "a picture outside": "![a](media/../../etc/passwd)\n",
    "a script for a link": "[a](javascript:alert(1))\n",
    "data for a link": "[a](data:text/html,<script>1</script>)\n",
    "a file for a link": "[a](file:///etc/passwd)\n",
    "aliases in a question": f"::: choice {{#a}}\n{ALIASES}---\nWhich?\n:::\n",
}


def texts() -> Iterator[Case]:
    for name, front in FRONTS.items():
        there = b"units:\n- one\n" if front.startswith("units:") else b"title: Good\n"
        words = COURSE.replace(there, front.encode(), 1)
        yield f"keys: {name}", course({"course.md": words})
    for name, body in LESSONS.items():
        yield f"lesson: {name}", course({"one/first.md": LESSON + b"\n" + body.encode()})
    yield "lesson not UTF-8", course({"one/first.md": LESSON + b"\xff\xfe"})
    yield "no course", course({"course.md": b""})


def refused() -> list[Case]:
    """What must be refused, whole."""
    made = [paths, clashes, modes, sizes, directories, shapes, contents, texts]
    return [case for make in made for case in make()]


def harmless() -> list[Case]:
    """What looks hostile, but is only data: taken in, and never opened."""
    inner = BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as target:
        target.writestr(f"../../{MARK}", bytes(2**20))
    deep = ">" * 3000 + " a\n\n" + "- " * 500 + "b\n\n" + "[" * 5000 + "\n\n" + "*a **b " * 2000
    return [
        ("a zip inside", course({"media/inner.zip": inner.getvalue()})),
        ("hidden files", course({".git/config": b"x", "__MACOSX/._a": b"x", ".DS_Store": b"\0"})),
        ("files that are no course", course({"run.sh": b"rm -rf ~", "index.html": b"<script>"})),
        ("raw HTML", course({"one/first.md": LESSON + b"\n<script>alert(1)</script>\n"})),
        ("deep Markdown", course({"one/first.md": LESSON + b"\n" + deep.encode()})),
        ("program text", course({"media/a.py": b"import os; os.system('x')"})),
    ]


def flipped(times: int) -> Iterator[Case]:
    """A good package with some bytes changed at random: refused or taken, never a crash."""
    plain = package()
    for seed in range(times):
        chance, data = random.Random(seed), bytearray(plain)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield f"bytes changed {seed}", bytes(data)
