"""Reading a course: what is taken, what is refused, and in which words."""

from functools import partial
from io import BytesIO

import pytest

from meanwhile.courses import not_here
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.files.yamls import read_yaml, resolve, write_yaml
from meanwhile.courses.source import CourseSource, FileSource, NotHere, Refused
from meanwhile.courses.tests import hostile
from meanwhile.courses.tests.invented import LINES

CHOICE = """\
::: choice {#fish}
options:
- id: a
  text: A
  right: true
- id: b
  text: B
---
Which?
:::
"""


def read(**files: str | bytes) -> CourseSource:
    """The small good course, with some files written otherwise: `lesson`, `unit`, `course`."""
    names = {"course": "course.md", "unit": "one/unit.md", "lesson": "one/first.md"}
    made = dict(hostile.GOOD)
    for name, words in files.items():
        made[names.get(name, name)] = words if isinstance(words, bytes) else words.encode()
    return read_files(
        Listing({p: FileSource(p, len(d), partial(BytesIO, d)) for p, d in made.items()})
    )


def wrong(**files: str | bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(**files)
    return [str(remark) for remark in refused.value.remarks]


def lesson(body: str, keys: str = "") -> str:
    return f"---\nid: first\ntitle: First\n{keys}---\n\n{body}"


def blocks(body: str) -> list[tuple[str, str]]:
    made = read(lesson=lesson(body)).units[0].lessons[0].blocks
    return [(block.uid, block.body) for block in made]


def test_a_key_that_is_misspelt_is_named_with_its_line_and_the_right_one():
    words = "---\nid: good\ntitle: Good\nlanugage: en\nunits:\n- one\n---\n"
    assert wrong(course=words) == [
        "course.md:4: There is no key “lanugage”; did you mean “language”?"
    ]


def test_everything_that_is_wrong_is_said_at_once():
    said = wrong(
        course="---\nid: Good\nunits:\n- one\n- two\n---\n",
        unit="---\nid: one\ntitle: One\nlessons:\n- first\n- second\n---\n",
        lesson=lesson("::: choise {#a}\n:::\n", "minutes: soon\n"),
    )
    assert len(said) == 6
    assert said[:3] == [
        "course.md:2: “id”: An id is made of lower-case letters, digits and single hyphens, at "
        "most 60 of them.",
        "course.md:2: The key “title” is missing.",
        "course.md:5: There is no file “two/unit.md”.",
    ]
    assert "one/first.md:4: “minutes” must be a whole number." in said
    assert "one/first.md:7: There is no kind “choise”; did you mean “choice”?" in said


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("[a](lesson:nowhere)", "one/first.md:6: There is no lesson “nowhere”."),
        ("[a](lesson:first#b)", "one/first.md:6: There is no block “b” in the lesson “first”."),
        ("\n\n[a](media/b.pdf)", "one/first.md:8: There is no file “media/b.pdf”."),
        ("a\nb ![a](media/b.svg)", "one/first.md:7: There is no file “media/b.svg”."),
        ("[a](other.html)", "one/first.md:6: “other.html” leads nowhere."),
        ("![](media/a.svg)", "one/first.md:6: The picture “media/a.svg” has no description."),
        ("::: note\na", "one/first.md:6: “::: note” is never closed with “:::”."),
        ("a\n\n:::", "one/first.md:8: These colons close nothing."),
        ("```\na", "one/first.md:6: This code is never closed with “```”."),
        ("<!-- id: a -->\n\n" + CHOICE, "one/first.md:6: There is no text under this id."),
        ("> " + CHOICE.replace("\n", "\n> "), "one/first.md:6: A block stands by itself"),
        (CHOICE.replace("#fish", "#Fish"), "one/first.md:6: “Fish” is not an id"),
        (CHOICE + "\n" + CHOICE, "one/first.md:17: The id “fish” is used in line 6 already."),
        (CHOICE.replace("  text: B", "  txet: B"), "There is no key “txet”; did you mean “text”?"),
        (
            CHOICE.replace("right: true", "right: yes"),
            "one/first.md:10: “right” must be true or false.",
        ),
        (CHOICE.replace("  right: true\n", ""), "one/first.md:7: Exactly one option is right"),
        (
            CHOICE.replace("options:", "objectives:\n- x\noptions:"),
            "There is no objective “x” in course.md.",
        ),
    ],
)
def test_a_mistake_in_a_lesson_is_said_with_its_line(body: str, says: str):
    assert any(says in each for each in wrong(lesson=lesson(body))), wrong(lesson=lesson(body))


