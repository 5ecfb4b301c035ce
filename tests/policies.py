"""Who may come to which address: declared here, asked of the running site by test_permissions.py.

An address without a policy fails the suite. `see` may GET it, `do` may POST to it; everybody else
is sent to the sign-in (signed out) or told 404 (signed in), as if there were nothing there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.personas import (
    ADMIN,
    ANY_STAFF,
    DESIGNERS,
    EVERYBODY,
    LEADERS,
    LEARNERS,
    NONE,
    SIGNED_IN,
    STAFF,
    SUPPORT,
    TEACHERS,
    TEAM,
    WATCHERS,
    Rows,
    World,
)


def _nothing(world: Any) -> dict:
    return {}


@dataclass(frozen=True)
class Policy:
    """`rows` gives the arguments of the address for 8B's rows; `others` for rows that none of
    these people but `theirs` may reach (another class, another school)."""

    see: frozenset[str] = NONE
    do: frozenset[str] = NONE
    rows: Rows = _nothing
    others: tuple[Rows, ...] = ()
    sends: dict[str, Any] = field(default_factory=dict)
    accept: str = ""
    made_up: bool = False  # an example that names no real class or course

    def form(self, world: World) -> dict[str, Any]:
        """What a POST sends; a function is asked for the row in this world."""
        return {key: each(world) if callable(each) else each for key, each in self.sends.items()}


POLICIES: dict[str, Policy] = {}


def _school(key: str) -> Rows:
    return lambda world: {"school": world.cast.schools[key].pk}


def _cohort(key: str) -> Rows:
    return lambda world: {"cohort": world.cast.cohorts[key].pk}


def _offering(name: str = "offering") -> Rows:
    return lambda world: {"offering": getattr(world, name).pk}


def _course(name: str = "offering") -> Rows:
    return lambda world: {"course": getattr(world, name).course_id}


def _with(rows: Rows, **more: Any) -> Rows:
    """More arguments: a value, or a function of the world."""
    return lambda world: (
        rows(world) | {key: each(world) if callable(each) else each for key, each in more.items()}
    )


def _person(key: str) -> Callable[[World], int]:
    return lambda world: world.cast.people[key].pk


def _of_note(key: str) -> Rows:
    return lambda world: {"uid": world.lesson_notes[key].uid}


def _lesson_rows(**more: Any) -> dict[str, Any]:
    """8B's offering, and the same lesson of another class's and another school's."""
    more = {"lesson": "lesson-0-0"} | more
    return {
        "rows": _with(_offering(), **more),
        "others": (
            _with(_offering("other_class"), **more),
            _with(_offering("other_school"), **more),
        ),
    }


def _of_offering(**more: Any) -> dict[str, Any]:
    return {
        "rows": _with(_offering(), **more),
        "others": (
            _with(_offering("other_class"), **more),
            _with(_offering("other_school"), **more),
        ),
    }


def _of_cohort(**more: Any) -> dict[str, Any]:
    return {
        "rows": _with(_cohort("8b"), **more),
        "others": (_with(_cohort("8c"), **more), _with(_cohort("hill"), **more)),
    }


def _of_school(**more: Any) -> dict[str, Any]:
    return {
        "rows": _with(_school("riverside"), **more),
        "others": (_with(_school("hillside"), **more),),
    }


def _of_course(**more: Any) -> dict[str, Any]:
    return {
        "rows": _with(_course(), **more),
        "others": (_with(_course("other_school"), **more),),
    }


A_LEARNER_OF_RIVERSIDE = {
    "rows": _with(_school("riverside"), person=_person("leo")),
    "others": (
        _with(_school("riverside"), person=_person("tiago")),
        _with(_school("hillside"), person=_person("tiago")),
    ),
}
ANSWER = {"choice": "deeper", "confidence": "1"}

# ── Doors: open to everybody ───────────────────────────────────────────────────────────────────

for name in (
    "people:card",
    "people:signup",
    "people:zone",
):
    POLICIES[name] = Policy(see=EVERYBODY, do=EVERYBODY)
for name in ("people:language", "people:reading"):
    POLICIES[name] = Policy(do=EVERYBODY, sends={"language": "fr", "theme": "dark"})
