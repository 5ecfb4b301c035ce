"""What a folder or a package holds, before anybody asks what it means."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as say

from meanwhile.courses.files.paths import clashes, whats_wrong
from meanwhile.courses.source import FileSource, Refused, Remark

MOST_FILES = 5_000
MOST_BYTES = 2 * 2**30
MOST_TEXT = 2 * 2**20
CHUNK = 1 << 18


@dataclass
class Listing:
    """The files by path, and the links and devices, which are never opened."""

    files: dict[str, FileSource] = field(default_factory=dict)
    odd: list[Remark] = field(default_factory=list)

    def below_top(self, marker: str) -> "Listing":
        """Without the one folder that everything lies in, where `marker` lies there too."""
        tops = {path.split("/")[0] for path in self.files}
        if marker in self.files or len(tops) != 1:
            return self
        top = f"{tops.pop()}/"
        files = {path.removeprefix(top): file for path, file in self.files.items()}
        return Listing(files, self.odd) if all(p.startswith(top) for p in self.files) else self


def checked(listing: Listing) -> Listing:
    """The same listing, once names and sizes are in order.

    Raises:
        Refused: a path that leads elsewhere, names that are one on some systems, too much of it.
    """
    wrong = [Remark(p, 0, says) for p in listing.files if (says := whats_wrong(p))]
    wrong += [] if wrong else clashes(listing.files)
    wrong += _too_much(listing)
    if wrong:
        raise Refused(wrong)
    return listing


def _too_much(listing: Listing) -> Iterator[Remark]:
    if len(listing.files) > MOST_FILES:
        yield Remark("", 0, say("It holds more than %(most)d files.") % {"most": MOST_FILES})
    if sum(file.size for file in listing.files.values()) > MOST_BYTES:
        yield Remark("", 0, say("It holds more than 2 GB."))


def text_of(file: FileSource) -> str:
    """A text file as the reader sees it: UTF-8, `\\n` at the end of lines.

    Raises:
        Refused: too large, not UTF-8, or with signs that cannot be seen.
    """
    if file.size > MOST_TEXT:
        raise Refused([Remark(file.path, 0, say("A text file is at most 2 MB."))])
    with file.open() as stream:
        data = stream.read(MOST_TEXT + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused([Remark(file.path, line, say("This is not UTF-8 text."))]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line_of in enumerate(text.split("\n"), 1):
        if has_unseen(line_of):
            says = say("The line holds a control sign that cannot be seen. Take it out.")
            raise Refused([Remark(file.path, number, says)])
    return text


def has_unseen(text: str) -> bool:
    """Control signs and halves of signs; tabs and line ends are fine."""
    if text.isprintable():
        return False
    return any(
        (sign < " " and sign not in "\t\n")
        or "\x7f" <= sign <= "\x9f"
        or "\ud800" <= sign <= "\udfff"
        for sign in text
    )
