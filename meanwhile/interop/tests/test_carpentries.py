"""A Carpentries lesson becomes a course: each thing in its right kind, and the rest is said."""

import os
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from meanwhile.courses.actions import import_course
from meanwhile.courses.files import normal
from meanwhile.courses.files.references import links_of
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.formats import read_listing
from meanwhile.courses.models import Block, Course
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import BlockSource, CourseSource, LessonSource, Refused
from meanwhile.interop.carpentries.choices import choice_in
from meanwhile.interop.tests.lessons import JEKYLL, WORKBENCH, listing

SHARED = Path(os.environ.get("MEANWHILE_SHARED", Path(__file__).parents[4] / "shared"))
SAMPLE = SHARED / "samples" / "markdown_course" / "swcarpentry_python-novice-inflammation.tar.gz"


@pytest.fixture(scope="module")
def bread() -> CourseSource:
    return read_listing(listing(WORKBENCH))


@pytest.fixture(scope="module")
def knots() -> CourseSource:
    return read_listing(listing(JEKYLL))


def lesson(course: CourseSource, uid: str) -> LessonSource:
    return next(each for unit in course.units for each in unit.lessons if each.uid == uid)


def block(course: CourseSource, at: str, uid: str) -> BlockSource:
    return next(each for each in lesson(course, at).blocks if each.uid == uid)


def words(course: CourseSource, uid: str) -> str:
    return "\n".join(each.body for each in lesson(course, uid).blocks if each.kind == "text")


def said(course: CourseSource) -> list[str]:
    return [str(remark) for remark in course.remarks]


def test_the_course_says_what_it_is_and_where_it_comes_from(bread):
    assert (bread.uid, bread.title, bread.licence) == (
        "bread-a-start",
        "Bread: a start",
        "CC-BY 4.0",
    )
    assert bread.authors == ["Mina Lund", "Omar N. Reyes"]
    assert "::: note Before\nDo the [setup](lesson:setup).\n:::" in bread.description
    assert "[Bread: a start](https://example.org/bread). Licence: CC-BY 4.0." in bread.description
    assert [unit.uid for unit in bread.units] == ["lessons", "for-reference"]
    assert [each.uid for each in bread.units[0].lessons] == ["flour", "water"]
    assert [each.uid for each in bread.units[1].lessons] == ["setup", "reference"]


def test_objectives_questions_minutes_and_key_points(bread):
    flour = lesson(bread, "flour")
    assert [(aim.uid, aim.text) for aim in bread.objectives] == [
        ("explain-what-flour-is", "Explain what flour is."),
        ("name-two-grains", "Name two grains."),
    ]
    assert (flour.objectives, flour.minutes) == (["explain-what-flour-is", "name-two-grains"], 15)
    assert flour.blocks[0].body == "::: question Questions\n- What is flour?\n:::"
    assert flour.blocks[-1].body == "::: key Key points\n- Flour is ground grain.\n:::"


def test_links_lead_to_lessons_blocks_files_and_sites(bread):
    text = words(bread, "flour")
    assert "ground [grain](https://example.org/grain)" in text
    assert "[glossary](lesson:reference)" in text
    assert "[water](lesson:water#the-right-amount)" in text
    assert "[this](lesson:flour#what-a-mill-does)" in text
    assert "[loaves](media/loaves.csv)" in text
    assert "\nnothing." in text
    assert any("01-flour.md:" in each and "“nowhere.md”" in each for each in said(bread))


def test_figures_keep_their_description_and_their_caption(bread):
    text = words(bread, "flour")
    assert r'![Two stones, one on the other \[turning\]](media/mill.svg "A mill")' in text
    assert "width" not in text


def test_code_tables_and_html_arrive(bread):
    text = words(bread, "flour")
    assert '```python\nprint("# not a heading")\n```' in text
    assert "```output\n::: not a fence\n```" in text
    assert "| 1 | 2 |" in text
    assert "`Enter` H₂O" in text
    assert "## What a mill does\n" in text
    assert "::: note Stones\nThey are heavy.\n:::" in text


def test_a_challenge_becomes_practice_with_its_hints_and_all_its_solutions(bread):
    grind = block(bread, "flour", "grind")
    assert grind.kind == "reveal"
    assert grind.body == "### Grind\n\nGrind some grain. What do you get?"
    assert grind.data["hints"] == ["Use two stones."]
    assert grind.data["answer"] == (
        "Flour.\n\n**With a machine**\n\nFiner flour, ![An oven](media/oven.svg)."
    )