POLICIES["people:join"] = Policy(
    see=EVERYBODY, do=EVERYBODY, rows=lambda world: {"code": world.cast.cohorts["8b"].code}
)
POLICIES["people:invitation"] = Policy(
    see=EVERYBODY, do=EVERYBODY, rows=lambda world: {"token": world.invitation.token}
)
POLICIES["ui:gallery"] = Policy(see=EVERYBODY)

# ── One's own ──────────────────────────────────────────────────────────────────────────────────

for name in ("people:settings", "people:notices"):
    POLICIES[name] = Policy(see=SIGNED_IN, do=SIGNED_IN)
for name in ("people:email", "people:devices"):
    POLICIES[name] = Policy(do=SIGNED_IN)
for name in ("search:search", "search:suggestions"):
    POLICIES[name] = Policy(see=SIGNED_IN)
for name in ("web:today", "web:courses", "learning:progress"):
    POLICIES[name] = Policy(see=SIGNED_IN)
POLICIES["people:roster_sample"] = Policy(see=SIGNED_IN, made_up=True)
for name in ("people:emails", "people:sessions"):
    POLICIES[name] = Policy(see=EVERYBODY, do=EVERYBODY)  # only send on to the settings

# ── Learning ───────────────────────────────────────────────────────────────────────────────────

POLICIES["web:course"] = Policy(see=LEARNERS, **_of_offering())
POLICIES["web:start"] = Policy(do=LEARNERS, **_of_offering())
POLICIES["learning:lesson"] = Policy(see=LEARNERS, **_lesson_rows())
POLICIES["learning:reading"] = Policy(do=LEARNERS, sends={"done": "text-0"}, **_lesson_rows())
for name, sends in (
    ("answer", ANSWER),
    ("reason", {}),
    ("draft", {"choice": "deeper"}),
    ("film", {"seconds": "3"}),
):
    POLICIES[f"learning:{name}"] = Policy(
        do=LEARNERS, sends=sends, **_lesson_rows(block="text-0" if name == "film" else "fish-0")
    )
POLICIES["learning:hint"] = Policy(do=LEARNERS, **_lesson_rows(block="fish-0", number=1))
POLICIES["learning:way"] = Policy(do=LEARNERS, **_lesson_rows(block="text-0", way="plain"))
POLICIES["learning:wish"] = Policy(see=SIGNED_IN, do=SIGNED_IN, sends={"way": "plain"})
POLICIES["learning:pack"] = Policy(see=LEARNERS, **_of_offering(unit="unit-0"))
POLICIES["learning:paper"] = Policy(see=LEARNERS, **_lesson_rows())
POLICIES["web:pack"] = Policy(see=STAFF, **_of_course(unit="unit-0"))
POLICIES["learning:lesson_notes"] = Policy(see=LEARNERS, do=LEARNERS, **_lesson_rows())
for name in ("notebook", "notebook_print", "notebook_export"):
    POLICIES[f"learning:{name}"] = Policy(see=SIGNED_IN)
OWN_NOTE = {"rows": _of_note("amina"), "others": (_of_note("tiago"),)}
POLICIES["learning:note"] = Policy(
    see=frozenset({"amina"}), do=frozenset({"amina"}), sends={"words": "Mine"}, **OWN_NOTE
)
POLICIES["learning:note_removal"] = Policy(do=frozenset({"amina"}), **OWN_NOTE)
POLICIES["learning:note_return"] = Policy(
    do=frozenset({"amina"}),
    rows=lambda world: {"uid": world.removed_note.uid},
    others=(_of_note("tiago"),),
)
POLICIES["courses:asset"] = Policy(
    see=STAFF | LEARNERS, **_of_course(path=lambda world: "media/light.txt")
)

# ── Tasks ──────────────────────────────────────────────────────────────────────────────────────

TASK_ROWS = _lesson_rows(lesson="lesson-1-1", block="task-0")
AMINA = frozenset({"amina"})
POLICIES["assessment:task"] = Policy(see=LEARNERS, **TASK_ROWS)
POLICIES["assessment:draft"] = Policy(do=LEARNERS, sends={"text": "Mine"}, **TASK_ROWS)
POLICIES["assessment:hand_ins"] = Policy(do=LEARNERS, sends={"text": "Mine"}, **TASK_ROWS)
POLICIES["assessment:files"] = Policy(do=LEARNERS, **TASK_ROWS)
POLICIES["assessment:marks"] = Policy(
    do=LEARNERS, **_lesson_rows(lesson="lesson-1-1", block="task-0", of="steps")
)
OWN_FILE = _lesson_rows(lesson="lesson-1-1", block="task-0", uid="file-of-amina")
POLICIES["assessment:own_file"] = Policy(see=AMINA, **OWN_FILE)
for name in ("arrival", "file_removal", "file_place"):
    POLICIES[f"assessment:{name}"] = Policy(do=AMINA, **OWN_FILE)


