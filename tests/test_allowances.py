"""Accommodations are never forgotten: whatever is a learner's time is worked out with their
allowance, what there is and what will be.

Four looks, because each alone could be gone around:

1. every column that is a moment or a length of time is a learner's time or is said not to be;
2. rows that hold raw times are in the hands of a few modules only;
3. the values that pages show (`TIMES`) are built only by functions that were handed an allowance,
   and nobody hands over "none" instead;
4. a learner with an allowance walks through every page, and no raw date or minute is on any.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from meanwhile.core import clock
from meanwhile.courses.models import Block, Lesson, Milestone, Offering, Unit
from meanwhile.people import actions
from tests.house import HOUSE, modules, tree_of
from tests.personas import client_of, make_world
from tests.policies import POLICIES

# ── 1. Columns ─────────────────────────────────────────────────────────────────────────────────

LENGTHS = re.compile(
    r"(^|_)(minutes?|seconds?|hours?|days?|weeks?|due|opens?|closes?|until|ends?|grace|limit|"
    r"deadline|timer|wall|window|expires?|starts?|begins?)(_|$)"
)
RAW = {
    "courses.Milestone": {
        "courses/dates.py": "works out a learner's dates, with their allowance",
        "courses/queries/offerings.py": "reads them for it",
        "web/queries/dates.py": "hands them to it",
        "assessment/queries/dates.py": "counts the dates of a week for a teacher",
        "courses/actions/offerings.py": "keeps what a teacher sets",
        "courses/forms.py": "what a teacher sets",
        "courses/views/offerings.py": "what a teacher sets",
        "insights/queries.py": "the course check, which looks at the dates of all",
    },
    "assessment.TaskDate": {
        "assessment/queries/dates.py": "works out a learner's dates, with their allowance",
        "assessment/actions/dates.py": "keeps what a teacher sets",
        "assessment/views/dates.py": "what a teacher sets",
        "assessment/forms/dates.py": "what a teacher sets",
    },
}
"""Rows with times as they are meant for everybody, and who may have them in hand, and why."""
READERS = {"courses.Milestone": ("milestones_of", "milestones_by_offering")}
"""What gives such rows away."""
NOBODYS = {
    "courses.Lesson.minutes": "an estimate; learning/queries/ways.py stretches it",
    "courses.Lesson.minutes_set": "the author's estimate",
    "courses.Block.minutes": "an estimate; learning/queries/ways.py stretches it",
    "courses.Block.minutes_set": "the author's estimate",
    "courses.Course.hours_per_week": "what a course says of itself",
    "courses.Offering.starts_on": "the first day of the class",
    "people.Term.starts_on": "a term of the school",
    "people.Term.ends_on": "a term of the school",
    "people.Invitation.ends_at": "a link into a class",
    "assessment.Extension.days": "added to a date by assessment/dates.py",
    "assessment.ExtensionPolicy.days": "what a school gives",
    "assessment.Submission.files_until": "what was handed in is in time; its bytes are awaited",
    "core.Job.due_at": "housekeeping",
    "core.Job.held_until": "housekeeping",
    "media.Film.seconds": "how long a film is",
    "people.School.work_days": "when the staff is there",
    "people.School.day_from": "when the staff is there",
    "people.School.day_until": "when the staff is there",
    "people.Holiday.first_day": "when the staff is there",
    "people.Holiday.last_day": "when the staff is there",
    "feedback.PromiseMove.was": "when the staff answers",
    "feedback.PromiseMove.now": "when the staff answers",
    "people.Cohort.open_to_join": "whether, not when",
    "learning.BlockState.seconds": "how far in a film",
    "learning.LessonNote.second": "a place in a film",
    "learning.LessonNote.start": "a place in a text",
    "learning.LessonNote.end": "a place in a text",
    "operations.Chore.due_at": "housekeeping",
    "operations.Chore.held_until": "housekeeping",
    "people.Accommodation.extra_days": "the allowance itself",
    "people.Accommodation.first_day": "the allowance itself",
    "people.Accommodation.last_day": "the allowance itself",
}
"""Times that are nobody's to be late for, each with the reason."""


def times() -> Iterator[str]:
    """Every column that could be a time somebody has to keep."""
    for model in apps.get_models():
        if model.__module__.startswith("meanwhile."):
            for field in model._meta.concrete_fields:
                kept = re.search(r"(^|_)(at|since|login)$", field.name)  # when something happened
                dated = isinstance(field, models.DateField | models.DurationField) and not kept
                if dated or LENGTHS.search(field.name):
                    yield f"{model._meta.label}.{field.name}"


