"""Links and pictures of a page, turned to lessons and files of the course."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext as say

from meanwhile.courses.files.paths import slug
from meanwhile.interop.carpentries.media import Media, NotThere
from meanwhile.interop.carpentries.words import Holes, values
from meanwhile.media import types

TEXT = r"((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)"
TARGET = r"\(\s*(<[^<>\n]*>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*)"
TITLE = r"(?:\s+(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'))?\s*\)"
ATTRIBUTES = r"(?:[ \t]*\{:?((?:[^{}\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*)\})?"
PICTURE = re.compile(rf"!\[{TEXT}\]{TARGET}{TITLE}{ATTRIBUTES}", re.DOTALL)
LINK = re.compile(rf"(?<![!\\])\[{TEXT}\]{TARGET}{TITLE}{ATTRIBUTES}", re.DOTALL)
AUTOLINK = re.compile(r"<((?:ftp|file|git|ssh|javascript|data):[^<>\s]*)>", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
EMPTY = re.compile(r"(?<![\ue001\n])\n{3,}")
TO_LESSON = re.compile(r"\(lesson:([a-z0-9-]+)#([^)\s]*)\)")
SPECIAL = re.compile(r"([\\\[\]*_`<>$&~!])")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

Remark = Callable[[int, str], None]


@dataclass
class Here:
    """A page: its folder, its id, and the pages and files there are."""

    folder: str
    uid: str
    pages: dict[str, str]
    media: Media
    remark: Remark
    figures: int = 0


def turned(text: str, here: Here, line: int) -> str:
    """The text with its pictures and links turned. `line` is where it begins in its file."""
    holes = Holes(text)
    made = PICTURE.sub(lambda found: _picture(found, here, holes, line), holes.text)
    made = LINK.sub(lambda found: _link(found, here, line), made)
    made = AUTOLINK.sub(r"\1", made)
    return holes.filled(EMPTY.sub("\n\n", made))


def _line(found: re.Match[str], first: int) -> int:
    return first + found.string.count("\n", 0, found.start())


def _bare(words: str) -> str:
    return " ".join(ESCAPED.sub(r"\1", unescape(words)).split())


def _picture(found: re.Match[str], here: Here, holes: Holes, first: int) -> str:
    caption = _bare(holes.filled(found[1])).replace("`", "")
    target = found[2].strip("<>")
    title = _bare(found[3][1:-1]) if found[3] else ""
    given = values(found[4] or "")
    said = _bare(given.get("alt", ""))
    line = _line(found, first)
    here.figures += 1
    if OUTSIDE.match(target):
        says = say("The picture “%(at)s” is on another site; it became a link.")
        here.remark(line, says % {"at": target})
        return f"[{_safe(said or caption or title or target)}]({target})"
    address = _address(target, here, line)
    words = said or caption or title
    if not address:
        return f"*{_safe(words)}*" if words else ""
    if "alt" in given and not said and not caption:
        return f'![]({address} "decorative")'
    if not words:
        words = _name_in_words(target)
        here.remark(
            line, say("The picture “%(at)s” has no description; write one.") % {"at": target}
        )
    shown = next((each for each in (caption, title) if each and each != words), "")
    named = ' "' + shown.replace("\\", "").replace('"', "”") + '"' if shown else ""
    return f"![{_safe(words)}]({address}{named})"


def _safe(words: str) -> str:
    return SPECIAL.sub(r"\\\1", words)


def _name_in_words(target: str) -> str:
    stem = target.rpartition("/")[2].rpartition(".")[0]
    return " ".join(re.split(r"[-_ ]+", stem)).strip() or "?"


def _address(target: str, here: Here, line: int) -> str:
    """A file's address in the course; empty, with a remark, where it cannot be had."""
    try:
        address, says = here.media.take(target, here.folder)
    except NotThere:
        here.remark(line, say("There is no file “%(at)s”.") % {"at": target})
        return ""
    except types.NotTaken as refused:
        here.remark(line, say("The file “%(at)s” was left out.") % {"at": target} + f" {refused}")
        return ""
    if says:
        here.remark(line, f"“{target}”: {says}")
    return address


def _link(found: re.Match[str], here: Here, first: int) -> str:
    words, target = found[1], found[2].strip("<>")
    if target.startswith("media/") and any(f.startswith("media/") for f in here.media.taken):
        return found[0]
    address = _target(target, here, _line(found, first))
    return f"[{words}]({address})" if address else words


def _target(target: str, here: Here, line: int) -> str:
    """Where a link leads in the course; empty where it leads nowhere."""
    if OUTSIDE.match(target):
        return target
    path, _, anchor = target.partition("#")
    if not path:
        return f"lesson:{here.uid}#{anchor}" if anchor and here.uid else ""
    page = _page(path, here)
    if page:
        return f"lesson:{page}" + (f"#{anchor}" if anchor else "")
    if re.match(r"[\w-]+\.(?:org|com|io|net|edu|ac\.uk)(?:/|$)", path):
        return f"https://{target}"
    if here.media.find(path, here.folder) is not None:
        return _address(path, here, line)
    says = say("The link to “%(at)s” leads to nothing in the course; its words were kept.")
    here.remark(line, says % {"at": target})
    return ""


def _page(path: str, here: Here) -> str:
    bare = re.sub(r"/(?:index\.html?)?$", "", path)
    stem, dot, ending = bare.rpartition("/")[2].rpartition(".")
    if dot and ending.lower() not in ("md", "html", "htm", "rmd"):
        return ""
    return here.pages.get((stem if dot else ending).lower(), "")


def with_places(text: str, blocks: dict[str, set[str]]) -> str:
    """Links to a heading of a lesson: to the block it begins, else to the lesson."""
    if "lesson:" not in text:
        return text
    return TO_LESSON.sub(lambda found: _place(found, blocks), text)


def _place(found: re.Match[str], blocks: dict[str, set[str]]) -> str:
    there = blocks.get(found[1], set())
    for name in (found[2], slug(found[2].replace("-", " "))):
        if name in there:
            return f"(lesson:{found[1]}#{name})"
    return f"(lesson:{found[1]})"
