"""The words of safe HTML, part by part, each with the anchor it opens at."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

# nothing in these is read as words; what is folded away is not shown, so it is not found either
NOT_WORDS = {"script", "style", "svg", "template", "annotation", "details", "select"}
INSIDE_A_LINE = {
    "a", "abbr", "b", "bdi", "code", "del", "em", "i", "ins", "kbd", "mark", "mi", "mn", "mo", "q",
    "s", "small", "span", "strong", "sub", "sup", "u", "var",
}  # fmt: skip
VOID = {"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"}


class _Parts(HTMLParser):
    def __init__(self, anchor: re.Pattern[str], attribute: str) -> None:
        super().__init__(convert_charrefs=True)
        self.anchor, self.attribute = anchor, attribute
        self.parts: list[tuple[str, list[str]]] = [("", [])]
        self.links: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if (tag in NOT_WORDS or self._is_a_mark(given)) or self.hidden:
            self.hidden += tag not in VOID
            return
        found = self.anchor.fullmatch(given.get(self.attribute, ""))
        if found:
            self.parts.append((found[1], []))
        if tag == "a":
            self.links.append(given.get("href", ""))
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= tag not in VOID
        else:
            self._gap(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts[-1][1].append(data)

    def _gap(self, tag: str) -> None:
        if tag not in INSIDE_A_LINE:
            self.parts[-1][1].append(" ")

    def _is_a_mark(self, given: Mapping[str, str]) -> bool:
        """A footnote's number, or the way back from it."""
        return "footnote-ref" in given.get("class", "") or "backref" in given.get("class", "")


def parts(
    html: str, anchor: re.Pattern[str], attribute: str = "id"
) -> tuple[list[tuple[str, str]], list[str]]:
    """(anchor, words) of each part, in order, and the addresses that its links lead to.

    anchor: matches the whole attribute; its first group is the anchor's name. What stands before
    the first has the anchor "".
    """
    reader = _Parts(anchor, attribute)
    reader.feed(html)
    reader.close()
    found = [(name, " ".join("".join(words).split())) for name, words in reader.parts]
    return [(name, words) for name, words in found if words], reader.links
