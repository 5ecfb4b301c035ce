"""What pages cost, as multiples of a bare signed-in page of the same stack in the same run.

    make bench
    make bench ARGS="'class page' 'learner home'"      some pages only

Builds a school with 30, 300 and 3,000 enrolled, asks for each page through the whole stack
(every middleware, the settings of production) and prints a table. Ends with 1 where a learner's
page costs more than four bare pages, or more for 3,000 learners than for 30, or where the page of
a class of 3,000 costs more than one of 300, of which it shows just as many.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out" / "latest.json"
SIZES = (30, 300, 3000)
MOST_TIMES_BARE = 4.0
MOST_GROWTH = 1.25
LEARNER = ("learner home", "course home", "lesson", "practice answer")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="meanwhile-bench-") as folder:
        prepare(Path(folder))
        found = {size: one_size(Path(folder), size) for size in SIZES}
    faults = judge(found)
    report(found, faults)
    return 1 if faults else 0


def prepare(folder: Path) -> None:
    """Django with a database of its own, and the static files as a server has them."""
    os.environ |= {"MEANWHILE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    for name in ("DATABASE_URL", "MEANWHILE_DEBUG", "MEANWHILE_HTTPS"):
        os.environ.pop(name, None)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    use(folder, "empty")
    call_command("migrate", interactive=False, verbosity=0)


def use(folder: Path, name: str) -> Path:
    """From now on the database is this file."""
    from django.db import connection

    connection.close()
    path = folder / f"{name}.sqlite3"
    connection.settings_dict["NAME"] = str(path)
    return path


def one_size(folder: Path, size: int) -> dict[str, Any]:
    """The costs of every page in a school of this size."""
    import shutil

    from bench.school import make_school

    empty = use(folder, "empty")
    shutil.copy(empty, use(folder, str(size)))
    return {name: cost.as_dict() for name, cost in costs(make_school(size)).items()}


def costs(made: Any) -> dict[str, Any]:
    from bench.measure import measure
    from bench.pages import learner_pages, signed_in, teacher_pages

    learner = measure(signed_in(made.learner), wanted(learner_pages(made)))
    teacher = measure(signed_in(made.teacher), wanted(teacher_pages(made)))
    bare = teacher.pop("bare page")
    # the teacher's pages are held against the teacher's own bare page
    return learner | {"bare page (teacher)": bare} | teacher


def wanted(pages: dict[str, Any]) -> dict[str, Any]:
    """The pages named on the command line; all where none is."""
    names = sys.argv[1:]
    return {n: page for n, page in pages.items() if not names or n in (*names, "bare page")}


def judge(found: dict[int, dict[str, Any]]) -> list[str]:
    """Sentences on what does not hold."""
    faults = []
    small, middle, large = (found[size] for size in SIZES)
    for name in (each for each in LEARNER if each in small):
        for size, pages in found.items():
            times = pages[name]["times_bare"]
            if times > MOST_TIMES_BARE:
                faults.append(f"{name} at {size}: {times:.2f} bare pages, more than 4")
        faults += grown(name, small, large)
    if "class page" in small:
        faults += grown("class page", middle, large)
    return faults


def grown(name: str, small: dict[str, Any], large: dict[str, Any]) -> list[str]:
    faults = []
    if large[name]["queries"] != small[name]["queries"]:
        faults.append(f"{name}: {small[name]['queries']} then {large[name]['queries']} queries")
    growth = large[name]["times_bare"] / small[name]["times_bare"]
    if growth > MOST_GROWTH:
        faults.append(f"{name}: {growth:.2f} times as dear in the largest class")
    return faults


def report(found: dict[int, dict[str, Any]], faults: list[str]) -> None:
    """The table, the file, and the verdict."""
    head = f"{'page':22}{'learners':>9}{'queries':>9}{'CPU ms':>9}{'x bare':>8}{'bytes':>9}{'brotli':>8}"
    print(head)
    for name in found[SIZES[0]]:
        for size, pages in found.items():
            cost = pages[name]
            print(
                f"{name:22}{size:>9,}{cost['queries']:>9}{cost['cpu_ms']:>9.2f}"
                f"{cost['times_bare']:>8.2f}{cost['bytes_raw']:>9,}{cost['bytes_brotli']:>8,}"
            )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"sizes": found, "faults": faults}, indent=1) + "\n")
    print("\n".join(["", *faults]) if faults else "\nEvery limit holds.")


if __name__ == "__main__":
    raise SystemExit(main())
