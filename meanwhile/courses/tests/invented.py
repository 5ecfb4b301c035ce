"""Courses made up at random: every kind, and every text that a file format stumbles over."""

import random
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from meanwhile.courses.activity import KINDS, AnswerData
from meanwhile.courses.files.paths import free
from meanwhile.courses.not_here import CHECKS
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    FileSource,
    LessonSource,
    NotHere,
    ObjectiveSource,
    UnitSource,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
FILES = {
    "media/prism.svg": SVG,
    "media/a b – é.svg": SVG,
    "media/notes.csv": b"a,b\r\n1,2\r\n",
    "media/words.txt": "Ünïcode\n".encode(),
}
LINES = [
    *["yes", "no", "null", "~", "true", "True", "NO", "on", "2026-10-16", "1_000", "0x1F", "0o7"],
    *["1e5", ".5", "-1", "+2.0", ".inf", ".NaN", "12:30:45", "1,000", "007", "=", "<<", "- a", "-"],
    *[
        "a: b",
        "a:",
        ":a",
        "a #b",
        "#a",
        "'a'",
        '"a"',
        "it's",
        "\\n",
        '"\\"',
        "&a",
        "*a",
        "!a",
        "%a",
    ],
    *["@a", "`a`", "{a}", "[a]", "a, b", "|", ">", "|-", "? a", "---", "...", "--- a", "a\tb", "é"],
    *[
        "日本語の題",
        "العربية",
        "👩🏽‍🔬",
        "a\u00a0b",
        "a\ufeffb",
        "a\u200fb",
        "“a”",
        "– a",
        "$x$",
        "(a)",
    ],
    *[
        "A title, as usual",
        "What’s the rule?",
        "Light and colour: part 2",
        "x" * 190,
        "a\u0085b" * 0,
    ],
]
LINES = [line for line in LINES if line]
TEXTS = [
    "Plain words.",
    "Two paragraphs.\n\nAnd **bold**, *italic*, `code`, ~~gone~~.",
    "- a\n- b\n  - c\n\n    ## not a heading of ours\n",
    "1. a\n2. b\n\n   ```\n   ::: choice {#a}\n   ```",
    "```python\n::: choice {#no}\n<!-- id: no -->\n## no\n---\n```",
    "~~~\n:::\n::::::\n~~~",
    "    indented code\n    ::: note",
    "> quoted\n> ## quoted heading\n> - list",
    "| a | b |\n| --- | :-: |\n| `x` | \\| |",
    "Maths $a_1$ and\n\n$$\n\\frac{1}{2}\n$$",
    "A note.[^1]\n\n[^1]: It says\n    more.",
    "::: note Title: with colon\nText.\n\n- list\n:::",
    "::: example\nOuter.\n\n::: tip Inner\nWords.\n:::\n\nAfter.\n:::",
    ":::: key\nOuter.\n\n::: aside\n```\n:::\n```\n:::\n::::",
    "A rule:\n\n---\n\nand another\n\n***",
    '![A prism](media/prism.svg) and ![two](<media/a b – é.svg> "Title").',
    '![](media/prism.svg "decorative")',
    "[Notes](media/notes.csv), [outside](https://example.org/a_(b)?c=d#e), <https://example.org>.",
    "Raw <b>HTML</b> &amp; <!-- a comment --> and <script>alert(1)</script>",
    "Hard break  \nand \\\nanother\ttab",
    "Sign: \u2028 and \ufeff and \u0301 and \U0001f9ea",
    "العربية من اليمين إلى اليسار\n\n日本語",
    "key: value\nother: [a, b]",
    "options:\n- a",
    "[ref]: https://example.org\n\nA [ref] here.",
    "- [x] done\n- [ ] not done",
    "Backslash at end \\\\",
    "# First level\n\nWords under it.",
    "### Third level",
    "\\::: not a fence",
    "1986\\. A year.",
]
SPLITS = [
    "## A heading\n\nText.",
    "Before.\n\n## One\n\n## Two ##\n\nText.",
    "Setext heading\n---\n\nText.",
    "Lazy\n## *Heading* with `marks` and [link](https://example.org)\nnext",
]
WAYS = [
    {"way": "plain"},
    {"way": "further"},
    {"way": "listen"},
    {"way": "language", "language": "fr"},
    {"way": "language", "language": "zh-Hant"},
]
PROSE = frozenset({"text", "feedback", "left", "right", "label", "why"})


