"""The targets of the Makefile, as words: run, dev, test, check, format, promises, bench, docs, words, clean."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from house import assets, checks, database, machine, messages, packages
from house.places import ASSETS, NODE_MODULES, PYTHON, ROOT, VENV, data_folder, environment
from house.programs import of_the_system
from house.say import Refusal, refuse, say, seconds
from house.turns import turn

STOPPED = 130


def main(words: Sequence[str]) -> int:
    """Do the target; every trouble ends in a sentence and a number other than 0."""
    try:
        return COMMANDS[words[0]](list(words[1:]))
    except Refusal as problem:
        return refuse(problem)
    except OSError as trouble:
        return refuse(of_the_system(trouble))
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return STOPPED


def prepare(lock_name: str) -> None:
    """Everything but the data: environment, packages, built assets, translations."""
    first_time = not (VENV / "stamps" / lock_name).exists()
    machine.need_room(ROOT, machine.FIRST_TIME if first_time else machine.EVERY_TIME)
    with turn(ROOT / ".setup.lock"):
        packages.need_environment()
        packages.need_packages(lock_name)
        assets.need_assets()
        messages.need_messages()


def prepare_data(*, gather_static: bool = True) -> str:
    """The data folder made ready; gives back the sign-ins of the demo school."""
    machine.need_room(data_folder(), machine.EVERY_TIME)
    with turn(data_folder() / ".setup.lock"):
        database.need_database()
        if gather_static:
            database.need_static()
        return database.need_demo()


def run(_: list[str]) -> int:
    """Set up what is missing, then serve until Ctrl-C."""
    started = time.monotonic()
    port = machine.wanted_port()
    machine.need_port(port)
    say("Getting Meanwhile ready (the first time takes a minute or two)")
    prepare("run")
    sign_ins = prepare_data()
    say(f"Ready in {seconds(started)}\n\n{sign_ins.rstrip()}\n")
    become([PYTHON, "-m", "meanwhile", "serve"], PORT=str(port))
    return 0


def dev(_: list[str]) -> int:
    """The same with DEBUG on; the server and the styles follow every edit."""
    port = machine.wanted_port()
    machine.need_port(port)
    prepare("dev")
    assets.need_npm_packages()
    os.environ["MEANWHILE_DEBUG"] = "1"
    say(prepare_data(gather_static=False))
    watch = subprocess.Popen(["npm", "run", "--silent", "watch"], cwd=ROOT, env=environment())
    try:
        server = [str(PYTHON), "-m", "meanwhile", "runserver", f"127.0.0.1:{port}"]
        return subprocess.run(server, cwd=ROOT, env=environment()).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        watch.terminate()
        watch.wait()


def become(command: Sequence[str | Path], **extra: str) -> None:
    """Turn into another program, so that Ctrl-C and `kill` reach it directly."""
    words = [str(part) for part in command]
    os.chdir(ROOT)
    os.execve(words[0], words, environment(**extra))


def test(words: list[str]) -> int:
    """`make check`, then the whole suite on the database that DATABASE_URL names (SQLite)."""
    prepare("dev")
    checked = checks.check_all()
    tested = pytest("-n", os.environ.get("JOBS", "auto"), *_given(words))
    if checked:
        say("\nThe tests are above; `make check` also found something: see the top.")
    return checked or tested


def check(_: list[str]) -> int:
    """Format, lint, templates, types, migrations, directions, TypeScript."""
    prepare("dev")
    return checks.check_all()


def format(_: list[str]) -> int:
    """Bring code and templates into the one format, and mend what lint can mend by itself."""
    prepare("dev")
    return checks.format_all()


def promises(words: list[str]) -> int:
    """The tests that prove a promise: a line each, with its figure."""
    prepare("dev")
    everywhere = ("meanwhile", "tests", "tests/journeys")
    return pytest("-m", "promise", "--promises", "-q", *_given(words), *everywhere)


def pytest(*words: str) -> int:
    """Run pytest in the environment, its output straight to the person."""
    command = [str(PYTHON), "-m", "pytest", *words]
    return subprocess.run(command, cwd=ROOT, env=environment()).returncode


def _given(words: list[str]) -> list[str]:
    """What a person adds: `make test ARGS="meanwhile/people -x"`."""
    return [*words, *shlex.split(os.environ.get("ARGS", ""))]


def bench(words: list[str]) -> int:
    """The table of what pages cost; also written to bench/out/latest.json."""
    prepare("dev")
    (ROOT / "bench" / "out").mkdir(parents=True, exist_ok=True)
    command = [str(PYTHON), str(ROOT / "bench" / "run.py"), *_given(words)]
    return subprocess.run(command, cwd=ROOT, env=environment(PYTHONPATH=str(ROOT))).returncode


def docs(_: list[str]) -> int:
    """Write the generated pages of docs/ anew."""
    prepare("dev")
    command = [str(PYTHON), "-m", "meanwhile", "docs"]
    return subprocess.run(command, cwd=ROOT, env=environment()).returncode


def words(_: list[str]) -> int:
    """List what the product says in the files that people translate."""
    prepare("dev")
    folders = os.pathsep.join([str(ROOT / "scripts"), str(ROOT)])
    command = [str(PYTHON), "-m", "house.words"]
    return subprocess.run(command, cwd=ROOT, env=environment(PYTHONPATH=folders)).returncode


def setup(words: list[str]) -> int:
    """Only set up what running takes, for a server; `setup dev` for what checking takes."""
    prepare(words[0] if words else "run")
    return 0


def clean(_: list[str]) -> int:
    """Remove what was built here. The data folder stays: it is people's work."""
    caches = [".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"]
    for folder in [VENV, NODE_MODULES, ASSETS, *(ROOT / name for name in caches)]:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Removed what was built. The data is still in {data_folder()}.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    word.__name__: word
    for word in (run, dev, test, check, format, promises, bench, docs, words, setup, clean)
}
