"""A folder on this machine, listed without following anything out of it."""

import os
import shutil
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as say

from meanwhile.courses.files.listing import MOST_FILES, Listing, checked
from meanwhile.courses.files.paths import is_hidden, tidy
from meanwhile.courses.source import FileSource, Refused, Remark

LEFT_OUT = frozenset({"node_modules", "renv"})
WALKED = 20 * MOST_FILES


def list_folder(folder: Path) -> Listing:
    """The files of a folder. Links are listed as odd and never opened.

    Raises:
        Refused: there is no such folder, or what it holds is not in order.
    """
    if not folder.is_dir():
        raise Refused([Remark(str(folder), 0, say("There is no such folder."))])
    listing = Listing()
    for path, entry in _walk(folder):
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            says = say("It is a link or a device, not a file. Put the file itself here.")
            listing.odd.append(Remark(path, 0, says))
        elif path in listing.files:
            raise Refused([Remark(path, 0, say("There are two files of this name."))])
        else:
            opened = partial(_open, Path(entry.path))
            listing.files[path] = FileSource(path, status.st_size, opened)
    return checked(listing)


def _walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files, sorted, without what systems and tools leave behind."""
    waiting, walked = [(folder, "")], 0
    while waiting:
        here, prefix = waiting.pop()
        for entry in sorted(os.scandir(here), key=lambda found: found.name):
            path = tidy(prefix + os.fsencode(entry.name).decode("utf-8", "replace"))
            walked += 1
            if walked > WALKED:
                raise Refused([Remark("", 0, say("This folder holds too many files."))])
            if is_hidden(entry.name) or entry.name in LEFT_OUT:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), f"{path}/"))
            else:
                yield path, entry


def _open(path: Path) -> BinaryIO:
    """Open a file, but not a link that took its place since it was listed."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


def write_files(files: dict[str, FileSource], folder: Path) -> None:
    """Write files below a folder that is empty or not there yet.

    Raises:
        FileExistsError: there is something in it already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    for path, file in files.items():
        place = folder.joinpath(*path.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        with file.open() as source, place.open("xb") as target:
            shutil.copyfileobj(source, target)
