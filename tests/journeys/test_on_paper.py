"""A unit and a lesson as PDF from Chromium: tagged, so that a screen reader reads it as the page was.

Read back with pypdf, which knows nothing of how the page was made.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tests.journeys.test_every_page import faults_of

UNIT = "/learn/1/units/refraction/paper/"
LESSON = "/learn/1/why-a-straw-looks-bent/paper/"
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
ON_THE_PAGE = """() => [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]
  .map((each) => each.innerText.trim())"""


@dataclass
class Tag:
    """One element of the structure tree; what it says is all that its marks enclose."""

    role: str
    alt: str
    table: dict[str, Any]
    inside: tuple[str, ...]
    says: str = ""


@dataclass
class Paper:
    """A PDF as a reading program has it."""

    reader: PdfReader
    tags: list[Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = dict(self._texts())
        if root := self.reader.root_object.get("/StructTreeRoot"):
            self._walk(root.get_object()["/K"], (), 0)

    def _texts(self) -> Iterator[tuple[tuple[int, int], str]]:
        """What each mark of each page encloses, by the number of the page's object and its own."""
        for page in self.reader.pages:
            found: dict[int, str] = {}
            open_: list[int | None] = []

            def before(operator, operands, _matrix, _text_matrix, open_=open_):
                if operator in (b"BDC", b"BMC"):
                    facts = operands[1] if len(operands) > 1 else {}
                    open_.append(facts.get("/MCID") if isinstance(facts, dict) else None)
                elif operator == b"EMC" and open_:
                    open_.pop()

            def said(text, *_more, found=found, open_=open_):
                if open_ and open_[-1] is not None:
                    found[open_[-1]] = found.get(open_[-1], "") + text

            page.extract_text(visitor_operand_before=before, visitor_text=said)
            number = page.indirect_reference.idnum
            yield from (((number, mark), text) for mark, text in found.items())

    def _walk(self, node: Any, inside: tuple[str, ...], page: int) -> str:
        if not isinstance(node, int):
            node = node.get_object()
        if isinstance(node, ArrayObject):
            return "".join(self._walk(each, inside, page) for each in node)
        if not isinstance(node, DictionaryObject):
            return self.texts.get((page, int(node)), "")
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        if "/MCID" in node:
            return self.texts.get((page, node["/MCID"]), "")
        if "/S" not in node:
            return ""
        tag = Tag(node["/S"], node.get("/Alt", ""), facts_of(node), inside)
        self.tags.append(tag)
        tag.says = self._walk(node["/K"], (*inside, tag.role), page) if "/K" in node else ""
        return tag.says

    def of(self, *roles: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.role in roles]

    @property
    def language(self) -> str:
        return self.reader.root_object.get("/Lang", "")

    def wrong(self) -> list[str]:
        """What somebody who cannot see it would stumble over."""
        wrong = []
        levels = [int(tag.role[2]) for tag in self.of(*HEADINGS)]
        if levels[:1] != [1] or levels.count(1) != 1:
            wrong.append(f"headings begin {levels[:3]}")
        steps = pairwise(levels)
        wrong += [f"a step from {one} to {other}" for one, other in steps if other > one + 1]
        wrong += ["a figure without words" for tag in self.of("/Figure") if not tag.alt.strip()]
        wrong += ["an item outside a list" for tag in self.of("/LI") if "/L" not in tag.inside]
        wrong += ["a head without its direction" for tag in self.of("/TH") if "/Scope" not in tag.table]  # fmt: skip
        wrong += ["a cell without its head" for tag in self.of("/TD") if not tag.table.get("/Headers")]  # fmt: skip
        if not self.language:
            wrong.append("no language")
        shows = self.reader.root_object.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
        if not (self.reader.metadata and self.reader.metadata.title) or not shows:
            wrong.append("no title")
        return wrong


def facts_of(node: DictionaryObject) -> dict[str, Any]:
    """The attributes of an element, those of its table among them."""
    given = node.get("/A", [])
    return {key: value for each in (given if isinstance(given, list) else [given]) for key, value in each.get_object().items()}  # fmt: skip


def printed(page: Page) -> Paper:
    return Paper(PdfReader(io.BytesIO(page.pdf(tagged=True, outline=True))))


def plain(words: str) -> str:
    """Without gaps, and ligatures as letters."""
    return "".join(normalize("NFKC", words).split())


@pytest.mark.parametrize("path", [UNIT, LESSON], ids=["a unit", "a lesson"])
def test_a_paper_is_tagged_and_read_in_the_order_of_the_page(visitor, path, figure):
    someone = visitor(reduced_motion="reduce")
    someone.sign_in("amina")
    page = someone.go(path)
    assert not (found := faults_of(page)), found
    paper = printed(page)
    assert paper.wrong() == []
    wanted = [plain(each) for each in page.evaluate(ON_THE_PAGE)]
    assert [plain(tag.says) for tag in paper.of(*HEADINGS)] == wanted
    pictures = page.locator("main img:visible, main svg[role=img]:visible").count()
    assert len(paper.of("/Figure")) >= pictures > 1
    read = plain(" ".join(tag.says for tag in paper.of("/Document")))
    said = page.locator("main .prose p:visible:not(:has(math))").all_inner_texts()
    paragraphs = [words for each in said if len(words := plain(each)[:40]) == 40]
    at = [read.find(each) for each in paragraphs]
    assert len(at) > 5
    assert -1 not in at, paragraphs[at.index(-1)]
    assert at == sorted(at)
    outline = paper.reader.outline
    assert outline
    figure(
        f"{path}: {len(paper.reader.pages)} pages, {len(paper.tags)} tags, {len(paper.of(*HEADINGS))} headings, "
        f"{len(paper.of('/Figure'))} figures, {len(paper.of('/Table'))} tables, language {paper.language}: 0 wrong"
    )


def test_the_answers_of_staff_are_read_last(visitor):
    someone = visitor(reduced_motion="reduce")
    someone.sign_in("okafor")
    page = someone.go("/courses/all/")
    page.get_by_role("link", name="Light and colour").first.click()
    way = page.url.rstrip("/").rpartition("/")[2]
    page = someone.go(f"/courses/{way}/units/refraction/paper/")
    assert someone.status == 200
    paper = printed(page)
    assert paper.wrong() == []
    assert plain(paper.of("/H2")[-1].says) == plain("Answers, for the teacher")


@pytest.mark.parametrize(
    ("plant", "seen"),
    [
        ("document.querySelector('main img').alt = ''; document.querySelector('main img').setAttribute('role', 'img')", "a figure without words"),
        ("document.querySelector('main h2').outerHTML = '<h5>x</h5>'", "a step from 1 to 5"),
        ("document.documentElement.lang = ''", "no language"),
        ("document.querySelector('main h1').outerHTML = '<p>x</p>'", "headings begin"),
        ("document.querySelectorAll('th').forEach(each => { each.outerHTML = '<td>x</td>' })", "a cell without its head"),
    ],
)  # fmt: skip
def test_a_planted_fault_of_a_paper_is_seen(visitor, plant, seen):
    someone = visitor(reduced_motion="reduce")
    someone.sign_in("amina")
    page = someone.go(UNIT)
    page.evaluate(plant)
    assert any(each.startswith(seen) for each in printed(page).wrong())
