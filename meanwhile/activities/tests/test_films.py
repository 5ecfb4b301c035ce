"""Chapters of films and sounds, and the questions they stop for."""

import pytest

from meanwhile.courses.activity import Stop, data_of, kind_of
from meanwhile.courses.files import read_folder
from meanwhile.courses.source import Refused

BOTH = ("video", "audio")


def film(kind: str = "video", **more):
    end = {"video": "mp4", "audio": "mp3"}[kind]
    return data_of(kind, {"src": f"media/a.{end}", "title": "A", "seconds": 90, **more})


def chapters(*lines: tuple[str, str]):
    return [{"at": at, "title": title} for at, title in lines]


def questions(*lines: tuple[str, str]):
    return [{"at": at, "block": block} for at, block in lines]


def says(kind: str, **more) -> list[tuple[str, str]]:
    return [(each.key, each.says) for each in kind_of(kind).check(film(kind, **more), "")]


class Files:
    def url(self, path: str) -> str:
        return f"/files/{path}"

    def size(self, path: str) -> int:
        return 5

    def words(self, path: str) -> str:
        return ""


@pytest.mark.parametrize("kind", BOTH)
def test_chapters_and_questions_in_order_are_fine(kind):
    more = {
        "chapters": chapters(("0:00", "Air"), ("1:02.5", "Water")),
        "questions": questions(("0:42", "a"), ("1:30", "b")),
    }
    assert says(kind, **more) == []
    assert kind_of(kind).stops(film(kind, **more)) == [
        Stop(42.0, "a", "questions.0.block"),
        Stop(90.0, "b", "questions.1.block"),
    ]


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize(
    ("more", "key", "sentence"),
    [
        ({"chapters": chapters(("42", "x"))}, "chapters.0.at", "“42” is not a time in a film. Write"
         " minutes and seconds, like 1:23."),
        ({"chapters": chapters(("0:61", "x"))}, "chapters.0.at", "“0:61” is not a time in a film."
         " Write minutes and seconds, like 1:23."),
        ({"chapters": chapters(("0:30", "x"), ("0:10", "y"))}, "chapters.1.at",
         "0:10 comes after a later time. Put them in order, each once."),
        ({"chapters": chapters(("0:30", " "))}, "chapters.0.title", "A chapter needs a title."),
        ({"chapters": chapters(("0:30", "x" * 201))}, "chapters.0.title",
         "A chapter's title is at most 200 signs long."),
        ({"questions": questions(("1:31", "a"))}, "questions.0.at",
         "1:31 is after the end: it lasts 1:30."),
        ({"questions": questions(("0:30", ""))}, "questions.0.block",
         "Which question? Expected the id of one in this lesson."),
        ({"questions": questions(*[(f"0:{n // 10:02d}.{n % 10}", "a") for n in range(51)])},
         "questions", "A film has at most 50 of them."),
    ],
)  # fmt: skip
def test_what_is_amiss_is_said_with_its_place(kind, more, key, sentence):
    assert says(kind, **more) == [(key, sentence)]


def test_chapters_stand_in_a_list_and_on_the_strip_of_marks():
    data = film(chapters=chapters(("0:00", "Air & <water>"), ("0:45", "Water")))
    pieces = kind_of("video").pieces(data, Files())
    first, second = pieces["chapters"].split("\n")
    assert first == (
        '<li data-at="0"><span class="soft">0:00</span> <span>Air &amp; &lt;water&gt;</span></li>'
    )
    assert 'data-at="45"' in second
    assert kind_of("video").view(data, pieces, "")["marks"] == [
        ("chapter", "0.00"),
        ("chapter", "50.00"),
    ]


def test_without_a_length_there_are_no_marks_and_the_questions_are_asked_all_the_same():
    data = film(seconds=None, questions=questions(("1:05", "a")))
    view = kind_of("video").view(data, {}, "")
    assert view["marks"] == []
    assert view["stops"] == [{"at": "65", "stamp": "1:05", "block": "a"}]


LESSON = """---
id: one
title: One
---

::: video {#film}
src: media/a.mp4
title: A
questions:
- at: 0:10
  block: ask
- at: 0:20
  block: words
- at: 0:30
  block: nowhere
:::

::: short {#ask}
answers:
- light
---
What is fast?
:::

<!-- id: words -->

Words.
"""


def test_a_question_that_is_not_there_is_told_with_file_and_line(tmp_path):
    (tmp_path / "unit").mkdir()
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(12))
    (tmp_path / "course.md").write_text("---\nid: c\ntitle: C\nunits:\n- unit\n---\n")
    (tmp_path / "unit" / "unit.md").write_text("---\nid: unit\ntitle: U\nlessons:\n- one\n---\n")
    (tmp_path / "unit" / "one.md").write_text(LESSON)
    with pytest.raises(Refused) as refused:
        read_folder(tmp_path)
    assert [(each.path, each.line, each.says) for each in refused.value.remarks] == [
        ("unit/one.md", 13, "“words” is not a question, so it cannot be asked."),
        ("unit/one.md", 15, "There is no block “nowhere” in this lesson to ask."),
    ]
