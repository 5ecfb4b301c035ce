"""What a file of a course may be called.

The names are only ever keys: nothing is written to a path that a package names. They are checked
all the same, so that an export unpacks safely on every system, and so that two files that some
systems take for one are never both taken in.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from django.utils.translation import gettext as say

from meanwhile.courses.source import Remark

LONGEST = 200
DEEPEST = 12
DRIVE = re.compile(r"[A-Za-z]:")
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
ODD_SIGNS = frozenset('<>:"|?*')
UID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_UID = 60


def tidy(path: str) -> str:
    """The one spelling of a name: composed letters (a Mac writes é as two signs)."""
    return unicodedata.normalize("NFC", path)


def whats_wrong(path: str) -> str:
    """Why a path is refused, in a sentence; empty where nothing is wrong."""
    if not path or len(path) > LONGEST:
        return say("A path has 1 to %(most)d signs.") % {"most": LONGEST}
    if "\\" in path or path.startswith("/") or DRIVE.match(path):
        return say("A path goes down from the course's folder, with “/” between the names.")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in path):
        return say("A name holds signs that cannot be seen.")
    parts = path.split("/")
    if len(parts) > DEEPEST:
        return say("Folders are at most %(most)d deep.") % {"most": DEEPEST}
    return next((wrong for wrong in map(_wrong_part, parts) if wrong), "")


def _wrong_part(part: str) -> str:
    if part in ("", ".", ".."):
        return say("A path may not hold “..”, “.” or an empty name.")
    if part != part.strip() or part.endswith("."):
        return say("A name may not begin or end with a space, nor end with a full stop.")
    if ODD_SIGNS & set(part):
        return say("A name may not hold any of %(signs)s.") % {"signs": '< > : " | ? *'}
    if part.split(".")[0].strip().lower() in DEVICES:
        return say("“%(part)s” is the name of a device on some systems.") % {"part": part}
    return ""


def clashes(paths: Iterable[str]) -> Iterator[Remark]:
    """Names that some systems take for one: twice, in other capitals, as a file and a folder."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = folded(path)
        if key in seen:
            yield Remark(
                path,
                0,
                say("It has the same name as “%(other)s” on some systems.") % {"other": seen[key]},
            )
        seen[key] = path
        parts = path.split("/")[:-1]
        for depth in range(len(parts)):
            folder = "/".join(parts[: depth + 1])
            if folders.setdefault(folded(folder), folder) != folder:
                yield Remark(
                    path,
                    0,
                    say("Its folder is also written “%(other)s”.")
                    % {"other": folders[folded(folder)]},
                )
                break
    for key in seen.keys() & folders.keys():
        yield Remark(seen[key], 0, say("It is a file and a folder at once."))


def folded(path: str) -> str:
    return unicodedata.normalize("NFKC", tidy(path).casefold())


def is_hidden(path: str) -> bool:
    """What systems and tools leave behind: `.git/…`, `__MACOSX/…`, `Thumbs.db`."""
    parts = path.split("/")
    return any(part.startswith(".") or part == "__MACOSX" for part in parts) or parts[-1] in (
        "Thumbs.db",
        "desktop.ini",
    )


def is_uid(text: str) -> bool:
    return len(text) <= LONGEST_UID and bool(UID.fullmatch(text))


def slug(text: str, fallback: str = "") -> str:
    """An id made of a title: `What's the *Rule*?` gives `whats-the-rule`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word
        if len(longer) > 48:
            break
        made = longer
    return made or "".join(words)[:48] or fallback


def free(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`…: the first that is not taken."""
    used = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    return name


def as_path(address: str) -> str:
    """The file that a link in Markdown means: `media/a%20b.svg#top` is `media/a b.svg`."""
    return tidy(unquote(address.split("#")[0].split("?")[0]))
