"""A Carpentries lesson repository as a course."""

import re
from collections import Counter
from dataclasses import replace
from math import ceil
from typing import Any

from django.utils.translation import gettext as say

from meanwhile.courses.files import normal
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.paths import free, slug
from meanwhile.courses.files.references import links_of
from meanwhile.courses.formats import Format
from meanwhile.courses.markdown import words as plain_words
from meanwhile.courses.source import (
    BlockSource,
    CourseSource,
    LessonSource,
    ObjectiveSource,
    Refused,
    Remark,
    UnitSource,
)
from meanwhile.interop.carpentries.build import Built, build
from meanwhile.interop.carpentries.links import Here, with_places
from meanwhile.interop.carpentries.media import Media
from meanwhile.interop.carpentries.pages import (
    JEKYLL,
    WORKBENCH,
    Page,
    Repository,
    page_names,
)

LESSONS_A_UNIT = 4.5
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def recognises(listing: Listing) -> bool:
    folders = {path.split("/")[0] for path in listing.files}
    if WORKBENCH in listing.files:
        return "episodes" in folders
    return JEKYLL in listing.files and bool({"_episodes", "_episodes_rmd"} & folders)


def read(listing: Listing) -> CourseSource:
    """The course in a lesson repository; its remarks say what did not arrive as it was.

    Raises:
        Refused: there are no episodes in it.
    """
    return _Lesson(Repository(listing)).course()


class _Lesson:
    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.media = Media(repository.files)
        self.objectives: dict[str, ObjectiveSource] = {}  # by text
        self.counts: Counter[str] = Counter()

    def course(self) -> CourseSource:
        repository, config = self.repository, self.repository.config
        front = repository.front_page()
        episodes = repository.episodes()
        if not episodes:
            says = say("There are no episodes in this lesson.")
            raise Refused([Remark(JEKYLL if repository.jekyll else WORKBENCH, 0, says)])
        extras = list(repository.extras())
        pages = page_names([*episodes, *extras])
        lessons = [self.lesson(page, pages) for page in episodes]
        reference = [made for page in extras if (made := self.lesson(page, pages)).blocks]
        title = plain_words(str(config.get("title") or "")) or episodes[0].title
        source = CourseSource(
            uid=slug(title, "lesson"),
            title=title[:200],
            description=self.description(front, pages),
            language=_language(config.get("lang")),
            licence=str(config.get("license") or "")[:120],
            authors=repository.authors(),
            units=_units(title, lessons, reference),
        )
        source.objectives = list(self.objectives.values())
        repository.left_out()
        _places(source)
        self.summary(len(episodes))
        return self.checked(source)

    def here(self, page: Page, pages: dict[str, str]) -> Here:
        def remark(line: int, says: str) -> None:
            self.repository.remark(page.path, line, says)

        uid = page.uid if page.uid in pages.values() else ""
        return Here(page.folder, uid, pages, self.media, remark)

    def lesson(self, page: Page, pages: dict[str, str]) -> LessonSource:
        here = self.here(page, pages)
        built = build(page, here)
        if page.episode:
            self.counts += built.counts
        self.counts["figures"] += here.figures
        return LessonSource(
            uid=page.uid,
            title=page.title,
            objectives=self.aims(built),
            minutes=_minutes(page),
            blocks=built.blocks,
        )

    def aims(self, built: Built) -> list[str]:
        uids = []
        for each in built.objectives:
            text = plain_words(each)[:300].strip()
            if not text:
                continue
            if text not in self.objectives:
                taken = {objective.uid for objective in self.objectives.values()}
                self.objectives[text] = ObjectiveSource(free(slug(text, "objective"), taken), text)
            uids.append(self.objectives[text].uid)
        return list(dict.fromkeys(uids))

    def description(self, front: Page | None, pages: dict[str, str]) -> str:
        parts = []
        if front is not None:
            built = build(front, self.here(front, pages))
            parts = [block.body for block in built.blocks if block.kind == "text"]
        parts.append(self.origin())
        return "\n\n".join(part for part in parts if part)

    def origin(self) -> str:
        """Where the lesson comes from: its licence asks for that."""
        config = self.repository.config
        source = str(config.get("source") or config.get("repository") or "")
        title = plain_words(str(config.get("title") or ""))
        licence = str(config.get("license") or "")
        if not source.startswith("https://"):
            return ""
        words = say("Made from the lesson [%(title)s](%(source)s).")
        said = words % {"title": title.replace("]", ""), "source": source}
        return said + (say(" Licence: %(licence)s.") % {"licence": licence} if licence else "")

    def summary(self, episodes: int) -> None:
        """How much there was of everything, at the head of the report."""
        counts = self.counts
        said = say(
            "Taken in: %(episodes)d episodes, %(challenges)d challenges (%(choices)d as multiple "
            "choice, %(open)d with an answer to open), %(solutions)d solutions, %(callouts)d "
            "callouts, %(figures)d figures, %(files)d files."
        ) % {
            "episodes": episodes,
            "challenges": counts["challenge"],
            "choices": counts["choice"] + counts["choices"],
            "open": counts["challenge"] - counts["choice"] - counts["choices"],
            "solutions": counts["solution"],
            "callouts": counts["callout"],
            "figures": counts["figures"],
            "files": len(self.media.taken),
        }
        path = JEKYLL if self.repository.jekyll else WORKBENCH
        self.repository.remarks.insert(0, Remark(path, 0, said))

    def checked(self, source: CourseSource) -> CourseSource:
        """The course once every rule of ours holds; what still breaks one is taken out."""
        source.files = dict(self.media.taken)
        source.remarks = list(dict.fromkeys(self.repository.remarks))
        for _ in range(4):
            try:
                return normal(source)
            except Refused as refused:
                if not self.mend(source, refused):
                    raise
        return normal(source)

    def mend(self, source: CourseSource, refused: Refused) -> bool:
        """Take the marks out of the blocks that something is wrong with."""
        paths = {remark.path for remark in refused.remarks}
        mended = False
        for unit in source.units:
            for lesson in unit.lessons:
                if f"{unit.uid}/{lesson.uid}.md" in paths:
                    mended |= sum(_unlinked(block, source) for block in lesson.blocks) > 0
        if "course.md" in paths and source.description:
            source.description, mended = source.description.replace("[", "\\["), True
        for remark in refused.remarks:
            self.repository.remark(remark.path, remark.line, remark.says)
        return mended


