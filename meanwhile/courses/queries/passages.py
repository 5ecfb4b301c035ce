"""What of the courses can be found, and where it opens."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from meanwhile.core.rules import allowed, visible
from meanwhile.courses.activity import kind_of
from meanwhile.courses.models import Asset, Block, BlockQuerySet, Course, Offering
from meanwhile.media.models import Blob
from meanwhile.people.who import Who
from meanwhile.search.html import parts
from meanwhile.search.papers import READS
from meanwhile.search.queries import pages_of_papers, papers_read
from meanwhile.search.sources import Cut, Cutter, Item, Place, Spot

EDITION = 1
"""One more whenever passages are cut otherwise, so that all of them are cut anew."""
PARAGRAPH = re.compile(r"(?:.*-)?(p\d+)")
MARKS = tuple(".?!…:;—–。？！：；؟؛।")
SECOND = re.compile(r"(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class PaperOf:
    """A file of words that a block hands out or links to, with its pages where they are read."""

    asset: Asset
    pages: Sequence[str] | None


def published(rows: QuerySet[Block]) -> QuerySet[Block]:
    """Those of some blocks that learners may be shown: no draft, nothing taken out."""
    live = rows.filter(BlockQuerySet.where, lesson__draft=False)
    return live.filter(lesson__course__published_at__isnull=False)


def published_courses() -> list[int]:
    return list(Course.objects.filter(published_at__isnull=False).values_list("pk", flat=True))


def course_items(course: int) -> Iterator[Item]:
    """Every published block of a course, and the papers in them. Three queries."""
    rows = published(Block.objects.filter(lesson__course=course)).select_related("lesson__course")
    papers = papers_of_course(course)
    for block in rows.order_by("pk"):
        language = block.language or block.lesson.course.language
        yield Item(
            f"block:{block.pk}",
            block.pk,
            _print_of(block, language),
            language,
            partial(_cuts, block),
        )
        for url, paper in papers.items():
            if paper.pages and _hands_out(block, url):
                yield _paper_item(block, paper, language)


def papers_of_course(course: int) -> dict[str, PaperOf]:
    """The files of words of a course, by their addresses."""
    assets = [
        asset
        for asset in Asset.objects.filter(course=course).select_related("blob").order_by("path")
        if asset.blob.type in READS
    ]
    read = pages_of_papers([asset.blob.sha256 for asset in assets])
    return {
        reverse("courses:asset", args=[course, asset.path]): PaperOf(
            asset, read.get(asset.blob.sha256)
        )
        for asset in assets
    }


def unread_papers() -> Iterator[tuple[int, Blob]]:
    """Files of words in published courses that nobody has read yet, with their course."""
    rows = Asset.objects.filter(course__published_at__isnull=False, blob__type__in=list(READS))
    unread = rows.exclude(blob__sha256__in=papers_read()).select_related("blob").order_by("pk")
    return ((asset.course_id, asset.blob) for asset in unread)


def _hands_out(block: Block, url: str) -> bool:
    rendered = block.rendered
    return rendered.get("url") == url or f'"{url}' in rendered.get("body", "")


def _print_of(block: Block, language: str) -> str:
    """Changes with anything that is found of a block or shown with it."""
    rendered = block.rendered
    seen = [rendered.get(name, "") for name in ("body", "cues", "transcript")]
    seen += [rendered["chapters"]] if "chapters" in rendered else []
    return _digest(block.kind, block.heading, block.lesson.title, language, block.uid, *seen)


def _digest(*words: str) -> str:
    return hashlib.sha256(json.dumps([EDITION, *words]).encode()).hexdigest()


def _title(block: Block) -> str:
    return " · ".join(dict.fromkeys(filter(None, [block.lesson.title, block.heading])))


def _cuts(block: Block) -> Iterable[Cut]:
    """What stands on the page before anything is answered or opened. Of a question only its wording:
    an option found by itself would read as if it were true."""
    asks = kind_of(block.kind).answers
    rendered = block.rendered
    said = bool(rendered.get("cues"))
    cutter = Cutter(_title(block), "question" if asks else "text")
    for anchor, words in parts(rendered.get("body", ""), PARAGRAPH)[0]:
        if words != block.heading:  # it stands in the title
            cutter.add(words, anchor)
    if not asks and not said:
        for _anchor, words in parts(rendered.get("transcript", ""), PARAGRAPH)[0]:
            cutter.add(words)
    found = cutter.cuts()
    if not asks:
        found += _at_seconds(block, "chapters") + _at_seconds(block, "cues")
    if not found and block.heading:
        found = [Cut("", _title(block), "text")]
    return found


def _at_seconds(block: Block, name: str) -> list[Cut]:
    """What is said in a film or a sound, or its chapters, with the second from which on."""
    cutter = Cutter(_title(block), "film")
    for second, words in parts(block.rendered.get(name, ""), SECOND, "data-at")[0]:
        cutter.add(re.sub(r"^\d+:\d\d\s+", "", words), f"t{second}" if second else "")
    return cutter.cuts()


def _paper_item(block: Block, paper: PaperOf, language: str) -> Item:
    name = paper.asset.path.rpartition("/")[2]
    return Item(
        f"paper:{block.pk}:{paper.asset.pk}",
        block.pk,
        _digest(paper.asset.blob.sha256, _title(block), name, language),
        language,
        partial(_paper_cuts, f"{_title(block)} · {name}", paper.pages or ()),
    )


def _paper_cuts(title: str, pages: Sequence[str]) -> Iterator[Cut]:
    for number, words in enumerate(pages, 1):
        cutter = Cutter(title, "paper", enough=900)
        cutter.add(words, f"page{number}")
        yield from cutter.cuts()


# --- where it opens -------------------------------------------------------------------------


def places(who: Who, spots: Sequence[Spot]) -> Mapping[int, Place]:
    """Where passages open: in the player for those who learn there, as a preview for staff. Three
    queries."""
    rows = visible(who, Block).filter(pk__in=[spot.passage.row for spot in spots])
    blocks = {row.pk: row for row in rows.select_related("lesson__unit", "lesson__course")}
    courses = {block.lesson.course_id for block in blocks.values()}
    learns = _offerings(who, courses)
    looks = set(
        allowed(who, "look into", Course).filter(pk__in=courses).values_list("pk", flat=True)
    )
    found = {}
    for spot in spots:
        block = blocks.get(spot.passage.row)
        page = block and _page_of(block, learns, looks)
        if block and page:
            found[spot.passage.pk] = _place(block, page, spot)
    return found


def _offerings(who: Who, courses: Iterable[int]) -> dict[int, int]:
    """For each course the offering to learn it in: an open one before a closed one, the newest."""
    rows = allowed(who, "learn", Offering).filter(course__in=courses)
    ordered = sorted(
        rows.values_list("closed_at", "pk", "course"), key=lambda row: (row[0] is None, row[1])
    )
    return {course: offering for _closed, offering, course in ordered}


def _page_of(block: Block, learns: Mapping[int, int], looks: set[int]) -> str:
    lesson = block.lesson
    if lesson.course_id in learns:
        return reverse("learning:lesson", args=[learns[lesson.course_id], lesson.uid])
    if lesson.course_id in looks:
        return reverse("web:preview", args=[lesson.course_id, lesson.uid])
    return ""


def _place(block: Block, page: str, spot: Spot) -> Place:
    lesson, anchor = block.lesson, spot.anchor
    at, asked, note = block.uid, "", ""
    if anchor.startswith("page"):
        note = _("page %(number)s") % {"number": anchor.removeprefix("page")}
    elif anchor.startswith("t"):
        asked, note = f"?second={anchor[1:]}", _clock(float(anchor[1:]))
    elif anchor:
        at = f"{block.uid}-{anchor}"
    if block.instead_of_id:  # another way of a block: shown in its place
        asked = f"{asked}&show={block.uid}" if asked else f"?show={block.uid}"
    title = _joined(lesson.title, block.heading) if _says_more(block) else lesson.title
    trail = (lesson.course.title, lesson.unit.title)
    return Place(f"{page}{asked}#{at}", title, trail, _icon(block, spot), note)


def _joined(title: str, heading: str) -> str:
    """“Light: Shadows”, but “Why is it dark? Shadows”: a title may end in a mark of its own."""
    gap = " " if title.endswith(MARKS) else ": "
    return f"{title}{gap}{heading}"


def _says_more(block: Block) -> bool:
    return bool(block.heading) and block.heading != block.lesson.title


def _icon(block: Block, spot: Spot) -> str:
    icons = {"question": "ask", "paper": "file"}
    return icons.get(spot.passage.kind, kind_of(block.kind).icon)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
