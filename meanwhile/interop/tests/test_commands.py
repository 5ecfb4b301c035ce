"""`meanwhile import` and `meanwhile export`, as they are typed."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meanwhile.courses.models import Course
from meanwhile.courses.tests import hostile
from meanwhile.interop.tests.lessons import WORKBENCH


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in hostile.GOOD.items():
        place = tmp_path / "good" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return tmp_path / "good"


def run(*words: object) -> tuple[int, str]:
    """The exit code, and what was said."""
    out = StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_folder_is_imported_and_again_is_the_same(cast, folder):
    assert run("import", folder, "--school", "riverside", "--publish") == (
        0,
        "media/a.svg: No lesson shows or hands out this file. It is kept.\n“Good” is here.\n",
    )
    assert Course.objects.get(uid="good").published_at
    code, said = run("import", folder, "--school", "riverside")
    assert (code, said.splitlines()[-1]) == (0, "“Good” was the same already.")


def test_a_dry_run_says_what_would_change_and_changes_nothing(cast, folder):
    code, said = run("import", folder, "--school", "riverside", "--dry-run")
    assert (code, said.splitlines()[-1]) == (0, "It would be a new course: “Good”.")
    assert not Course.objects.filter(uid="good").exists()
    run("import", folder, "--school", "riverside")
    (folder / "one/first.md").write_text("---\nid: first\ntitle: Second\n---\n\nWords.\n")
    code, said = run("import", folder, "--school", "riverside", "--dry-run")
    assert said.splitlines()[-2:] == [
        "- The lesson “First” is now called “Second”.",
        "Nothing was changed yet.",
    ]
    assert Course.objects.get(uid="good").edition == 1


def test_a_mistake_is_said_with_its_line_and_ends_with_one(cast, folder):
    (folder / "course.md").write_text("---\nid: good\ntitel: Good\nunits:\n- one\n---\n")
    assert run("import", folder, "--school", "riverside") == (
        1,
        "course.md:2: The key “title” is missing.\n"
        "course.md:3: There is no key “titel”; did you mean “title”?\nNothing was taken in.\n",
    )


def test_a_zip_goes_out_and_comes_in(cast, folder, tmp_path):
    run("import", folder, "--school", "riverside")
    assert run("export", "good", tmp_path / "good.zip", "--zip")[0] == 0
    code, said = run("import", tmp_path / "good.zip", "--school", "riverside")
    assert (code, said.splitlines()[-1]) == (0, "“Good” was the same already.")
    assert run("export", "good", tmp_path / "out")[0] == 0
    there = {p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.md")}
    assert there == {Path("course.md"), Path("one/unit.md"), Path("one/first.md")}


def test_nothing_is_written_over(cast, folder, tmp_path):
    run("import", folder, "--school", "riverside")
    code, said = run("export", "good", folder)
    assert (code, "choose another place" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import", "/nowhere/at/all", "--school", "riverside"], "There is no folder or file"),
        (["import", "/nowhere", "--school", "none"], "Say which school"),
        (["export", "none", "/nowhere"], "There is no course “none”"),
    ],
)
def test_a_misused_command_says_so_and_ends_with_two(cast, words, says):
    code, said = run(*words)
    assert (code, says in said) == (2, True)


def test_a_hostile_zip_is_refused(cast, tmp_path):
    (tmp_path / "bad.zip").write_bytes(hostile.package(hostile.Entry(b"../evil")))
    code, said = run("import", tmp_path / "bad.zip", "--school", "riverside")
    assert (code, said.splitlines()[-1]) == (1, "Nothing was taken in.")


def test_a_carpentries_lesson_is_imported_from_a_zip_of_its_repository(cast, tmp_path):
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as package:
        for path, data in WORKBENCH.items():
            package.writestr(f"bread-main/{path}", data)
    (tmp_path / "bread.zip").write_bytes(out.getvalue())
    code, said = run("import", tmp_path / "bread.zip", "--school", "riverside")
    assert (code, said.splitlines()[-1]) == (0, "“Bread: a start” is here.")
    assert "Taken in: 2 episodes" in said