def _of_hand_in(key: str, **more: Any) -> Rows:
    return _with(lambda world: {"submission": world.submissions[key].pk}, **more)


def _file_of(key: str) -> Callable[[World], int]:
    return lambda world: world.work_files[key].pk


HAND_IN = {"rows": _of_hand_in("amina"), "others": (_of_hand_in("tiago"),)}
for name in ("submission", "photos"):
    POLICIES[f"assessment:{name}"] = Policy(see=AMINA | WATCHERS, **HAND_IN)
POLICIES["assessment:taking_back"] = Policy(do=AMINA, **HAND_IN)
POLICIES["assessment:file"] = Policy(
    see=AMINA | WATCHERS,
    rows=_of_hand_in("amina", file=_file_of("amina")),
    others=(
        _of_hand_in("tiago", file=_file_of("tiago")),
        _of_hand_in("amina", file=_file_of("tiago")),
    ),
)
POLICIES["assessment:receipt"] = Policy(see=EVERYBODY, do=EVERYBODY)
POLICIES["assessment:tasks"] = Policy(see=WATCHERS, **_of_offering())
POLICIES["assessment:submissions"] = Policy(see=WATCHERS, **TASK_ROWS)

# ── Teaching ───────────────────────────────────────────────────────────────────────────────────

POLICIES["web:classes"] = Policy(see=SIGNED_IN)
for name in ("web:class", "web:class_csv", "courses:offering"):
    POLICIES[name] = Policy(see=WATCHERS, **_of_offering())
POLICIES["learning:starts"] = Policy(see=WATCHERS, do=LEADERS, **_of_offering())
POLICIES["web:learner"] = Policy(see=WATCHERS, **_of_offering(person=_person("leo")))
POLICIES["web:note"] = Policy(do=TEAM, sends={"words": "Hello"}, **_of_offering())
POLICIES["courses:dates"] = Policy(see=LEADERS, do=LEADERS, **_of_offering())
POLICIES["courses:promise"] = Policy(do=LEADERS, sends={"days": "3"}, **_of_offering())
POLICIES["courses:closing"] = Policy(do=LEADERS, **_of_offering())

PAPER = {
    "rows": lambda world: {"code": world.promises["amina"].code},
    "others": (lambda world: {"code": world.promises["tiago"].code},),
}
ANSWERED = {
    "rows": lambda world: {"code": world.promises["leo"].code},
    "others": (lambda world: {"code": world.promises["tiago"].code},),
}
POLICIES["feedback:marking"] = Policy(see=TEAM, do=TEAM, sends={"note": "Good."}, **PAPER)
POLICIES["feedback:move"] = Policy(see=TEAM, do=TEAM, **PAPER)
for name, sends in (
    ("draft", {"words": "{}"}),
    ("staff_notes", {"words": "Look at the table."}),
    ("names", {"to": "codes"}),
    ("held", {}),
):
    POLICIES[f"feedback:{name}"] = Policy(do=TEAM, sends=sends, **PAPER)
POLICIES["feedback:bank"] = Policy(see=SIGNED_IN)
POLICIES["feedback:mine"] = Policy(see=SIGNED_IN)
POLICIES["feedback:feedback"] = Policy(
    see=WATCHERS | {"leo"},
    do=frozenset({"leo"}),
    sends={"uptake": "next", "words": "x"},
    **ANSWERED,
)
POLICIES["feedback:reading"] = Policy(do=frozenset({"leo"}), **ANSWERED)
POLICIES["feedback:answer"] = Policy(
    do=TEAM,
    sends={"words": "Look again."},
    rows=lambda world: {"code": world.promises["leo"].code, "question": world.question.pk},
    others=(lambda world: {"code": world.promises["tiago"].code, "question": world.question.pk},),
)

# ── When tasks are due, and more time ──────────────────────────────────────────────────────────

