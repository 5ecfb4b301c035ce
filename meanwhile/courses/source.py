"""A course as it stands in a folder, in memory: what reading a folder gives and writing one takes.

`files.py` reads and writes Meanwhile's own format, `interop/` others; `actions.import_course`
takes a `CourseSource` into the database, whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Remark:
    """Something to say about one place in a file. `line` counts from 1; 0 is the whole file."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.says}" if where else self.says


class Refused(Exception):
    """The folder was not taken in. `remarks` name every place and what was expected there."""

    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__("\n".join(str(remark) for remark in remarks))
        self.remarks = remarks


@dataclass(frozen=True)
class NotHere:
    """A remark of the course check that the author does not want here, and why. Without a block it
    speaks for the whole file it stands in and all below: a lesson, a unit, the course."""

    check: str
    because: str
    block: str = ""


@dataclass
class BlockSource:
    kind: str
    uid: str
    data: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    line: int = 0
    lines: dict[str, int] = field(default_factory=dict)  # "options.1.text" -> line, for remarks

    @property
    def instead_of(self) -> str:
        """The id of the block that this is another way of; "" where it is none."""
        return str(self.data.get("instead_of", ""))


@dataclass
class LessonSource:
    uid: str
    title: str
    summary: str = ""
    objectives: list[str] = field(default_factory=list)
    minutes: int | None = None
    draft: bool = False
    blocks: list[BlockSource] = field(default_factory=list)
    path: str = ""
    not_here: list[NotHere] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict, compare=False)  # of the keys at its top


@dataclass
class UnitSource:
    uid: str
    title: str
    summary: str = ""
    intro: str = ""
    lessons: list[LessonSource] = field(default_factory=list)
    path: str = ""
    not_here: list[NotHere] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass
class ObjectiveSource:
    uid: str
    text: str
    builds_on: list[str] = field(default_factory=list)


@dataclass
class FileSource:
    """One media file. `open` gives its bytes as a stream, so that a film is never held whole.
    `kept` is the name its bytes are kept under already, where they are: they were checked then."""

    path: str
    size: int
    open: Callable[[], BinaryIO]
    kept: str = ""


@dataclass
class CourseSource:
    uid: str
    title: str
    summary: str = ""
    description: str = ""
    language: str = "en"
    licence: str = ""
    authors: list[str] = field(default_factory=list)
    ages: str = ""
    hours_per_week: float | None = None
    objectives: list[ObjectiveSource] = field(default_factory=list)
    units: list[UnitSource] = field(default_factory=list)
    files: dict[str, FileSource] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)  # what was not taken over as it stood
    not_here: list[NotHere] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict, compare=False)
