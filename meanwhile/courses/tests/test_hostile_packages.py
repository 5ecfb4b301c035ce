"""What comes in a package is data, or it does not come in."""

import os
import resource
import socket
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps

from meanwhile.courses.actions import import_course
from meanwhile.courses.files import read_folder, read_zip
from meanwhile.courses.models import Asset, Block
from meanwhile.courses.source import Refused
from meanwhile.courses.tests import hostile
from meanwhile.people.models import School


def rows() -> Counter[str]:
    return Counter({m._meta.label: m._default_manager.count() for m in apps.get_models()})


def peak(*, anew: bool = False) -> int:
    """The most memory this process has held, in MB; on Linux counted anew where asked."""
    status, reset = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if anew:
        reset.write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def outcome(data: bytes, school: School) -> str:
    """Why a package is refused, in words; empty where it was taken in."""
    try:
        import_course(read_zip(BytesIO(data)), school, actor=None)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.fixture
def apart(tmp_path: Path, monkeypatch, settings) -> Path:
    """A working folder deep in an empty one, so that a way out would be seen."""
    settings.MEDIA_ROOT = tmp_path / "media"
    inside = tmp_path / "a" / "b" / "c"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    return tmp_path


def escapes(apart: Path) -> list[Path]:
    """Files anywhere but among the blobs, or under the mark's name anywhere near."""
    there = [p for p in apart.rglob("*") if p.is_file() and "blobs" not in p.parts]
    near = [
        Path(root) / hostile.MARK for root in ("/", "/tmp", "/etc", "/etc/cron.d", apart.parent)
    ]
    return there + [path for path in near if path.exists()]


@pytest.mark.promise("T12")
def test_hostile_packages_are_refused_whole(cast, apart, figure):
    packages = hostile.refused()
    before, memory, start = rows(), peak(anew=True), time.monotonic()
    said = {name: outcome(data, cast.schools["riverside"]) for name, data in packages}
    seconds, grown = time.monotonic() - start, peak() - memory
    assert len(packages) >= 150
    assert [name for name, words in said.items() if not words] == []
    assert rows() == before
    assert escapes(apart) == []
    assert grown <= 256
    assert seconds <= 30
    figure(f"{len(packages)} packages: 0 taken, 0 escapes, +{grown} MB, {seconds:.1f} s")


@pytest.mark.promise("T12")
def test_bytes_changed_at_random_are_refused_or_data(cast, apart, figure):
    outcomes: Counter[str] = Counter()
    for _name, data in hostile.flipped(300):
        try:
            read_zip(BytesIO(data))
            outcomes["taken"] += 1
        except Refused:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 200
    assert escapes(apart) == []
    figure(f"300 damaged packages: {outcomes['refused']} refused, no crash")


@pytest.mark.promise("T12")
@pytest.mark.parametrize("name", [name for name, _ in hostile.harmless()])
def test_what_only_looks_hostile_is_taken_as_data(cast, apart, name):
    data = dict(hostile.harmless())[name]
    import_course(read_zip(BytesIO(data)), cast.schools["riverside"], actor=None)
    block = Block.objects.get(lesson__course__uid="good", position=0)
    assert "<script" not in str(block.rendered)
    paths = Asset.objects.filter(course__uid="good").values_list("path", flat=True)
    assert all(path.startswith("media/") for path in paths)
    assert escapes(apart) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good course as a folder."""
    for name, data in hostile.GOOD.items():
        place = tmp_path / "course" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return tmp_path / "course"


def link(at: Path, to: str) -> None:
    at.unlink(missing_ok=True)
    at.symlink_to(to)


FOLDERS = {
    "a link to a file": lambda f: link(f / "media/b.txt", "/etc/passwd"),
    "a link for the course": lambda f: link(f / "course.md", "/etc/passwd"),
    "a link up": lambda f: link(f / "media/b.txt", "../../course/course.md"),
    "a link to itself": lambda f: link(f / "media/loop", "loop"),
    "a link to a folder": lambda f: link(f / "media/etc", "/etc"),
    "a link to its own folder": lambda f: link(f / "one/again", "."),
    "a link that leads nowhere": lambda f: link(f / "media/b.txt", "nowhere"),
    "a pipe": lambda f: os.mkfifo(f / "media/b.txt"),
    "names that clash": lambda f: [(f / "media" / n).write_text("x") for n in ("B.txt", "b.txt")],
    "a name with a colon": lambda f: (f / "media/a:b.txt").write_text("x"),
    "a name that is no text": lambda f: Path(
        os.fsdecode(bytes(f) + b"/media/\xff\x01.txt")
    ).touch(),
    "a script in a drawing": lambda f: (f / "media/a.svg").write_text("<svg><script/></svg>"),
}


@pytest.mark.promise("T12")
@pytest.mark.parametrize("name", FOLDERS)
def test_hostile_folders_are_refused(folder: Path, name: str):
    FOLDERS[name](folder)
    with pytest.raises(Refused):
        read_folder(folder)


def test_a_socket_in_a_folder_is_refused(folder: Path, monkeypatch):
    monkeypatch.chdir(folder / "media")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.txt")
        with pytest.raises(Refused, match="link or a device"):
            read_folder(folder)


def test_a_file_that_became_a_link_is_not_opened(folder: Path):
    source = read_folder(folder)
    link(folder / "media/a.svg", "/etc/passwd")
    with pytest.raises(OSError, match="symbolic link"):
        source.files["media/a.svg"].open()


def test_the_good_course_is_taken(folder: Path):
    assert read_folder(folder).uid == "good"
    assert read_zip(BytesIO(hostile.package())).uid == "good"
