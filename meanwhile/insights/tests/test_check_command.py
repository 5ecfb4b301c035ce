"""`meanwhile check PATH`: lines to jump to, exit codes, and no database."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meanwhile.courses.files import write_folder
from meanwhile.insights import report
from meanwhile.insights.check import Finding, Severity
from meanwhile.insights.remarks import Remarks
from meanwhile.insights.samples import course, prose
from meanwhile.insights.study import Place

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "demo" / "courses" / "light-and-colour"
JUMP = "## Look first\n\nText.\n\n#### Closer\n\nText."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(course(f"{prose(20)}\n\n{JUMP}"), tmp_path / "course")
    return tmp_path / "course"


def run(*args: object, **options: object) -> tuple[str, int]:
    """What it writes, and its exit code."""
    out = StringIO()
    try:
        call_command("check", *map(str, args), stdout=out, stderr=out, **options)
    except SystemExit as left:
        return out.getvalue(), int(left.code or 0)
    return out.getvalue(), 0


def test_a_remark_is_a_line_to_jump_to(folder: Path):
    said, code = run(folder, "--only", "heading-jump")
    line = next(n for n, words in enumerate((folder / "unit-0/lesson-0.md").read_text().split("\n"), 1)
                if "####" in words)  # fmt: skip
    assert f"{folder}/unit-0/lesson-0.md:{line}: worth mending: “Closer”" in said
    assert "[heading-jump]" in said
    assert code == 1


def test_a_plain_terminal_gets_plain_text(folder: Path):
    said, _code = run(folder)
    assert "\x1b" not in said


def test_ideas_alone_do_not_fail_unless_asked(folder: Path):
    assert run(folder, "--only", "no-ages")[1] == 0
    assert run(folder, "--only", "no-ages", "--fail-on", "idea")[1] == 1
    assert run(folder, "--fail-on", "never")[1] == 0


def test_for_github_every_remark_is_an_annotation(folder: Path):
    said, code = run(folder, "--only", "heading-jump", "--format", "github")
    assert said.startswith(f"::warning file={folder}/unit-0/lesson-0.md,line=")
    assert said.count("\n") == 1
    assert code == 1


def test_an_annotation_cannot_be_broken_out_of():
    """Words of the course stay words: they neither end the line nor begin another command."""
    place = Place("a,b:c.md", 3)
    finding = Finding("no-summary", Severity.MEND, "100 %\n::error::x", place)
    (line,) = report.github(Remarks([finding]))
    assert line.startswith("::warning file=a%2Cb%3Ac.md,line=3,title=")
    assert "100 %25%0A::error::x" in line
    assert "\n" not in line


def test_as_json_with_everything_a_program_needs(folder: Path):
    said, _code = run(folder, "--format", "json")
    found = json.loads(said)
    jump = next(each for each in found["remarks"] if each["check"] == "heading-jump")
    assert jump["line"] > 0
    assert jump["block"] == "look-first"
    assert jump["evidence"]["status"] == "standard"


def test_what_is_not_wanted_is_not_said(folder: Path):
    file = folder / "unit-0" / "lesson-0.md"
    quiet = "not_here:\n- check: heading-jump\n  block: look-first\n  because: A joke.\n---\n\n"
    front, rest = file.read_text().split("---\n\n", 1)
    file.write_text(f"{front}{quiet}{rest}")
    said, code = run(folder, "--only", "heading-jump")
    assert "1 more is not wanted here" in said
    assert code == 0
    file.write_text(file.read_text().replace("heading-jump", "heading-jumps"))
    said, code = run(folder)
    assert "There is no check “heading-jumps”. Did you mean “heading-jump”?" in said
    assert code == 2


def test_a_folder_that_is_no_course_says_so(tmp_path: Path):
    said, code = run(tmp_path)
    assert "There is no course here" in said
    assert code == 2


def test_names_nobody_knows_are_refused(folder: Path):
    with pytest.raises(CommandError, match="There is no check “jumps”"):
        run(folder, "--only", "jumps")
    with pytest.raises(CommandError, match="There is no folder or file"):
        run("./nowhere.zip")


def test_every_check_can_be_explained():
    said, code = run("--explain", "long-text")
    assert "Rey et al. 2019" in said
    assert "have not read them in the source" in said
    assert code == 0
    assert run("--checks")[0].count("\n") >= 30


def test_without_a_path_it_is_still_the_check_of_the_program():
    said, code = run()
    assert "System check identified no issues" in said
    assert code == 0


@pytest.mark.slow
def test_it_needs_no_database(tmp_path: Path):
    """In a folder of its own, with a database that cannot be reached."""
    shutil.copytree(DEMO, tmp_path / "course")
    environment = {
        "PATH": "/usr/bin:/bin",
        "MEANWHILE_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "PYTHONPATH": str(ROOT),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "meanwhile", "check", str(tmp_path / "course")],
        capture_output=True, text=True, check=False, env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_demo_course_has_nothing_to_mend():
    said, code = run(DEMO, "--fail-on", "idea")
    assert code == 0, said


@pytest.mark.slow
def test_it_ends_quietly_where_nobody_reads_on(folder: Path):
    reader, writer = os.pipe()
    os.close(reader)
    environment = {"PATH": "/usr/bin:/bin", "MEANWHILE_DATA": str(folder.parent / "data")}
    ran = subprocess.run(
        [sys.executable, "-m", "meanwhile", "check", str(folder)],
        stdout=writer, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT, env=environment,
    )  # fmt: skip
    os.close(writer)
    assert ran.stderr == ""