POLICIES["assessment:extension"] = Policy(
    see=LEARNERS,
    do=LEARNERS,
    sends={"days": "2", "reason": "I was ill."},
    **TASK_ROWS,
)
POLICIES["assessment:dates"] = Policy(
    see=LEADERS,
    do=LEADERS,
    sends={"tasks": lambda world: world.task_date.block_id, "days": "7"},
    **_of_offering(),
)
POLICIES["assessment:task_dates"] = Policy(
    see=LEADERS,
    do=LEADERS,
    sends={"kind": "fixed", "due": "2026-12-11T20:00", "grace_minutes": "0", "late": "counts"},
    **TASK_ROWS,
)
POLICIES["assessment:task_date"] = Policy(
    do=LEADERS, **_of_offering(date=lambda world: world.task_date.pk)
)
POLICIES["assessment:extensions"] = Policy(see=TEAM, **_of_offering())
POLICIES["assessment:extension_answer"] = Policy(
    do=TEACHERS,
    sends={"give": "on"},
    rows=lambda world: {"extension": world.extension.pk},
    others=(lambda world: {"extension": world.other_extension.pk},),
)

# ── Courses ────────────────────────────────────────────────────────────────────────────────────

POLICIES["courses:list"] = Policy(see=ANY_STAFF)
POLICIES["web:import"] = Policy(
    see=DESIGNERS | {"moura", "costa"}, do=DESIGNERS | {"moura", "costa"}
)
POLICIES["media:uploads"] = Policy(do=DESIGNERS | {"moura", "costa"} | LEARNERS | {"ruby", "tiago"})
# HEAD, PATCH and DELETE, to the sender alone: media/tests/test_uploads.py
POLICIES["media:upload"] = Policy(
    rows=lambda world: {"word": "a-word"}, others=(lambda world: {"word": "another"},)
)

for name in ("courses:course", "courses:export"):
    POLICIES[name] = Policy(see=STAFF, **_of_course())
POLICIES["web:preview"] = Policy(see=STAFF, **_of_course(lesson="lesson-0-0"))
POLICIES["courses:offer"] = Policy(see=STAFF, do=STAFF, **_of_course())
for name in ("courses:publication", "courses:archive"):
    POLICIES[name] = Policy(do=DESIGNERS, **_of_course())
POLICIES["insights:check"] = Policy(see=STAFF, **_of_course())
POLICIES["insights:links"] = Policy(do=DESIGNERS, **_of_course())
REMARK = {"check": "no-summary", "unit": "unit-0", "lesson": "lesson-0-0"}
for name, sends in (("mends", {}), ("not_here", {"because": "It is a story."}), ("heard", {})):
    POLICIES[f"insights:{name}"] = Policy(do=DESIGNERS, sends=REMARK | sends, **_of_course())

# ── Writing a course ───────────────────────────────────────────────────────────────────────────

POLICIES["authoring:start"] = Policy(
    see=DESIGNERS | {"moura", "costa"}, do=DESIGNERS | {"moura", "costa"}
)
POLICIES["authoring:outline"] = Policy(see=DESIGNERS, **_of_course())
POLICIES["authoring:export"] = Policy(see=DESIGNERS, **_of_course())
POLICIES["authoring:order"] = Policy(
    do=DESIGNERS, sends={"deed": "add unit", "title": "More"}, **_of_course()
)
POLICIES["authoring:files"] = Policy(do=DESIGNERS, **_of_course())
POLICIES["authoring:file"] = Policy(
    see=DESIGNERS, **_of_course(path=lambda world: "media/new-light.txt")
)
POLICIES["authoring:film"] = Policy(
    see=DESIGNERS,
    do=DESIGNERS,
    sends={"deed": "whole"},
    **_of_course(path=lambda world: "media/new-film.mp4"),
)
POLICIES["authoring:publishing"] = Policy(see=DESIGNERS, do=DESIGNERS, **_of_course())
for name in ("authoring:lesson", "web:written", "web:margin"):
    POLICIES[name] = Policy(see=DESIGNERS, **_of_course(lesson="lesson-0-0"))