def test_every_time_is_a_learners_or_is_said_not_to_be():
    strange = [
        each for each in times() if each not in NOBODYS and each.rpartition(".")[0] not in RAW
    ]
    assert not strange, (
        f"{strange}: is it a time that a learner has to keep? Then its model belongs in RAW, and "
        "what pages show is built with an allowance. If not, say so in NOBODYS."
    )
    assert not set(NOBODYS) - set(times()), "no such column any more"


# ── 2. Raw rows ────────────────────────────────────────────────────────────────────────────────


def named_in(tree: ast.Module) -> set[str]:
    """Every name a module imports or uses."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
    return found


def place(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def is_model(path: Path) -> bool:
    return "models" in path.relative_to(HOUSE).with_suffix("").parts


@pytest.mark.parametrize("label", RAW)
def test_raw_times_are_in_the_hands_of_few(label):
    words = {label.rpartition(".")[2], *READERS.get(label, ())}
    found = {
        place(path)
        for path in modules()
        if not is_model(path)
        and "migrations" not in path.parts
        and path.name not in {"testing.py", "__init__.py"}
        and words & named_in(tree_of(path))
    }
    assert not found - set(RAW[label]), (
        f"{sorted(found - set(RAW[label]))} has {label} in hand, whose times are not any "
        "learner's own. Ask for what was worked out with an allowance."
    )
    assert not set(RAW[label]) - found, "needs it no more"


# ── 3. Values ──────────────────────────────────────────────────────────────────────────────────

TIMES = {"UnitDate", "LessonWay", "PartWay", "TaskDates"}
"""What pages show of a learner's time."""
OF_NOBODY = {
    "people/accommodations.py": "where it is made",
    "people/queries/accommodations.py": "who has none",
    "learning/queries/ways.py": "who has none",
    "assessment/queries/dates.py": "who has none",
    "web/queries/dates.py": "who has none",
}
"""Where it may be said that somebody has no allowance: only after looking."""


def built_blindly(tree: ast.Module) -> list[str]:
    """Functions that build a learner's time without having been handed an allowance."""
    found = []
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            given = [*scope.args.args, *scope.args.kwonlyargs]
            with_one = any(each.arg == "allowance" for each in given) and not _defaults(scope)
            made = {
                node.func.id
                for node in ast.walk(scope)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            if made & TIMES and not with_one:
                found.append(scope.name)
    return found


def _defaults(scope: ast.FunctionDef) -> bool:
    """Whether the allowance may be left out, and so be forgotten."""
    late = scope.args.args[len(scope.args.args) - len(scope.args.defaults) :]
    kept = [
        each
        for each, default in zip(scope.args.kwonlyargs, scope.args.kw_defaults, strict=True)
        if default is not None
    ]
    return any(each.arg == "allowance" for each in [*late, *kept])


def says_none(tree: ast.Module) -> bool:
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "meanwhile.people.accommodations"
        and any(each.name == "NONE" for each in node.names)
        for node in ast.walk(tree)
    )
    made = any(
        isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Allowance"
        for node in ast.walk(tree)
    )
    taken = any(
        isinstance(node, ast.Attribute)
        and node.attr == "NONE"
        and ast.unparse(node.value).endswith("accommodations")
        for node in ast.walk(tree)
    )
    return imported or made or taken


def test_a_learners_time_is_built_with_an_allowance():
    found = [
        f"{place(path)} {name}()" for path in modules() for name in built_blindly(tree_of(path))
    ]
    assert not found, f"{found}: take `allowance` as a parameter that has to be given"


def test_nobody_hands_over_none_instead():
    found = {place(path) for path in modules() if says_none(tree_of(path))}
    assert not found - set(OF_NOBODY), f"{sorted(found - set(OF_NOBODY))} forgets the learner's own"
    assert not set(OF_NOBODY) - found, "needs no exception any more"


SHOWN = {
    "lesson.minutes", "lesson.minutes_left", "each.unit.minutes_left", "way.minutes_left",
    "step.way.minutes_left", "step.minutes", "section.minutes",
    "view.task.minutes", "each.minutes", "data_view.minutes",
}  # fmt: skip
"""Minutes as templates for learners name them: of a `Way`, of a task made one's own (`own_parts`),
of a block as its kind shows it (`_own_minutes`)."""
ROOMS = ("learning", "web", "assessment", "activities")


def test_minutes_on_learners_pages_come_from_their_way():
    found = set()
    for room in ROOMS:
        for path in (HOUSE / room).rglob("*.html"):
            shown = re.findall(r"\{% minutes (\S+)", path.read_text(encoding="utf-8"))
            found |= {f"{place(path)}: {each}" for each in shown if each not in SHOWN}
    assert not found, f"{sorted(found)}: are these minutes the learner's own?"