class Inventor:
    """Makes one course from a seed; a larger `size` makes a larger one."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance, self.size = random.Random(seed), size
        self.objectives = [f"aim-{n}" for n in range(self.chance.randint(0, size))]
        self.files = {f"unit-{n}": [f"lesson-{n}-{m}" for m in range(size)] for n in range(size)}

    def some(self, items: list[Any]) -> list[Any]:
        return self.chance.sample(items, self.chance.randint(0, min(2, len(items))))

    def line(self, most: int = 200) -> str:
        return self.chance.choice(LINES)[:most].strip() or "x"

    def maybe(self, make: Callable[[], Any], nothing: Any) -> Any:
        return make() if self.chance.random() < 0.5 else nothing

    def markdown(self, *, divided: bool = False) -> str:
        pool = TEXTS + SPLITS * divided
        parts = [self.chance.choice(pool) for _ in range(self.chance.randint(1, 3))]
        return "\n\n".join(part for part in parts if parts.count("A note.[^1]") <= 1)

    def course(self) -> CourseSource:
        return CourseSource(
            uid=self.chance.choice(["no", "null", "1", "123", "light-and-colour", "x" * 60]),
            title=self.line(),
            summary=self.maybe(self.line, ""),
            description=self.maybe(self.markdown, ""),
            language=self.chance.choice(["en", "no", "pt-BR", "ar"]),
            licence=self.maybe(lambda: self.line(120), ""),
            authors=[self.line() for _ in range(self.chance.randint(0, 2))],
            ages=self.maybe(lambda: self.line(20), ""),
            hours_per_week=self.chance.choice([None, 1, 2.5, 0.1, 1 / 3, 1e-7, 168]),
            objectives=self.aims(),
            units=[self.unit(uid, lessons) for uid, lessons in self.files.items()],
            files={path: _file(path, data) for path, data in self.media().items()},
            not_here=self.not_here([]),
        )

    def not_here(self, blocks: list[BlockSource]) -> list[NotHere]:
        uids = ["", *(block.uid for block in blocks)]
        names = self.some(sorted(CHECKS))
        return [NotHere(name, self.line(), self.chance.choice(uids)) for name in names]

    def media(self) -> dict[str, bytes]:
        return FILES | KIND_FILES

    def aims(self) -> list[ObjectiveSource]:
        return [
            ObjectiveSource(uid, self.line(), self.some(self.objectives[:number]))
            for number, uid in enumerate(self.objectives)
        ]

    def unit(self, uid: str, lessons: list[str]) -> UnitSource:
        intro, summary = self.maybe(self.markdown, ""), self.maybe(self.line, "")
        made = [self.lesson(each) for each in lessons]
        return UnitSource(uid, self.line(), summary, intro, made, not_here=self.not_here([]))

    def lesson(self, uid: str) -> LessonSource:
        blocks: list[BlockSource] = []
        for _ in range(self.chance.randint(0, 2 + self.size)):
            blocks.append(self.block({block.uid for block in blocks}))
            blocks += self.other_ways(blocks[-1], {block.uid for block in blocks})
        self.moments(blocks)
        return LessonSource(
            uid=uid,
            title=self.line(),
            summary=self.maybe(self.line, ""),
            objectives=self.some(self.objectives),
            minutes=self.chance.choice([None, 1, 90]),
            draft=self.chance.random() < 0.2,
            blocks=blocks,
            not_here=self.not_here(blocks),
        )

    def block(self, taken: set[str]) -> BlockSource:
        kind = self.chance.choice(["text", *KINDS])
        uid = free(self.chance.choice(["null", "a", "p1", kind, "0", "look-first"]), taken)
        if kind == "text":
            return BlockSource("text", uid, {}, self.markdown(divided=True))
        data, body = KINDS[kind].sample()
        data = self.changed(dict(data))
        if self.objectives:
            data["objectives"] = self.some(self.objectives)
        data["minutes"] = self.chance.choice([1, 7])
        if issubclass(KINDS[kind].Data, AnswerData):
            data["hints"] = [self.markdown() for _ in range(self.chance.randint(0, 2))]
            data["why"] = self.maybe(self.markdown, "")
        return BlockSource(kind, uid, data, self.chance.choice([body, self.markdown()]))

    def moments(self, blocks: list[BlockSource]) -> None:
        """Chapters of films and sounds, and the questions of this lesson that they stop for."""
        asking = [block.uid for block in blocks if KINDS[block.kind].answers]
        for block in blocks:
            if block.kind not in ("video", "audio"):
                continue
            times = [f"0:{second:02d}" for second in sorted(self.chance.sample(range(10), 4))]
            chapters = [{"at": at, "title": self.line()} for at in times[:2]]
            questions = [{"at": at, "block": self.chance.choice(asking)} for at in times if asking]
            block.data |= self.maybe(lambda found=chapters: {"chapters": found}, {})
            block.data |= self.maybe(lambda found=questions: {"questions": found}, {})

    def other_ways(self, main: BlockSource, taken: set[str]) -> list[BlockSource]:
        """Other ways to meet a block, for one in three; its text is then in one piece."""
        if self.chance.random() > 0.34 or KINDS[main.kind].handed_in:
            return []
        if main.kind == "text":
            main.body = self.markdown()
        found = []
        for way in self.chance.sample(WAYS, self.chance.randint(1, 3)):
            kind = main.kind
            if not KINDS[kind].answers:
                kind = self.chance.choice([kind, "text", "audio"])
            data, body = ({}, self.markdown()) if kind == "text" else KINDS[kind].sample()
            uid = free(f"{main.uid[:40]}-other", taken | {each.uid for each in found})
            keys = {"instead_of": main.uid, **way}
            found.append(BlockSource(kind, uid, keys | self.changed(dict(data)), body))
        return found

    def changed(self, value: Any, key: str = "") -> Any:
        """The same data with other words where words are free."""
        if isinstance(value, dict):
            return {name: self.changed(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [self.changed(each, key) for each in value]
        if isinstance(value, str) and key in PROSE and self.chance.random() < 0.7:
            marked = f"{self.chance.choice([self.line(), self.markdown()])} {len(value)}"
            return f"{marked}-{self.chance.randrange(10**6)}"
        return value


def _file(path: str, data: bytes) -> FileSource:
    return FileSource(path, len(data), partial(BytesIO, data))


VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nWords.\n"
HEADS = {
    "svg": SVG,
    "vtt": VTT,
    "mp4": b"\0\0\0\x18ftypmp42" + bytes(12),
    "webm": b"\x1a\x45\xdf\xa3" + bytes(12),
    "mp3": b"ID3" + bytes(12),
    "m4a": b"\0\0\0\x18ftypM4A " + bytes(12),
    "ogg": b"OggS" + bytes(12),
    "wav": b"RIFF\0\0\0\0WAVE",
    "pdf": b"%PDF-1.7\n",
    "csv": b"a,b\n",
    "zip": b"PK\5\6" + bytes(18),
    "txt": b"words\n",
    "webp": b"",
    "jpg": b"",
    "png": b"",
}


def _kind_files() -> dict[str, bytes]:
    """The files that the kinds' own samples show; pictures are real ones."""
    files = {}
    for kind in KINDS.values():
        data, _body = kind.sample()
        for path in kind.files(kind.Data.model_validate(data)):
            ending = path.rpartition(".")[2]
            files[path] = HEADS[ending] or _picture(ending)
    return files


def _picture(ending: str) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, {"jpg": "jpeg"}.get(ending, ending))
    return out.getvalue()


KIND_FILES = _kind_files()