def test_a_multiple_choice_becomes_one(bread):
    finest = block(bread, "flour", "which-is-finest")
    assert finest.kind == "choice"
    assert [(o["text"], o.get("right", False)) for o in finest.data["options"]] == [
        ("Whole", False),
        ("White", True),
        ("Rye", False),
    ]
    assert finest.data["why"] == "Option 2 is the correct answer. It is sieved."


def test_a_solution_that_judges_each_option_becomes_their_feedback(bread):
    options = block(bread, "flour", "yes-or-no").data["options"]
    assert [option["feedback"] for option in options] == ["Yes, they are.", "No, they are not."]
    assert options[0]["right"]


@pytest.mark.parametrize(
    ("solution", "right"),
    [
        ("The correct answer is 3, because it is.", {2}),
        ("Answer: B", {1}),
        ("4 is the correct answer. The rest are not.", {3}),
        ("The answer is (2)-the second.", {1}),
        ("## Solution\n\nOption 1 is correct. Option 2 also works.", {0}),
        ("1. No\n2. Yes, it is\n3. No\n4. Wrong", {1}),
        ("Answer 1 is not descriptive enough; but answer 3 is good.", None),
        ("Answers 2 and 4 both do.", None),
        ("It depends on the flour.", None),
        ("1. `a` does this\n2. `b` does that", None),
    ],
)
def test_only_a_marked_answer_makes_a_multiple_choice(solution: str, right: set[int] | None):
    found = choice_in("Which one?\n\n1. a\n2. b\n3. c\n4. d", solution)
    assert (found.right if found else None) == right


def test_a_list_of_tasks_is_not_a_multiple_choice():
    body = "What happens? Try:\n\n1. What is `a`?\n2. What is `b`?"
    assert choice_in(body, "The answer is 2.") is None


def test_a_solution_outside_its_challenge_finds_it(bread):
    made = next(each for each in lesson(bread, "water").blocks if each.kind == "reveal")
    assert (made.body, made.data["answer"]) == ("Why warm?", "It is faster.")


def test_r_markdown_shows_its_code_and_says_what_is_missing(bread):
    text = words(bread, "water")
    assert "```r\nflour * 0.6\n```" in text
    assert "secret" not in text
    assert "There are `n` cups." in text
    water = [each for each in said(bread) if "02-water.Rmd" in each]
    assert [re.sub(r".*Rmd:", "", each)[:30] for each in water] == [
        "17: R code inside a sentence i",
        "13: 1 pieces of R code print s",
        "19: These tabs are shown one b",
    ]


def test_definitions_become_paragraphs(bread):
    assert "**crumb**: The soft part, inside. See [crust](lesson:reference)." in words(
        bread, "reference"
    )


def test_the_report_says_with_file_and_line_what_did_not_arrive(bread):
    report = said(bread)
    assert report[0].startswith(
        "config.yaml: Taken in: 2 episodes, 5 challenges (2 as multiple choice, 3 with an answer "
        "to open), 5 solutions, 1 callouts, 2 figures, 3 files."
    )
    flour = str(WORKBENCH["episodes/01-flour.md"]).split("\n")
    note, unanswered = flour.index("::: instructor") + 1, flour.index("## No answer here") - 1
    for line in (
        f"episodes/01-flour.md:{note}: This note is for those who teach; it was left out.",
        f"episodes/01-flour.md:{unanswered}: This challenge has no solution; a sentence says so.",
        "learners/setup.md:7: What could be opened here is shown open.",
        "instructors/instructor-notes.md: This page is for those who teach; it was left out.",
    ):
        assert line in report
    assert any("oven.svg" in line and "more than draw" in line for line in report)


