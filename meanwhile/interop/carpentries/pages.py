"""What a lesson repository is made of: its settings and its pages, in both layouts."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.courses.files.listing import Listing, text_of
from meanwhile.courses.files.paths import free, slug
from meanwhile.courses.files.yamls import BadYaml, read_yaml
from meanwhile.courses.source import Refused, Remark
from meanwhile.interop.carpentries import divs, liquid, quotes, rmarkdown, words
from meanwhile.interop.carpentries.nodes import Node

WORKBENCH, JEKYLL = "config.yaml", "_config.yml"
PAGE = re.compile(r"\.R?md$", re.IGNORECASE)
KEY = re.compile(r"([A-Za-z_][\w-]*):[ \t]*(.*)")
FOR_TEACHERS = frozenset(
    {"guide", "learner-profiles", "instructor-notes", "instructors", "design", "survey"}
)
MADE_BY_TOOLS = frozenset({"figures", "aio", "about", "index", "404", "discuss-template"})
FIRST_EXTRAS = ("setup", "reference")

Settings = dict[str, Any]


@dataclass
class Page:
    """One page: its text below the keys, and where that begins."""

    path: str
    front: Settings
    lines: list[str]
    first: int
    uid: str = ""
    episode: bool = True
    nodes: list[Node] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.path).parent)

    @property
    def title(self) -> str:
        from meanwhile.courses.markdown import words as plain_words

        title = plain_words(str(self.front.get("title") or "")) or self.stem.replace("-", " ")
        return title.strip()[:200]


class Repository:
    """A lesson repository, read page by page; remarks are gathered on the way."""

    def __init__(self, listing: Listing) -> None:
        self.files = listing.files
        self.remarks: list[Remark] = []
        self.jekyll = WORKBENCH not in self.files
        self.config = self._config()
        self.links = self._shared_links()
        self.uids: set[str] = {"unit"}
        for odd in listing.odd:
            self.remark(odd.path, 0, say("It is a link and was not followed."))

    def remark(self, path: str, line: int, says: str) -> None:
        self.remarks.append(Remark(path, line, says))

    def _text(self, path: str) -> str:
        """The text of a file; an unreadable one is remarked and empty."""
        try:
            return text_of(self.files[path])
        except Refused as refused:
            self.remarks += refused.remarks
            return ""

    def _config(self) -> Settings:
        path = JEKYLL if self.jekyll else WORKBENCH
        return self._settings(self._text(path), path, 1)

    def _settings(self, yaml: str, path: str, first: int) -> Settings:
        try:
            value = read_yaml(yaml, first).value
        except BadYaml as error:
            self.remark(
                path, error.line, say("This is not plain YAML; only its simple lines were read.")
            )
            return dict(_simple(yaml))
        return value if isinstance(value, dict) else {}

    def _shared_links(self) -> dict[str, str]:
        """Links that every page may use by name."""
        names: dict[str, str] = {}
        for path in ("links.md", "_includes/links.md", "episodes/links.md"):
            if path in self.files:
                names |= words.definitions(self._plain(self._text(path), path))
        for path in self.files:
            if self.jekyll and re.fullmatch(r"_includes/\w*links\w*\.md", path):
                names |= words.definitions(self._plain(self._text(path), path))
        return names

    def _plain(self, text: str, path: str, first: int = 1) -> str:
        def remark(line: int, says: str) -> None:
            self.remark(path, first + line, says)

        return liquid.plain(text, self.config, remark) if self.jekyll else text

    def page(self, path: str, *, episode: bool = True) -> Page:
        """Read a page and take it apart."""
        front, lines, first = self._divided(path)
        page = Page(path, front, lines, first, episode=episode)

        def remark(line: int, says: str) -> None:
            self.remark(path, first + line, says)

        if path.lower().endswith(".rmd"):
            lines = rmarkdown.plain(lines, remark)
        lines = self._plain("\n".join(lines), path, first).split("\n")
        page.names = self.links | words.definitions("\n".join(lines))
        page.nodes = self._nodes(lines, path, first)
        wanted = slug(re.sub(r"^\d+[a-z]?[-_.]", "", page.stem), "lesson")
        page.uid = free(wanted, self.uids)
        self.uids.add(page.uid)
        return page

    def _nodes(self, lines: list[str], path: str, first: int) -> list[Node]:
        if self.jekyll:
            return quotes.read_quotes(quotes.with_languages(lines), first)
        return divs.read_divs(lines, first, lambda line, says: self.remark(path, line, says))

    def _divided(self, path: str) -> tuple[Settings, list[str], int]:
        lines = self._text(path).split("\n")
        if lines[0].rstrip() != "---":
            return {}, lines, 1
        ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
        end = next(ends, None)
        if end is None:
            return {}, lines, 1
        return self._settings("\n".join(lines[1:end]), path, 2), lines[end + 1 :], end + 2

    # which pages there are

    def episodes(self) -> list[Page]:
        return [self.page(path) for path in self._episode_paths()]

    def _episode_paths(self) -> list[str]:
        if not self.jekyll:
            return self._listed("episodes", self.config.get("episodes"))
        there = self._listed("_episodes", None)
        stems = {PurePosixPath(path).stem for path in there}
        for path in self._listed("_episodes_rmd", None):
            if PurePosixPath(path).stem not in stems:
                there.append(path)
        order = [str(name) for name in _list(self.config.get("episode_order"))]
        ranked = sorted(there, key=lambda path: _rank(order, PurePosixPath(path).stem))
        return [path for path in ranked if not self._is_break(path)]

    def _is_break(self, path: str) -> bool:
        front = self._divided(path)[0]
        return front.get("layout") in ("break", "page-break") or "break" in front

    def _listed(self, folder: str, wanted: Any) -> list[str]:
        """The pages of a folder: those the settings name, in their order, or all by name."""
        there = sorted(p for p in self.files if _is_page_in(p, folder))
        named = [f"{folder}/{name}" for name in map(str, _list(wanted))]
        for path in named:
            if path not in there:
                self.remark(
                    WORKBENCH, 0, say("“%(path)s” is named, but not there.") % {"path": path}
                )
        if not named:
            return there
        for path in there:
            if path not in named and PurePosixPath(path).stem != "links":
                self.remark(path, 0, say("It is not in the list of pages; it was left out."))
        return [path for path in named if path in there]

    def extras(self) -> Iterator[Page]:
        """What learners may look up: setting up, the glossary, further reading."""
        folders = ("_extras",) if self.jekyll else ("learners",)
        paths = [p for p in sorted(self.files) if any(_is_page_in(p, each) for each in folders)]
        if self.jekyll:
            paths += [p for p in ("setup.md", "reference.md") if p in self.files]
        paths.sort(key=lambda path: _rank(list(FIRST_EXTRAS), PurePosixPath(path).stem))
        for path in paths:
            stem = PurePosixPath(path).stem
            if stem in FOR_TEACHERS:
                self.remark(path, 0, say("This page is for those who teach; it was left out."))
            elif stem not in MADE_BY_TOOLS:
                yield self.page(path, episode=False)

    def left_out(self) -> None:
        """Say which pages were not for learners."""
        for path in sorted(self.files):
            if _is_page_in(path, "instructors"):
                self.remark(path, 0, say("This page is for those who teach; it was left out."))
            elif _is_page_in(path, "profiles") and "learner-profiles" not in path:
                self.remark(path, 0, say("This page describes learners; it was left out."))

    def front_page(self) -> Page | None:
        paths = [path for path in ("index.md", "index.Rmd") if path in self.files]
        return self.page(paths[0], episode=False) if paths else None

    def authors(self) -> list[str]:
        """Names, as far as a list of them is there."""
        lines = self._text("AUTHORS").split("\n") if "AUTHORS" in self.files else []
        names = (re.sub(r"[<(].*", "", line).strip(" -*,.\t") for line in lines)
        return [name for name in names if 1 < len(name.split()) <= 4 and name[0].isupper()][:100]


def _simple(yaml: str) -> Iterator[tuple[str, Any]]:
    """`key: value` and `- item` lines of YAML that could not be read whole."""
    key = ""
    items: list[str] = []
    for line in yaml.split("\n"):
        if found := KEY.fullmatch(line.rstrip()):
            key, items = found[1], []
            yield key, found[2].strip().strip("'\"")
        elif key and (item := re.fullmatch(r"\s*-\s+(.*)", line.rstrip())):
            items.append(item[1].strip("'\""))
            yield key, list(items)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _rank(order: list[str], stem: str) -> tuple[int, str]:
    return (order.index(stem) if stem in order else len(order), stem)


def _is_page_in(path: str, folder: str) -> bool:
    parent, _, name = path.rpartition("/")
    return parent == folder and bool(PAGE.search(name))


def page_names(pages: Iterable[Page]) -> dict[str, str]:
    """By what links call them: `02-numpy` and, where the title says it, `numpy`."""
    return {page.stem.lower(): page.uid for page in pages}


Remarker = Callable[[str, int, str], None]
