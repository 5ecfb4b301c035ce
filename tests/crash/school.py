"""The school of the crash tests: made before the first kill, looked through after the last.

Run as `python -m tests.crash.school make|look|keep|forget`, in the environment of the server under test.
"""

import hashlib
import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meanwhile.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from meanwhile.assessment.models import Submission, Work  # noqa: E402
from meanwhile.assessment.queries import receipt_of  # noqa: E402
from meanwhile.core import clock  # noqa: E402
from meanwhile.core.models import EventRow, Receipt  # noqa: E402
from meanwhile.courses.models import Block, Lesson  # noqa: E402
from meanwhile.learning.models import Answer, BlockState, Participation  # noqa: E402
from meanwhile.media import store  # noqa: E402
from meanwhile.media.actions import forget_old_uploads, keep_upload  # noqa: E402
from meanwhile.media.models import Upload  # noqa: E402
from meanwhile.people.models import Person  # noqa: E402
from meanwhile.testing import make_cast, make_task  # noqa: E402

LEARNERS = ("amina", "baraka", "ella", "freya", "hana", "jonah", "leo", "mei")


def make() -> dict:
    call_command("migrate", verbosity=0)
    cast = make_cast()
    blocks = Block.objects.filter(answers=True).select_related("lesson")
    for lesson in Lesson.objects.filter(course=cast.course):
        make_task(lesson)
    tasks = Block.objects.filter(kind="task").select_related("lesson")
    return {
        "sessions": [session_of(cast.people[key]) for key in LEARNERS],
        "teacher": session_of(cast.people["okafor"]),
        "addresses": [
            f"/learn/{cast.offering.pk}/{block.lesson.uid}/{block.uid}/answer/" for block in blocks
        ],
        "tasks": [
            f"/learn/{cast.offering.pk}/{task.lesson.uid}/{task.uid}/task/hand-ins/"
            for task in tasks
        ],
    }


def session_of(person: Person) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return store.session_key


def look() -> dict:
    """What is in the database, and what in it does not agree with itself."""
    receipts = dict(Receipt.objects.filter(kind="learning.answer").values_list("operation", "pk"))
    answers = Counter(Answer.objects.values_list("participation", "block"))
    states = BlockState.objects.values_list("participation", "block", "tries")
    events = Counter(
        row["answer"]
        for row in EventRow.objects.filter(name="courses.BlockAnswered").values_list(
            "facts", flat=True
        )
    )
    half = [f"state {p}/{b} says {t}" for p, b, t in states if answers[p, b] != t]
    if len(receipts) != sum(answers.values()):
        half.append(f"{len(receipts)} receipts, {sum(answers.values())} answers")
    if (
        set(events) != set(Answer.objects.values_list("pk", flat=True))
        or max(events.values(), default=1) > 1
    ):
        half.append("an answer without its event, or with two")
    half += wrong_counts()
    handed, wrong = hand_ins()
    return {"receipts": sorted([*receipts, *handed]), "half": half + wrong, "sound": sound()}


def hand_ins() -> tuple[list[str], list[str]]:
    """The operations whose hand-in is kept, and what in the hand-ins does not agree with itself:
    each has one receipt, one event, one number, and of each work the last one stands."""
    kept = Receipt.objects.filter(kind="assessment.hand_in")
    of = {row.result["submission"]: row.operation for row in kept}
    rows = list(Submission.objects.order_by("number"))
    said = Counter(
        facts["submission"]
        for facts in EventRow.objects.filter(name="courses.TaskHandedIn").values_list(
            "facts", flat=True
        )
    )
    wrong = []
    if set(of) != {row.pk for row in rows} or len(of) != kept.count():
        wrong.append(f"{kept.count()} receipts, {len(rows)} hand-ins")
    if said != Counter(row.pk for row in rows):
        wrong.append("a hand-in without its event, or with two")
    for row in rows:
        if row.text != f"Work {of.get(row.pk)}" or receipt_of(row.code) is None:
            wrong.append(f"hand-in {row.pk} is not what was sent")
    for work in Work.objects.all():
        mine = [row for row in rows if row.work_id == work.pk]
        if [row.number for row in mine] != list(range(1, len(mine) + 1)):
            wrong.append(f"work {work.pk} has the numbers {[row.number for row in mine]}")
        if [row.replaced_at is None for row in mine] != [row is mine[-1] for row in mine]:
            wrong.append(f"of work {work.pk} another than the last one stands")
    return list(of.values()), wrong


def keep() -> dict:
    """Keep every file that has come bit by bit: what each is now, by its word. Its bytes are read
    from the disk again, and then they go, and their row with them."""
    kept = {}
    for each in list(Upload.objects.filter(blob=None)):
        blob = keep_upload(each)
        with store.open_blob(blob) as file:
            kept[each.word] = hashlib.file_digest(file, "sha256").hexdigest()
        store.path_of(blob.sha256).unlink()
        blob.delete()
    return kept


def forget() -> dict:
    """What the hourly chore leaves of a file nobody goes on with: after 23 hours, and after 25."""
    left = {}
    for hours in (23, 25):
        then = timedelta(hours=hours)
        Upload.objects.update(begun_at=clock.now() - then)
        for path in store.parts_folder().iterdir():
            os.utime(path, (time.time() - then.total_seconds(),) * 2)
        forget_old_uploads()
        parts = len(list(store.parts_folder().iterdir()))
        left[f"after_{hours}"] = [parts, Upload.objects.count()]
    return left


def wrong_counts() -> list[str]:
    wrong = []
    for row in Participation.objects.all():
        states = BlockState.objects.filter(participation=row)
        true = (
            states.exclude(done_at=None).count(),
            states.filter(tries__gt=0).count(),
            states.filter(right=True).count(),
        )
        if true != (row.done, row.answered, row.right):
            wrong.append(
                f"{row.person_id} counted {(row.done, row.answered, row.right)} not {true}"
            )
    return wrong


def sound() -> bool:
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchall() == [("ok",)]


if __name__ == "__main__":
    print(json.dumps({"make": make, "look": look, "keep": keep, "forget": forget}[sys.argv[1]]()))
