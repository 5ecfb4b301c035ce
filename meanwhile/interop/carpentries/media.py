"""Figures and data of a lesson repository, found where a page points and taken into media/."""

import re
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import quote, unquote
from xml.etree import ElementTree

from django.utils.translation import gettext as say

from meanwhile.courses.files.paths import folded, tidy
from meanwhile.courses.files.reading import check_media
from meanwhile.courses.source import FileSource
from meanwhile.media import types

MOST_SVG = 20 * 2**20
ALIKE = ("png", "jpg", "gif", "webp", "svg")
SVG_OUT = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})


class NotThere(LookupError):
    """A page points to a file that is not in the repository."""


class Media:
    """The files that pages point to, each taken in once under a short name."""

    def __init__(self, files: dict[str, FileSource]) -> None:
        self.files = files
        self.taken: dict[str, FileSource] = {}
        self.names: dict[str, str] = {}  # path in the repository -> path in the course

    def find(self, target: str, folder: str) -> str | None:
        """The file a page in `folder` means by `../fig/a.png`; None where there is none."""
        path = tidy(unquote(target.split("#")[0].split("?")[0]))
        bare = re.sub(r"^(?:\.{0,2}/)+", "", path)
        tries = [_joined(folder, path), bare, f"{folder}/{bare}", f"episodes/{bare}"]
        tries += [f"episodes/fig/{PurePosixPath(bare).name}", f"fig/{PurePosixPath(bare).name}"]
        return next((each for each in tries if each in self.files), None)

    def take(self, target: str, folder: str) -> tuple[str, str]:
        """The address of a file in the course, and what had to be done to it, in a sentence.

        Raises:
            NotThere: there is no such file.
            NotTaken: courses do not use such files.
        """
        path = self.find(target, folder)
        if path is None:
            raise NotThere(target)
        if path in self.names:
            return quote(self.names[path]), ""
        file, says = _usable(replace(self.files[path], path=self._name(path)))
        self.names[path] = file.path
        self.taken[file.path] = file
        return quote(file.path), says

    def _name(self, path: str) -> str:
        pure = PurePosixPath(path)
        name = re.sub(r"[^\w.+-]+", "-", pure.name).strip("-. ")
        used = {folded(each) for each in self.taken}
        tries = [f"media/{name}", f"media/{pure.parent.name}-{name}"]
        tries += [f"media/{n}-{name}" for n in range(2, 1000)]
        return next(each for each in tries if folded(each) not in used)


def _joined(folder: str, path: str) -> str:
    parts: list[str] = [] if path.startswith("/") else [p for p in folder.split("/") if p != "."]
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _usable(file: FileSource) -> tuple[FileSource, str]:
    """The file as a course may hold it: its true ending, a drawing that only draws."""
    try:
        check_media(file)
    except types.NotTaken as refused:
        mended = _cleaned(file) if types.ending(file.path) == "svg" else _renamed(file)
        if mended is None:
            raise refused
        return mended
    return file, ""


def _renamed(file: FileSource) -> tuple[FileSource, str] | None:
    stem = file.path.rpartition(".")[0] or file.path
    for ending in ALIKE if types.is_picture(file.path) else ():
        other = replace(file, path=f"{stem}.{ending}")
        try:
            check_media(other)
        except types.NotTaken:
            continue
        return other, say("It is a .%(ending)s by its contents and was renamed.") % {
            "ending": ending
        }
    return None


def _cleaned(file: FileSource) -> tuple[FileSource, str] | None:
    """A drawing without the parts that do more than draw."""
    with file.open() as stream:
        data = stream.read(MOST_SVG + 1)
    if len(data) > MOST_SVG or b"<!ENTITY" in data:
        return None
    try:
        root = ElementTree.fromstring(data)  # no entities in it: see above
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    _prune(root)
    clean = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    made = FileSource(file.path, len(clean), partial(BytesIO, clean))
    try:
        check_media(made)
    except types.NotTaken:
        return None
    return made, say("Parts of this drawing did more than draw; they were left out.")


def _prune(element: ElementTree.Element) -> None:
    for child in list(element):
        name = str(child.tag).rpartition("}")[2].lower()
        if name in SVG_OUT or "www.w3.org/1999/xhtml" in str(child.tag):
            element.remove(child)
        else:
            _prune(child)
    for key in list(element.attrib):
        name, value = key.rpartition("}")[2].lower(), element.attrib[key]
        outside = name in ("href", "src") and not value.startswith(("#", "data:image/"))
        if name.startswith("on") or outside or "url(http" in value.replace(" ", ""):
            del element.attrib[key]