def test_the_older_layout_arrives_too(knots):
    text = words(knots, "loop")
    assert "[rope](https://example.org/rope)" in text
    assert "[help](https://example.org/help)" in text
    assert "[bends](lesson:bend#joining)" in text
    assert "![A bowline](media/bowline.svg)" in text
    assert "~~~python\ntie(rope)\n~~~" in text
    assert "~~~output\nknot\n~~~" in text
    assert "::: warning Take care\nNot round a neck.\n:::" in text
    assert "> Only a quote." in text
    assert "not this" not in text
    tie = block(knots, "loop", "tie-it")
    assert (tie.kind, tie.body) == ("reveal", "## Tie it\n\nTie a loop.")
    assert tie.data["answer"] == "~~~python\ntie(loop)\n~~~"
    assert [each.uid for each in lesson(knots, "bend").blocks] == ["joining", "untying"]
    assert "`{{ x }}`" in words(knots, "bend")
    assert "[Back](lesson:loop)" in words(knots, "bend")
    assert lesson(knots, "loop").objectives == ["tie-a-loop"]
    assert lesson(knots, "loop").blocks[-1].body.startswith("::: key Key points")


def test_a_lesson_without_episodes_is_refused():
    with pytest.raises(Refused):
        read_listing(listing({"config.yaml": "title: A\n", "episodes/fig/a.svg": b"<svg/>"}))


@pytest.mark.parametrize("name", ["bread", "knots"])
def test_it_is_byte_equal_from_export_to_export(name, request, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    course = import_course(
        request.getfixturevalue(name), cast.schools["riverside"], actor=None
    ).course
    assert written(normal(source_of(course))) == written(source_of(course))


def written(source: CourseSource) -> dict[str, bytes]:
    made = {}
    for path, file in files_of(source).items():
        with file.open() as stream:
            made[path] = stream.read()
    return made


# ── A whole lesson that nobody here wrote, where it lies beside the repository ────────────────


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """The lesson, unpacked. Its text is licensed and not ours, so it is never committed; the two
    lessons above are tried everywhere."""
    if not SAMPLE.exists():
        pytest.skip(f"no lesson at {SAMPLE}; set MEANWHILE_SHARED to the folder that has samples/")
    folder = tmp_path_factory.mktemp("lesson")
    with tarfile.open(SAMPLE) as package:
        package.extractall(folder, filter="data")
    return next(path.parent for path in folder.rglob("config.yaml"))


@pytest.fixture(scope="module")
def python(sample: Path) -> CourseSource:
    from meanwhile.courses.files import read_folder

    return read_folder(sample)


def test_every_challenge_solution_callout_and_figure_of_a_real_lesson_arrives(python, sample):
    episodes = [
        each for unit in python.units if unit.uid != "for-reference" for each in unit.lessons
    ]
    source = "\n".join(path.read_text() for path in (sample / "episodes").glob("*.md"))
    boxes = Counter(re.findall(r"^:{3,} +([a-z]+)", source, re.MULTILINE))
    assert (boxes["challenge"], boxes["solution"], boxes["callout"]) == (53, 58, 20)
    practice = [each for one in episodes for each in one.blocks if each.kind != "text"]
    assert (len(episodes), len(practice)) == (12, 53)
    assert python.remarks[0].says.startswith(
        "Taken in: 12 episodes, 53 challenges (1 as multiple choice, 52 with an answer to open), "
        "58 solutions, 20 callouts"
    )
    text = "\n".join(each.body for one in episodes for each in one.blocks)
    assert len(re.findall(r"^:{3,} note ", text, re.MULTILINE)) == 20 + boxes["prereq"]
    everything = [text, *(str(value) for each in practice for value in _texts(each.data))]
    figures = [link for part in everything for link in links_of(part) if link.picture]
    assert len(figures) == source.count("![")
    assert all(link.words for link in figures)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return [text for each in items for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_all_code_of_a_real_lesson_arrives(python, sample):
    made = "\n".join(
        text
        for part in written(python).values()
        if b"\0" not in part
        for text in [part.decode(errors="ignore")]
    )
    for path in (sample / "episodes").glob("*.md"):
        for code in re.findall(r"^```\w+\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL):
            lines = [line.strip() for line in code.split("\n") if line.strip()]
            assert all(line in made for line in lines), path


def test_a_real_lesson_is_byte_equal_and_shown(python, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    result = import_course(python, cast.schools["riverside"], actor=None)
    exported = source_of(result.course)
    assert written(normal(exported)) == written(exported)
    second = import_course(normal(exported), cast.schools["riverside"], actor=None)
    assert not second.changed
    assert Block.objects.filter(lesson__course=result.course).exclude(rendered={}).count() > 100
    assert Course.objects.get(pk=result.course.pk).edition == 1