POLICIES["authoring:copies"] = Policy(
    do=DESIGNERS,
    sends={"lesson": "lesson-0-0", "to": lambda world: world.other_class.course_id},
    **_of_course(),
)
POLICIES["authoring:versions"] = Policy(
    see=DESIGNERS, do=DESIGNERS, **_of_course(lesson="lesson-0-0")
)
for name, sends in (
    ("front", {"title": "Another title"}),
    ("arrangement", {"deed": "add", "kind": "text", "uid": ""}),
):
    POLICIES[f"authoring:{name}"] = Policy(
        do=DESIGNERS, sends=sends, **_of_course(lesson="lesson-0-0")
    )
for name in ("words", "look"):
    POLICIES[f"authoring:{name}"] = Policy(
        do=DESIGNERS, sends={"words": "Hello"}, **_of_course(lesson="lesson-0-0", part="text-0")
    )

POLICIES["authoring:captions"] = Policy(
    see=DESIGNERS,
    do=DESIGNERS,
    sends={"words": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"},
    **_of_course(lesson="filmed", part="film"),
)

# ── A class ────────────────────────────────────────────────────────────────────────────────────

for name in ("cohort_settings", "cards", "roster"):
    POLICIES[f"people:{name}"] = Policy(see=LEADERS, do=LEADERS, **_of_cohort())
POLICIES["people:enrolments"] = Policy(
    see=LEADERS, do=LEADERS, sends={"person": _person("ruby"), "role": "learner"}, **_of_cohort()
)
POLICIES["people:cohort"] = Policy(see=WATCHERS, **_of_cohort())
for name in ("closure", "code", "groups", "invitations"):
    POLICIES[f"people:{name}"] = Policy(do=LEADERS, **_of_cohort())
POLICIES["people:notes"] = Policy(do=TEAM, sends={"words": "Hello"}, **_of_cohort())
POLICIES["people:note"] = Policy(
    do=frozenset({"okafor"}), **_of_cohort(note=lambda world: world.note.pk)
)
POLICIES["people:enrolment"] = Policy(
    see=LEADERS, do=LEADERS, **_of_cohort(enrolment=lambda world: world.enrolment.pk)
)
POLICIES["people:group"] = Policy(
    see=LEADERS, do=LEADERS, **_of_cohort(group=lambda world: world.group.pk)
)
POLICIES["people:roster_check"] = Policy(
    see=LEADERS,
    do=LEADERS,
    rows=lambda world: {"roster": world.roster.pk},
    others=(lambda world: {"roster": world.other_roster.pk},),
)
POLICIES["people:roster_undoing"] = Policy(
    do=LEADERS,
    rows=lambda world: {"roster": world.roster.pk},
    others=(lambda world: {"roster": world.other_roster.pk},),
)

# ── A school ───────────────────────────────────────────────────────────────────────────────────

for name in ("school", "people_csv"):
    POLICIES[f"people:{name}"] = Policy(see=ADMIN, **_of_school())
POLICIES["people:grants"] = Policy(see=ADMIN, **_of_school())
POLICIES["courses:offerings_csv"] = Policy(see=ADMIN, **_of_school())
POLICIES["people:accommodations"] = Policy(see=SUPPORT, **_of_school())
POLICIES["people:accommodation"] = Policy(
    see=SUPPORT, do=SUPPORT, sends={"extra_time": "25", "seen": "0"}, **A_LEARNER_OF_RIVERSIDE
)
for name in ("newcomer", "cohorts", "terms", "school_roster", "days"):
    POLICIES[f"people:{name}"] = Policy(see=ADMIN, do=ADMIN, **_of_school())
POLICIES["assessment:extension_policy"] = Policy(
    see=ADMIN, do=ADMIN, sends={"days": "2", "times": "2"}, **_of_school()
)
POLICIES["people:term"] = Policy(
    see=ADMIN, do=ADMIN, **_of_school(term=lambda world: world.term.pk)
)
POLICIES["people:holidays"] = Policy(do=ADMIN, **_of_school())
POLICIES["people:holiday_removal"] = Policy(
    do=ADMIN, **_of_school(holiday=lambda world: world.holiday.pk)
)
POLICIES["people:person"] = Policy(see=ADMIN, **A_LEARNER_OF_RIVERSIDE)
for name in ("roles", "suspension", "password", "second_factor", "guardians"):
    POLICIES[f"people:{name}"] = Policy(do=ADMIN, **A_LEARNER_OF_RIVERSIDE)
