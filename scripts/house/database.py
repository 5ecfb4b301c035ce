"""The database, the collected static files and the demo school."""

from collections.abc import Iterator
from pathlib import Path

from house.places import ASSETS, PYTHON, REQUIREMENTS, ROOT, data_folder
from house.programs import run
from house.say import step
from house.stamps import digest, fresh, press

MEANWHILE = (PYTHON, "-m", "meanwhile")


def need_database() -> None:
    """Every table as this version wants it."""
    with step("Bring the database up to date"):
        run([*MEANWHILE, "migrate", "--noinput", "-v0"], failing=_seen_above("database"))


def need_static() -> None:
    """Static files gathered under their hashed names, again only when one has changed."""
    stamp = data_folder() / "stamps" / "static"
    value = digest(_static_sources())
    if fresh(stamp, value) and any((data_folder() / "static").glob("*")):
        return
    with step("Gather static files"):
        run([*MEANWHILE, "collectstatic", "--noinput", "-v0"], failing=_seen_above("static files"))
        press(stamp, value)


def _static_sources() -> Iterator[Path]:
    yield REQUIREMENTS / "run.txt"
    yield ROOT / "meanwhile" / "settings.py"
    folders = [*(ROOT / "meanwhile").rglob("static"), ASSETS]
    yield from {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def need_demo() -> str:
    """The demo school, made once; gives back its sign-ins in words."""
    with step("Look after the demo school"):
        return run([*MEANWHILE, "demo"], failing=_seen_above("demo school")).stdout


def _seen_above(what: str) -> str:
    return f"The {what} could not be made ready: see what Meanwhile says above."
