"""A page of a Carpentries lesson as text and boxes, whichever way the boxes are written."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Text:
    """Lines of Markdown. `line` is where they begin in the file."""

    lines: list[str]
    line: int

    @property
    def markdown(self) -> str:
        return "\n".join(self.lines)

    @property
    def empty(self) -> bool:
        return not any(line.strip() for line in self.lines)


@dataclass
class Box:
    """A challenge, a solution, a callout …: its class, and what is in it."""

    kind: str
    line: int
    children: list["Text | Box"] = field(default_factory=list)

    def boxes(self, *kinds: str) -> Iterator["Box"]:
        return (each for each in self.children if isinstance(each, Box) and each.kind in kinds)


Node = Text | Box


def add_line(children: list[Node], line: str, number: int) -> None:
    """Put a line at the end of the text that is last, or begin one."""
    if children and isinstance(children[-1], Text):
        children[-1].lines.append(line)
    else:
        children.append(Text([line], number))


class Code:
    """Which lines are inside a code fence: `code(line)` is asked line by line."""

    def __init__(self) -> None:
        self.mark = ""

    def __call__(self, line: str) -> bool:
        """Whether this line belongs to a fence, its first and last line too."""
        bare = line.strip()
        run = len(bare) - len(bare.lstrip(bare[0])) if bare and bare[0] in "`~" else 0
        if self.mark:
            if run >= len(self.mark) and bare == self.mark[0] * run:
                self.mark = ""
            return True
        if run >= 3 and not (bare[0] == "`" and "`" in bare[run:]):
            self.mark = bare[0] * run
            return True
        return False
