"""What goes out comes in again, and goes out byte for byte."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meanwhile.courses.actions import import_course
from meanwhile.courses.files import read_folder, read_zip, write_folder, write_zip
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.models import Course
from meanwhile.courses.queries.source import source_of
from meanwhile.courses.source import CourseSource, FileSource
from meanwhile.courses.tests.invented import Inventor
from meanwhile.people.models import School

DEMO = Path(__file__).parents[3] / "demo" / "courses" / "light-and-colour"
INVENTED = int(os.environ.get("MEANWHILE_INVENTED", "1000"))
quietly = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def written(source: CourseSource) -> dict[str, bytes]:
    return {path: content(file) for path, file in files_of(source).items()}


def content(file: FileSource) -> bytes:
    with file.open() as stream:
        return stream.read()


def again(source: CourseSource) -> CourseSource:
    return read_files(Listing(files_of(source)))


def activities(source: CourseSource) -> list[tuple[str, str, str, str]]:
    """Every block with a fence: what must arrive as it was."""
    return [
        (lesson.uid, block.kind, block.uid, block.body.strip("\n").rstrip())
        for unit in source.units
        for lesson in unit.lessons
        for block in lesson.blocks
        if block.kind != "text"
    ]


def prose(source: CourseSource) -> list[str]:
    """The lines of all text blocks, however they are divided."""
    bodies = [
        block.body
        for unit in source.units
        for lesson in unit.lessons
        for block in lesson.blocks
        if block.kind == "text"
    ]
    return [line.rstrip() for body in bodies for line in body.split("\n") if line.strip()]


def texts(value: object) -> list[str]:
    """Every text in a block's data."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return sorted(text for each in items for text in texts(each))
    return []


def data(source: CourseSource) -> list[list[str]]:
    return [
        texts(block.data)
        for unit in source.units
        for lesson in unit.lessons
        for block in lesson.blocks
    ]


TRIED: list[int] = []


@settings(max_examples=INVENTED, deadline=None, derandomize=True, suppress_health_check=quietly)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 2))
def test_an_invented_course_comes_back_byte_for_byte(seed: int, size: int):
    TRIED.append(seed)
    raw = Inventor(seed, size).course()
    source = again(raw)
    assert activities(source) == activities(raw)
    assert prose(source) == prose(raw)
    assert [t for t in data(source) if t] == [t for t in data(raw) if t]
    twice = again(source)
    assert written(twice) == written(source)
    assert (twice.title, twice.summary, twice.authors) == (raw.title, raw.summary, raw.authors)
    assert twice.hours_per_week == raw.hours_per_week


def test_as_many_were_invented_as_asked_for():
    assert not TRIED or len(TRIED) >= INVENTED


@pytest.mark.parametrize("seed", range(60))
def test_it_comes_back_through_the_database(cast, settings, tmp_path, seed: int):
    settings.MEDIA_ROOT = tmp_path
    source = again(Inventor(seed, 1 + seed % 2).course())
    result = import_course(source, cast.schools["riverside"], actor=None)
    exported = written(source_of(result.course))
    assert {p: d for p, d in exported.items() if p.endswith(".md")} == {
        p: d for p, d in written(source).items() if p.endswith(".md")
    }
    second = import_course(again(source_of(result.course)), cast.schools["riverside"], actor=None)
    assert not second.changed
    assert second.changes == []
    assert written(source_of(second.course)) == exported


def through_the_database(source: CourseSource, school: School) -> CourseSource:
    return source_of(import_course(source, school, actor=None).course)


def test_the_demo_course_is_byte_equal(cast, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "media"
    first = through_the_database(read_folder(DEMO), cast.schools["riverside"])
    write_folder(first, tmp_path / "first")
    second = through_the_database(read_folder(tmp_path / "first"), cast.schools["riverside"])
    assert written(second) == written(first)
    assert Course.objects.get(uid="light-and-colour").edition == 1


def test_the_demo_course_is_written_as_an_export_writes_it():
    exported = written(read_folder(DEMO))
    there = {str(p.relative_to(DEMO)): p.read_bytes() for p in DEMO.rglob("*") if p.is_file()}
    assert exported == there


def test_a_zip_is_the_same_bytes_each_time():
    source = read_folder(DEMO)
    one, two = BytesIO(), BytesIO()
    write_zip(source, one)
    write_zip(read_zip(one), two)
    assert one.getvalue() == two.getvalue()


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_folder(Inventor(1, 1).course(), tmp_path)
