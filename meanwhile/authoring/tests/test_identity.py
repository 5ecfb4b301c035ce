"""File → document → file is the identity: what the editor saves is what the files hold."""

import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meanwhile.authoring import lines
from meanwhile.authoring.documents import document_of, file_of, from_plain, part_of
from meanwhile.courses.activity import KINDS
from meanwhile.courses.files import normal, read_folder
from meanwhile.courses.files.blocks import split
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of, lesson_text
from meanwhile.courses.source import CourseSource, LessonSource
from meanwhile.courses.tests.invented import Inventor

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("MEANWHILE_SHARED", ROOT.parent / "shared"))
SAMPLE = SHARED / "samples" / "markdown_course" / "swcarpentry_python-novice-inflammation.tar.gz"
DEMO = Path(__file__).parents[3] / "demo" / "courses" / "light-and-colour"
INVENTED = int(os.environ.get("MEANWHILE_INVENTED", "1000"))
quietly = [HealthCheck.too_slow]
FORMS: list[str] = []
OTHER_WAYS: list[str] = []


def lessons_of(source: CourseSource) -> list[LessonSource]:
    return [lesson for unit in source.units for lesson in unit.lessons]


def through_the_editor(lesson: LessonSource) -> str:
    """Opened, kept as JSON, taken out of the database, written."""
    document = from_plain(document_of(lesson).plain())
    FORMS.extend(part.form for part in document.parts)
    OTHER_WAYS.extend(part.form for part in document.parts if part.instead_of)
    return file_of(lesson.uid, document)


@settings(
    max_examples=INVENTED // 4, deadline=None, derandomize=True, suppress_health_check=quietly
)
@given(seed=st.integers(0, 2**32))
def test_invented_lessons_come_back_byte_for_byte(seed: int):
    course = read_files(Listing(files_of(Inventor(seed, 2).course())))
    for lesson in lessons_of(course):
        assert through_the_editor(lesson) == lesson_text(lesson)


def test_at_least_a_thousand_lessons_were_invented(figure):
    if not FORMS:
        pytest.skip("the lessons are invented in the test above")
    in_lines = sum(form == lines.LINES for form in FORMS)
    in_source = sum(form == lines.SOURCE for form in FORMS)
    figure(
        f"{len(FORMS)} blocks: {in_lines} questions typed in lines, {in_source} as source; "
        f"{len(OTHER_WAYS)} of them other ways to meet a block"
    )
    assert len(OTHER_WAYS) > INVENTED // 10
    assert {lines.TEXT, lines.LINES, lines.FIELD, lines.SOURCE} <= set(OTHER_WAYS)
    assert len(FORMS) > INVENTED


def test_every_lesson_of_the_demo_course_comes_back_and_none_needs_its_source():
    for lesson in lessons_of(read_folder(DEMO)):
        FORMS.clear()
        assert through_the_editor(lesson) == lesson_text(lesson)
        assert lines.SOURCE not in FORMS, lesson.uid


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_sample_of_every_kind_comes_back(kind: str):
    data, body = KINDS[kind].sample()
    part = part_of("a", kind, data, body)
    found = part.read()
    assert (found.problems, found.body) == ([], body)
    assert found.data == data


def test_a_planted_fault_is_seen(monkeypatch):
    """An editor that lost the ids of options would not pass."""
    course = read_folder(DEMO)
    lesson = next(each for each in lessons_of(course) if each.uid == "why-a-straw-looks-bent")
    monkeypatch.setattr(lines.questions, "kept_ids", lambda before, texts: ["a"] * len(texts))
    monkeypatch.setattr(lines, "_same", lambda *args: True)
    assert through_the_editor(lesson) != lesson_text(lesson)


def test_a_whole_file_is_still_read_as_one_after_the_editor():
    lesson = lessons_of(read_folder(DEMO))[0]
    text = through_the_editor(lesson)
    body = text.split("---\n", 2)[2]
    blocks, wrong = split(body, "lesson.md")
    assert [each.uid for each in blocks] == [each.uid for each in lesson.blocks]
    assert not wrong


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample course is not on this machine")
def test_every_lesson_of_a_course_of_somebody_else_comes_back(figure, tmp_path: Path):
    """A Carpentries lesson repository, as it was taken in."""
    with tarfile.open(SAMPLE) as package:
        package.extractall(tmp_path, filter="data")
    top = tmp_path
    lessons = lessons_of(normal(read_folder(top)))
    FORMS.clear()
    for lesson in lessons:
        assert through_the_editor(lesson) == lesson_text(lesson), lesson.uid
    figure(f"{len(lessons)} lessons, {FORMS.count(lines.SOURCE)} of {len(FORMS)} blocks as source")
