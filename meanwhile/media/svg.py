"""Whether an SVG only draws.

SVG is a document that can run scripts, load other pages and expand entities without end. One that
does anything but draw is refused, with the reason; the courses' files are also served in a
sandbox of their own, so this is the first of two walls.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from django.utils.translation import gettext as say

MOST_BYTES = 20 * 2**20
DEEPEST = 200
RUNS = frozenset(
    [
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "handler",
        "listener",
        "link",
        "meta",
        "base",
        "html",
        "body",
        "form",
        "input",
        "button",
        "textarea",
        "applet",
        "frame",
        "frameset",
    ]
)
REFERENCES = frozenset({"href", "src", "data", "from", "to", "values", "by", "base"})
INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
ANCHOR = re.compile(r"(?:https?:|mailto:|#|$)", re.IGNORECASE)
URL = re.compile(r"url\(\s*['\"]?\s*(?!['\"#]|data:image/(?:png|jpeg|gif|webp|svg))", re.IGNORECASE)
STYLE = re.compile(
    r"@import|expression\s*\(|javascript:|-moz-binding|behavior\s*:|image-set\s*\(", re.IGNORECASE
)
UNSEEN = re.compile(r"[\x00-\x20]+")
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6}\s?|.)")


class Unsafe(ValueError):
    """Why an SVG is refused, in a sentence."""


class _Reader:
    """Goes through an SVG once and stops at the first thing that does more than draw."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction
        self.path: list[str] = []
        self.style: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2].lower()
        if not self.path and tag != "svg":
            raise Unsafe(say("its outermost element is not <svg>"))
        if tag in RUNS or name.startswith("http://www.w3.org/1999/xhtml"):
            raise Unsafe(say("it holds a <%(tag)s>, which does more than draw") % {"tag": tag})
        self.path.append(tag)
        if len(self.path) > DEEPEST:
            raise Unsafe(say("its elements are nested too deep"))
        for key, value in attributes.items():
            self.attribute(tag, key.rpartition(" ")[2].lower(), value)

    def attribute(self, tag: str, key: str, value: str) -> None:
        value = UNSEEN.sub("", value) if key in REFERENCES else value
        if key.startswith("on"):
            raise Unsafe(say("it reacts to events (%(key)s)") % {"key": key})
        if key == "attributename" and value.strip().lower().rpartition(":")[2] in ("href",):
            raise Unsafe(say("it changes a link while it is shown"))
        if key in ("href", "src", "data", "base") and not _may_point(tag, value):
            raise Unsafe(say("it loads something from outside (%(value)s)") % {"value": value[:60]})
        if key in ("from", "to", "values", "by") and "script:" in value.lower():
            raise Unsafe(say("it holds a script address"))
        _style(value)

    def end(self, name: str) -> None:
        if self.path.pop() == "style":
            _style("".join(self.style))
            self.style.clear()

    def text(self, words: str) -> None:
        if self.path and self.path[-1] == "style":
            self.style.append(words)

    def entity(self, *_: object) -> None:
        raise Unsafe(say("it declares XML entities"))

    def instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise Unsafe(say("it loads a style sheet from outside"))


def _may_point(tag: str, value: str) -> bool:
    if not value:
        return True
    return bool((ANCHOR if tag == "a" else INSIDE).match(value))


def _style(words: str) -> None:
    plain = ESCAPE.sub(_unescaped, words) if "\\" in words else words
    for each in (words, plain):
        if URL.search(each) or STYLE.search(each):
            raise Unsafe(say("its style loads something from outside"))


def _unescaped(found: re.Match[str]) -> str:
    """A CSS escape as the letter it stands for."""
    code = found[1].strip()
    try:
        return chr(int(code, 16)) if len(code) > 1 or code in "0123456789abcdefABCDEF" else code
    except (ValueError, OverflowError):
        return code


def check_svg(chunks: Iterable[bytes]) -> None:
    """Read an SVG through.

    Raises:
        Unsafe: it does more than draw, is not well-formed, or is too large.
    """
    reader, size = _Reader(), 0
    try:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise Unsafe(say("it is larger than 20 MB"))
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unsafe(
            say("it is not well-formed XML (line %(line)d)") % {"line": error.lineno}
        ) from None
    except (ValueError, LookupError) as error:
        raise error if isinstance(error, Unsafe) else Unsafe(say("it is not UTF-8")) from None


def svg_problems(data: bytes) -> list[str]:
    """What a drawing does besides drawing, as sentences; the first is enough to refuse it."""
    try:
        check_svg([data])
    except Unsafe as problem:
        return [str(problem)]
    return []
