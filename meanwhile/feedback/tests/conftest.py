"""A task in 8B's course, handed in at a moment, promised and perhaps answered."""

from datetime import UTC, datetime

import pytest

from meanwhile.assessment.actions import hand_in
from meanwhile.core import clock
from meanwhile.courses.models import Block
from meanwhile.feedback import actions
from meanwhile.feedback.models import Promise
from meanwhile.people.who import Who

TUESDAY = datetime(2026, 10, 13, 12, 20, tzinfo=UTC)  # 13:20 in London
THURSDAY = datetime(2026, 10, 15, 15, 0, tzinfo=UTC)  # 16:00 in London
TEXT = "I measured from the mirror.\n\nThe differences are small 🙂. So they are equal."
LEVELS = [
    {"name": "Not yet", "text": "", "next": "Say what you measured."},
    {"name": "Nearly", "text": "", "next": "Measure from the normal."},
    {"name": "Clear", "text": "", "next": "Say how sure you are."},
    {"name": "Strong", "text": "", "next": ""},
]
TASK = {
    "title": "Mirror investigation",
    "points": 20,
    "hand_in": ["text", "files"],
    "criteria": [
        {"id": "method", "text": "A method to follow", "levels": LEVELS},
        {"id": "results", "text": "Results easy to read", "levels": LEVELS},
    ],
}


def make_task(offering, uid: str = "mirror") -> Block:
    lesson = offering.course.lessons.order_by("pk").first()
    rendered = {"body": "<p>Investigate.</p>"}
    for each in TASK["criteria"]:
        rendered[f"criterion.{each['id']}"] = f"<p>{each['text']}</p>"
        for n, level in enumerate(each["levels"]):
            rendered[f"next.{each['id']}.{n}"] = f"<p>{level['next']}</p>" if level["next"] else ""
    return Block.objects.create(
        lesson=lesson, uid=uid, kind="task", heading="Mirror", data=TASK, body="Investigate.",
        rendered=rendered, position=20, minutes=30,
    )  # fmt: skip


@pytest.fixture
def task(cast) -> Block:
    return make_task(cast.offering)


@pytest.fixture
def handed(cast, task):
    """`handed("amina")`: her hand-in, promised, as a Promise."""

    def make(key: str, at: datetime = TUESDAY, text: str = TEXT, block: Block | None = None):
        with clock.at(at):
            base = cast.people[key].works.filter(block=block or task).first()
            made = hand_in(
                Who(cast.people[key]), cast.offering, block or task, {"text": text},
                base.version if base else None,
            )  # fmt: skip
            return actions.promise(made.pk)

    return make


@pytest.fixture
def answered(cast, handed):
    """`answered("amina")`: the same, with feedback released by Ms Okafor a day later."""

    def make(key: str, words: dict | None = None, at: datetime | None = None) -> Promise:
        promise = handed(key)
        with clock.at(at or datetime(2026, 10, 14, 12, 20, tzinfo=UTC)):
            given = words or {"note": "You went looking for the reason.", "level.method": "2"}
            actions.save_draft(cast.okafor, promise, given, None)
            actions.release(cast.okafor, promise)
        promise.refresh_from_db()
        return promise

    return make
