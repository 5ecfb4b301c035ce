"""What stands behind `make`: refusals in a sentence, work done once, turns taken."""

import ast
import errno
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from house import cli, machine, packages, programs, stamps
from house.places import REQUIREMENTS, ROOT
from house.say import Refusal
from house.turns import turn


def refusal_of(output: str) -> str:
    """What a person is told when a program says this and fails."""
    script = f"import sys; print({output!r}); sys.exit(1)"
    with pytest.raises(Refusal) as refused:
        programs.run([sys.executable, "-c", script], failing="It failed.")
    return str(refused.value)


class TestOldPython:
    def test_the_first_file_can_be_read_by_python_3_6(self) -> None:
        ast.parse((ROOT / "scripts" / "setup.py").read_text("utf-8"), feature_version=(3, 6))

    def test_it_is_told_in_a_sentence(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import setup

        old = SimpleNamespace(version_info=(3, 9, 2), stderr=sys.stderr)
        monkeypatch.setattr(setup, "sys", old)
        assert setup.main() == 1
        assert "needs Python 3.11 or newer, and this is Python 3.9" in capsys.readouterr().err


class TestPort:
    @pytest.fixture
    def taken(self) -> Iterator[int]:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            held.listen()
            yield held.getsockname()[1]

    def test_a_port_in_use_is_refused_with_a_free_one(self, taken: int) -> None:
        with pytest.raises(Refusal, match=rf"Port {taken} is in use") as refused:
            machine.need_port(taken)
        suggested = re.search(r"make run PORT=(\d+)", str(refused.value))
        assert suggested
        machine.need_port(int(suggested[1]))

    @pytest.mark.parametrize("text", ["0", "65536", "eighty", "-1", "８０"])
    def test_what_is_no_port_is_refused(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", text)
        with pytest.raises(Refusal, match="is not a port"):
            machine.wanted_port()

    def test_without_a_wish_it_is_8000(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "")
        assert machine.wanted_port() == 8000


class TestTroubles:
    def test_too_little_room_is_refused_before_the_work(self, tmp_path: Path) -> None:
        with pytest.raises(Refusal, match=r"has [\d,]+ MB free and Meanwhile needs"):
            machine.need_room(tmp_path / "not" / "there", 10**18)

    @pytest.mark.parametrize(
        "output",
        [
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left",
            "npm error code ENOSPC",
            "sqlite3.OperationalError: database or disk is full",
        ],
    )
    def test_a_disk_that_fills_up_is_named(self, output: str) -> None:
        assert refusal_of(output) == programs.DISK_FULL

    @pytest.mark.parametrize(
        "output",
        [
            "Temporary failure in name resolution",
            "npm error code EAI_AGAIN",
            "Failed to establish a new connection: [Errno 101] Network is unreachable",
        ],
    )
    def test_a_missing_network_is_named(self, output: str) -> None:
        assert refusal_of(output) == programs.NO_NETWORK

    def test_a_python_without_venv_is_told_what_to_install(self) -> None:
        assert "apt install python3-venv" in refusal_of("ensurepip is not available")

    def test_anything_else_ends_in_the_sentence_of_its_step(self) -> None:
        assert refusal_of("something odd") == "It failed."

    @pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "no room"), KeyboardInterrupt()])
    def test_no_trouble_ends_in_a_traceback(
        self,
        trouble: BaseException,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def fail(_: list[str]) -> int:
            raise trouble

        monkeypatch.setitem(cli.COMMANDS, "run", fail)
        assert cli.main(["run"]) != 0
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "again" in said.err or "goes on" in said.out


class TestOnce:
    def test_a_stamp_is_good_for_its_value_only(self, tmp_path: Path) -> None:
        stamp = tmp_path / "folder" / "stamp"
        assert not stamps.fresh(stamp, "one")
        stamps.press(stamp, "one")
        assert stamps.fresh(stamp, "one")
        assert not stamps.fresh(stamp, "two")

    def test_an_environment_left_half_made_is_made_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[bool] = []
        (tmp_path / "python").touch()
        (tmp_path / "unfinished").touch()
        monkeypatch.setattr(packages, "PYTHON", tmp_path / "python")
        monkeypatch.setattr(packages, "UNFINISHED", tmp_path / "unfinished")
        monkeypatch.setattr(packages, "_works", lambda: True)
        monkeypatch.setattr(packages, "_make_environment", lambda: made.append(True))
        packages.need_environment()
        (tmp_path / "unfinished").unlink()
        packages.need_environment()
        assert made == [True]

    def test_two_at_once_take_turns(self, tmp_path: Path) -> None:
        told: list[str] = []

        def second() -> None:
            with turn(tmp_path / "lock"):
                told.append("second")

        with turn(tmp_path / "lock"):
            other = threading.Thread(target=second)
            other.start()
            time.sleep(0.1)
            told.append("first")
        other.join(5)
        assert told == ["first", "second"]


class TestLocks:
    def pins(self, name: str) -> set[str]:
        lock = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
        return set(re.findall(r"^([\w.-]+(?:\[.*?\])?==\S+)", lock, re.MULTILINE))

    def test_tests_run_with_the_versions_that_people_run(self) -> None:
        strip = re.compile(r"\[.*?\]")
        run = {strip.sub("", pin) for pin in self.pins("run")}
        assert run - {strip.sub("", pin) for pin in self.pins("dev")} == set()

    @pytest.mark.parametrize("name", ["run", "dev", "node"])
    def test_every_pin_has_a_hash_and_no_lock_names_a_host(self, name: str) -> None:
        lock = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
        entries = re.split(r"\n(?=[\w.-]+(?:\[.*?\])?==)", lock)
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in lock

    def test_the_lock_of_the_browser_packages_names_no_host(self) -> None:
        assert '"resolved": "http' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_make_alone_lists_every_target() -> None:
    env = os.environ | {"MAKEFLAGS": ""}
    listed = subprocess.run(["make", "-s"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert {*cli.COMMANDS, "help"} == set(re.findall(r"^  make (\w+)", listed.stdout, re.MULTILINE))
