"""Other ways to meet a block, as files hold them."""

import pytest

from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.models import Block
from meanwhile.courses.source import CourseSource, FileSource, LessonSource, Refused, UnitSource
from meanwhile.courses.variants import name_of_language, speaks

HEAD = "---\nid: bent\ntitle: Why a straw looks bent\n---\n\n"
LESSON = (
    HEAD
    + """<!-- id: look-first -->

Light changes direction where it leaves the water, and so the straw appears to be displaced.

<!-- id: look-first-plain; instead_of: look-first; way: plain -->

Light bends when it leaves water. So the straw looks bent.

<!-- id: look-first-fr; instead_of: look-first; way: language; language: fr -->

La lumière change de direction en sortant de l’eau.

::: short {#word}
answers:
- refraction
---
What is it called?
:::

::: short {#word-plain}
instead_of: word
way: plain
answers:
- refraction
---
Light bends. What is the word for it?
:::
"""
)


def taken_in(lesson: str) -> CourseSource:
    from functools import partial
    from io import BytesIO

    texts = {
        "course.md": "---\nid: in-water\ntitle: In water\nunits:\n- water\n---\n",
        "water/unit.md": "---\nid: water\ntitle: Water\nlessons:\n- bent\n---\n",
        "water/bent.md": lesson,
    }
    files = {
        path: FileSource(path, len(text.encode()), partial(BytesIO, text.encode()))
        for path, text in texts.items()
    }
    return read_files(Listing(files))


def remarks(lesson: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        taken_in(lesson)
    return [str(each) for each in refused.value.remarks]


def the_lesson(source: CourseSource) -> LessonSource:
    [unit] = source.units
    assert isinstance(unit, UnitSource)
    return unit.lessons[0]


def test_text_and_question_say_what_they_stand_for_and_come_back_byte_for_byte():
    source = taken_in(LESSON)
    found = {block.uid: block.data for block in the_lesson(source).blocks}
    assert found["look-first-plain"] == {"instead_of": "look-first", "way": "plain"}
    assert found["look-first-fr"]["language"] == "fr"
    assert found["word-plain"]["instead_of"] == "word"
    with files_of(source)["water/bent.md"].open() as stream:
        written = stream.read().decode()
    assert written.strip() == LESSON.strip()


@pytest.mark.parametrize(
    ("comment", "line", "says"),
    [
        ("id: b; wey: plain", 11, "“wey” cannot stand in an id comment"),
        ("id: b; way:", 11, "After “way:” comes one value"),
        ("id: b; way: plain", 11, "“instead_of” is missing"),
        ("id: b; instead_of: nothing; way: plain", 11, "stands right behind that block"),
        ("id: b; instead_of: a; way: easier", 11, "“way” must be one of"),
        ("id: b; instead_of: a", 11, "“way” must be one of"),
        ("id: b; instead_of: a; way: language", 11, "“language” is missing"),
        ("id: b; instead_of: a; way: plain; language: fr", 11, "alone"),
        ("id: b; instead_of: a; way: language; language: f_r", 11, "not a language tag"),
        ("id: b; instead_of: a; way: language; language: en", 11, "language of the course"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(comment: str, line: int, says: str):
    lesson = f"{HEAD}<!-- id: a -->\n\nText.\n\n\n<!-- {comment} -->\n\nOther words.\n"
    found = remarks(lesson)
    assert any(each.startswith(f"water/bent.md:{line}: ") and says in each for each in found), found


def test_two_of_one_way_are_refused():
    more = "<!-- id: {} ; instead_of: a; way: plain -->\n\nWords.\n\n"
    lesson = f"{HEAD}<!-- id: a -->\n\nText.\n\n" + more.format("b") + more.format("c")
    assert any("has this way already" in each for each in remarks(lesson))


def test_a_question_stays_a_question():
    lesson = LESSON.replace(
        "::: short {#word-plain}\ninstead_of: word", "::: short {#word-plain}\ninstead_of: x"
    )
    assert any("right behind" in each for each in remarks(lesson))
    text = f"{HEAD}::: short {{#q}}\nanswers:\n- a\n---\nWhat?\n:::\n\n<!-- id: b; instead_of: q; way: plain -->\n\nWords.\n"
    assert any("stays a question" in each for each in remarks(text))


def test_what_it_counts_for_stands_at_the_main_block():
    lesson = LESSON.replace("way: plain\nanswers:", "way: plain\nminutes: 3\nanswers:")
    assert any("“minutes” stands at the block" in each for each in remarks(lesson))


def test_the_table_knows_its_main_block_and_counts_one_for_each_place(cast):
    from meanwhile.courses.actions import import_course

    course = import_course(taken_in(LESSON), cast.schools["riverside"], actor=None).course
    rows = {row.uid: row for row in Block.objects.filter(lesson__course=course)}
    assert rows["look-first-fr"].instead_of_id == rows["look-first"].pk
    assert (rows["look-first-fr"].way, rows["look-first-fr"].language) == ("language", "fr")
    assert rows["word-plain"].place == rows["word"].place == rows["word"].pk
    counted = Block.objects.counted().filter(lesson__course=course)
    assert [row.uid for row in counted.order_by("position")] == ["look-first", "word"]
    one_place = sum(row.minutes for row in rows.values() if not row.instead_of_id)
    assert rows["word"].lesson.minutes == max(1, -(-one_place // 1))


def test_a_way_that_is_taken_out_and_put_back_is_the_same_row(cast):
    from meanwhile.courses.actions import import_course

    school = cast.schools["riverside"]
    course = import_course(taken_in(LESSON), school, actor=None).course
    before = Block.objects.get(lesson__course=course, uid="word-plain").pk
    without = LESSON[: LESSON.index("::: short {#word-plain}")]
    import_course(taken_in(without), school, actor=None)
    assert Block.objects.get(pk=before).removed_at is not None
    import_course(taken_in(LESSON), school, actor=None)
    row = Block.objects.get(lesson__course=course, uid="word-plain")
    assert (row.pk, row.removed_at) == (before, None)


def test_a_language_is_called_as_those_call_it_who_speak_it():
    assert name_of_language("fr") == "Français"
    assert name_of_language("pt-BR").startswith("Português")
    assert name_of_language("x-none") == "x-none"
    assert speaks("fr-ca", "fr")
    assert not speaks("en-gb", "fr")
    assert not speaks("", "fr")