def test_objectives_that_build_on_each_other_in_a_circle_are_refused():
    aims = "objectives:\n- id: a\n  text: A\n  builds_on:\n  - b\n- id: b\n  text: B\n  builds_on:\n  - a\n"
    said = wrong(course=f"---\nid: good\ntitle: Good\n{aims}units:\n- one\n---\n")
    assert said[0] == "course.md:5: “a” builds on itself in the end."


def test_ids_are_used_once_in_a_course():
    said = wrong(
        course="---\nid: good\ntitle: Good\nunits:\n- one\n- two\n---\n",
        **{
            "two/unit.md": "---\nid: two\ntitle: T\nlessons:\n- first\n---\n",
            "two/first.md": lesson("A"),
        },
    )
    assert said == [
        "two/first.md:2: The lesson “first” is also in “one/first.md”; ids are used once in a course."
    ]


def test_a_file_that_nothing_points_to_is_remarked_not_refused():
    remarks = [str(each) for each in read(**{"one/later.md": "x", "README.md": "x"}).remarks]
    assert remarks == [
        "media/a.svg: No lesson shows or hands out this file. It is kept.",
        "one/later.md: It is in no list of lessons or units. It is left out.",
        "README.md: It is not part of a course. It is left out.",
    ]


def test_text_is_divided_at_headings_ids_and_after_other_blocks():
    body = f"Start.\n\n<!-- id: more -->\nMore.\n\n## What *now*?\n\nText.\n\n{CHOICE}\nAfter.\n"
    assert blocks(body) == [
        ("text", "Start."),
        ("more", "More."),
        ("what-now", "## What *now*?\n\nText."),
        ("fish", "Which?"),
        ("text-2", "After."),
    ]


def test_colons_and_headings_inside_code_lists_and_quotes_divide_nothing():
    body = "```\n::: choice {#a}\n## a\n<!-- id: b -->\n```\n\n- a\n\n  ## b\n\n> ## c\n"
    assert len(blocks(body)) == 1


def test_a_number_where_text_is_meant_is_taken_as_it_is_written():
    made = read(
        lesson=lesson(CHOICE.replace("text: A", "text: 007").replace("text: B", "text: 1.50"))
    )
    options = made.units[0].lessons[0].blocks[0].data["options"]
    assert [option["text"] for option in options] == ["007", "1.50"]


@pytest.mark.parametrize(
    "words", ["no", "yes", "on", "2026-10-16", "12:30", "1_000", "0x1F", "0o7"]
)
def test_plain_words_are_text_whatever_yaml_once_made_of_them(words: str):
    assert resolve(words) == words


@pytest.mark.parametrize(
    "line", [*LINES, "a\nb", "a\n", "\n", " a\nb", "a\n\n b \n", "a\n\n\n", "\ta\nb"]
)
def test_every_text_is_written_so_that_it_is_read_again(line: str):
    value = {"a": line, "b": [line, {"c": line, "d": [line]}], "e": 1.5, "f": True, "g": -0.1}
    assert read_yaml(write_yaml(value)).value == value


NOT_HERE = "not_here:\n- check: long-text\n  block: p1\n  because: It is a story.\n"


@pytest.fixture
def a_check(monkeypatch):
    """One check there is, whatever the room above brings."""
    monkeypatch.setattr(not_here, "CHECKS", {"long-text"})


def test_not_here_is_kept_with_its_reason(a_check):
    made = read(lesson=lesson("<!-- id: p1 -->\n\nText.", NOT_HERE)).units[0].lessons[0]
    assert made.not_here == [NotHere("long-text", "It is a story.", "p1")]


def test_not_here_refuses_what_nobody_knows(a_check):
    other = NOT_HERE.replace("long-text", "long-texts").replace("p1", "p2")
    assert wrong(lesson=lesson("<!-- id: p1 -->\n\nText.", other)) == [
        "one/first.md:5: There is no check “long-texts”. Did you mean “long-text”?",
        "one/first.md:6: There is no block “p2” here.",
    ]


def test_not_here_says_why_and_says_it_once(a_check):
    twice = NOT_HERE + NOT_HERE.partition("\n")[2]
    assert wrong(lesson=lesson("<!-- id: p1 -->\n\nText.", twice)) == [
        "one/first.md:8: “long-text” is in the list twice."
    ]
    bare = "not_here:\n- check: long-text\n"
    assert wrong(lesson=lesson("Text.", bare)) == ["one/first.md:5: The key “because” is missing."]


def test_a_block_that_goes_takes_what_was_said_of_it_along(a_check):
    made = read(lesson=lesson("<!-- id: p1 -->\n\nText.\n\n<!-- id: p2 -->\n\nMore.", NOT_HERE))
    made.units[0].lessons[0].blocks.pop(0)
    again = read_files(Listing(files_of(made)))
    assert again.units[0].lessons[0].not_here == []