def _unlinked(block: BlockSource, source: CourseSource) -> bool:
    """Links that lead nowhere made plain words. Whether there were any."""
    lessons = {lesson.uid for unit in source.units for lesson in unit.lessons}
    before = (block.body, repr(block.data))

    def clean(text: str) -> str:
        for link in links_of(text):
            if not _leads(link.target, lessons, source):
                text = re.sub(r"!?\[", r"\\[", text)
                break
        return text

    block.body = clean(block.body)
    block.data = _mapped(block.data, clean)
    return (block.body, repr(block.data)) != before


def _leads(target: str, lessons: set[str], source: CourseSource) -> bool:
    if target.startswith("lesson:"):
        return target.removeprefix("lesson:").split("#")[0] in lessons
    return target.startswith(("https:", "http:", "mailto:", "tel:", "media/"))


def _mapped(value: Any, change: Any) -> Any:
    """The same values with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    if isinstance(value, dict):
        return {key: _mapped(each, change) for key, each in value.items()}
    return value


def _places(source: CourseSource) -> None:
    """Turn links to headings into links to blocks, now that all blocks have their ids."""
    lessons = [lesson for unit in source.units for lesson in unit.lessons]
    blocks = {lesson.uid: {block.uid for block in lesson.blocks} for lesson in lessons}

    def placed(text: str) -> str:
        return with_places(text, blocks)

    source.description = placed(source.description)
    for lesson in lessons:
        lesson.blocks = [
            replace(block, body=placed(block.body), data=_mapped(block.data, placed))
            for block in lesson.blocks
        ]


def _language(value: Any) -> str:
    text = str(value or "en")
    return text if LANGUAGE.fullmatch(text) and len(text) <= 16 else "en"


def _minutes(page: Page) -> int | None:
    parts = [str(page.front.get(key)) for key in ("teaching", "exercises")]
    numbers = [int(part) for part in parts if part.isdigit() and part.isascii()]
    return min(sum(numbers), 100_000) or None


def _units(
    title: str, lessons: list[LessonSource], reference: list[LessonSource]
) -> list[UnitSource]:
    """Four or five lessons a unit, in their order; what is looked up comes last."""
    count = max(1, round(len(lessons) / LESSONS_A_UNIT))
    size = ceil(len(lessons) / count)
    groups = [lessons[at : at + size] for at in range(0, len(lessons), size)]
    units = [_unit(title, number, group, len(groups)) for number, group in enumerate(groups, 1)]
    if reference:
        units.append(UnitSource("for-reference", say("For reference"), lessons=reference))
    return units


def _unit(title: str, number: int, group: list[LessonSource], count: int) -> UnitSource:
    if count == 1:
        return UnitSource("lessons", title[:200], lessons=group)
    first, last = group[0].title, group[-1].title
    name = (
        say("Part %(n)d: %(first)s") if len(group) == 1 else say("Part %(n)d: %(first)s – %(last)s")
    )
    words = name % {"n": number, "first": first, "last": last}
    return UnitSource(f"part-{number}", words[:200], lessons=group)


FORMAT = Format("Carpentries", (WORKBENCH, JEKYLL), recognises, read)