# ── 4. A learner with an allowance, on every page ──────────────────────────────────────────────

LONG = 37  # minutes of a lesson, like nothing else in the school


@pytest.fixture
def agreed(cast):
    """Amina has twice the time and nine days; every unit has a date, every lesson 37 minutes."""
    world = make_world(cast)
    Lesson.objects.update(minutes=LONG)
    for task in Block.objects.filter(kind="task"):
        task.data |= {"minutes": LONG}
        task.save()
    offering = world.offering
    Offering.objects.filter(pk=offering.pk).update(mode="cohort")
    now = clock.now().replace(minute=11, second=0, microsecond=0)
    for days, unit in enumerate(Unit.objects.filter(course=offering.course), start=6):
        at = now + timedelta(days=days)
        Milestone.objects.create(
            offering=offering,
            unit=unit,
            at=at,
            wall=clock.wall_of(at, "Europe/London").isoformat()[:16],
        )
    actions.keep_accommodation(
        cast.farouk, cast.amina, cast.schools["riverside"], extra_time=100, extra_days=9
    )
    return world


def raw_times(world, persona: str) -> tuple[list[str], int]:
    """Pages on which this persona reads a date or minutes as they are for everybody, and how many
    dates and minutes of the learner's own were read."""
    client = client_of(world.cast, persona)
    given = [each.at for each in Milestone.objects.all()] + [world.task_date.due_at]
    own = [clock.days_later(at, 9, "Europe/London") for at in given]
    found, read = [], 0
    for name, policy in sorted(POLICIES.items()):
        if persona not in policy.see:
            continue
        reply = client.get(reverse(name, kwargs=policy.rows(world)))
        if reply.streaming or reply.status_code != 200:
            continue
        page = reply.content.decode(errors="replace")
        dates = [
            datetime.fromisoformat(each) for each in re.findall(r'datetime="([^"]+T[^"]+)"', page)
        ]
        if set(given) & set(dates):
            found.append(f"{name}: a date of everybody's")
        if re.search(rf"\b{LONG}\b min", page):
            found.append(f"{name}: {LONG} minutes")
        read += sum(each in own for each in dates) + len(re.findall(rf"\b{LONG * 2}\b min", page))
    return found, read


@pytest.mark.promise("T18")
def test_no_page_of_a_learner_with_an_allowance_shows_a_time_without_it(agreed, figure):
    found, read = raw_times(agreed, "amina")
    assert not found
    assert read > 5, "the pages show no times at all: this test would see nothing"
    figure(f"{read} times read on the pages of a learner with an allowance, 0 without it")


def test_their_guardian_reads_the_same_dates(agreed):
    found, read = raw_times(agreed, "haddad")
    assert not found
    assert read


def test_others_have_the_times_of_everybody(agreed):
    found, read = raw_times(agreed, "leo")
    assert found
    assert not read


# ── Each of these can fail ─────────────────────────────────────────────────────────────────────


def test_planted_bypasses_are_seen():
    blind = """
def due_of(milestone):
    return UnitDate(1, milestone.at, "UTC", False, "")

def due_for(milestone, *, allowance=None):
    return UnitDate(1, milestone.at, "UTC", False, "")

def honest(milestone, allowance):
    return UnitDate(1, allowance.moment(milestone.at, "UTC"), "UTC", False, "")
"""
    assert built_blindly(ast.parse(blind)) == ["due_of", "due_for"]
    for forgets in (
        "from meanwhile.people.accommodations import NONE",
        "Allowance()",
        "people.accommodations.NONE",
    ):
        assert says_none(ast.parse(forgets)), forgets
    assert not says_none(ast.parse("def due(allowance: Allowance): return allowance.moment(1, 2)"))
    assert "Milestone" in named_in(ast.parse("from meanwhile.courses.models import Milestone"))
    assert "milestones_of" in named_in(ast.parse("rows = offered.milestones_of(offering)"))


def test_a_page_that_forgets_is_seen(agreed, monkeypatch):
    """The dates of a page worked out without asking what is agreed with the learner."""
    monkeypatch.setattr("meanwhile.web.queries.dates.allowances_by_school", lambda _person: {})
    assert any("a date of everybody's" in each for each in raw_times(agreed, "amina")[0])
    ways = sys.modules["meanwhile.learning.queries.ways"]
    monkeypatch.setattr(ways, "allowances_by_school", lambda _person: {})
    assert any("37 minutes" in each for each in raw_times(agreed, "amina")[0])
