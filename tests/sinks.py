"""Every place where people's words go in, by its name: what T11 fills, and what it leaves out and why.

`test_no_sink_is_left_out` walks the tables and refuses a column that is in no list. Somebody
who adds a column for words adds a line here. Words in an address are found by themselves.
"""

import ast
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.house import HOUSE, modules

# ── Columns ────────────────────────────────────────────────────────────────────────────────────

COURSE = "comes with a course's files: tests/hostile_school.py takes one in that is full of it"
FILLED = "written straight into the table, past what any form would refuse"
MADE = "a name this house makes itself: an id, a token, a fingerprint"
CHOSEN = "one of a list; what is not in it is refused"
WORKED_OUT = "worked out from other columns when these are written"

COLUMNS: dict[str, str] = {
    "assessment.Extension.answer": FILLED,
    "assessment.Extension.reason": FILLED,
    "assessment.Submission.code": MADE,
    "assessment.Submission.link": FILLED,
    "assessment.Submission.sha256": MADE,
    "assessment.Submission.signature": MADE,
    "assessment.Submission.text": FILLED,
    "assessment.TaskDate.closes_wall": MADE,
    "assessment.TaskDate.due_wall": MADE,
    "assessment.TaskDate.opens_wall": MADE,
    "assessment.TaskDate.zone": CHOSEN,
    "assessment.Work.marks": "ids and numbers that were ticked",
    "assessment.Work.words": FILLED,
    "assessment.WorkFile.name": FILLED,
    "assessment.WorkFile.sha256": MADE,
    "assessment.WorkFile.uid": MADE,
    "authoring.WorkingCopy.outline": COURSE,
    "authoring.WorkingCopy.base": COURSE,
    "authoring.OutlineStep.outline": COURSE,
    "authoring.OutlineStep.says": FILLED,
    "authoring.CaptionCopy.lesson": MADE,
    "authoring.CaptionCopy.part": MADE,
    "authoring.CaptionCopy.words": FILLED,
    "authoring.LessonCopy.uid": MADE,
    "authoring.LessonCopy.title": COURSE,
    "authoring.LessonCopy.document": COURSE,
    "authoring.LessonCopy.base": COURSE,
    "authoring.LessonVersion.document": COURSE,
    "authoring.LessonVersion.says": FILLED,
    "authoring.NewFile.path": FILLED,
    "core.Receipt.operation": MADE,
    "core.Receipt.actor": MADE,
    "core.Receipt.kind": MADE,
    "core.Receipt.fingerprint": MADE,
    "core.Receipt.result": "on no page",
    "core.EventRow.name": MADE,
    "core.EventRow.facts": "on no page",
    "core.Delivery.listener": MADE,
    "core.Delivery.error": "in the site admin's tables only, which escape everything",
    "core.Tries.key": MADE,
    "core.Job.name": MADE,
    "core.Job.key": MADE,
    "core.Job.facts": "on no page",
    "core.Job.step": MADE,
    "core.Job.problem": MADE,
    "core.Job.error": "in the site admin's tables only, which escape everything",
    "courses.Course.uid": MADE,
    "courses.Course.title": COURSE,
    "courses.Course.summary": COURSE,
    "courses.Course.description": COURSE,
    "courses.Course.rendered": COURSE,
    "courses.Course.language": CHOSEN,
    "courses.Course.licence": COURSE,
    "courses.Course.authors": COURSE,
    "courses.Course.ages": COURSE,
    "courses.Course.not_here": COURSE,
    "courses.Objective.uid": MADE,
    "courses.Objective.text": COURSE,
    "courses.Unit.uid": MADE,
    "courses.Unit.title": COURSE,
    "courses.Unit.summary": COURSE,
    "courses.Unit.intro": COURSE,
    "courses.Unit.rendered": COURSE,
    "courses.Unit.not_here": COURSE,
    "courses.Lesson.uid": MADE,
    "courses.Lesson.title": COURSE,
    "courses.Lesson.summary": COURSE,
    "courses.Lesson.not_here": COURSE,
    "courses.Block.uid": MADE,
    "courses.Block.kind": CHOSEN,
    "courses.Block.heading": COURSE,
    "courses.Block.language": CHOSEN,
    "courses.Block.way": MADE,
    "courses.Block.data": COURSE,
    "courses.Block.body": COURSE,
    "courses.Block.rendered": COURSE,
    "courses.Asset.path": COURSE,
    "courses.Offering.zone": CHOSEN,
    "courses.Milestone.wall": MADE,
    "feedback.BankComment.line": FILLED,
    "feedback.BankComment.sought": FILLED,
    "feedback.BankComment.words": FILLED,
    "feedback.Feedback.uptake_words": FILLED,
    "feedback.Feedback.words": FILLED,
    "feedback.Promise.code": MADE,
    "feedback.PromiseMove.words": FILLED,
    "feedback.Reply.words": FILLED,
    "feedback.StaffNote.words": FILLED,
    "insights.LinkTrial.language": CHOSEN,
    "insights.LinkTrial.tried": FILLED,
    "learning.Participation.spot": FILLED,
    "learning.WayChoice.way": MADE,
    "learning.WayStart.way": MADE,
    "learning.WayWish.way": MADE,
    "learning.Answer.response": FILLED,
    "learning.Draft.words": FILLED,
    "learning.LessonNote.uid": MADE,
    "learning.LessonNote.part": MADE,
    "learning.LessonNote.quote": FILLED,
    "learning.LessonNote.before": FILLED,
    "learning.LessonNote.after": FILLED,
    "learning.LessonNote.media": FILLED,
    "learning.LessonNote.state": CHOSEN,
    "learning.LessonNote.found_part": MADE,
    "learning.LessonNote.found_in": MADE,
    "learning.LessonNote.words": FILLED,
    "learning.LessonNote.tags": FILLED,
    "learning.LessonNote.sought": WORKED_OUT,
    "media.Blob.sha256": MADE,
    "media.Blob.type": CHOSEN,
    "media.Film.chapters": FILLED,
    "media.Version.word": MADE,
    "media.Version.type": CHOSEN,
    "media.Version.sha256": MADE,
    "media.Upload.word": MADE,
    "media.Upload.name": FILLED,
    "operations.Chore.name": MADE,
    "people.Accommodation.formats": CHOSEN,
    "people.AccommodationReason.words": FILLED,
    "people.Holiday.name": FILLED,
    "people.School.work_days": CHOSEN,
    "people.School.slug": MADE,
    "people.School.name": FILLED,
    "people.School.zone": CHOSEN,
    "people.School.language": CHOSEN,
    "people.School.country": CHOSEN,
    "people.Person.password": MADE,
    "people.Person.username": FILLED,
    "people.Person.email": FILLED,
    "people.Person.name": FILLED,
    "people.Person.called": FILLED,
    "people.Person.zone": CHOSEN,
    "people.Person.language": CHOSEN,
    **{f"people.Person.{name}": CHOSEN for name in (
        "theme", "text", "space", "font", "contrast", "motion", "ruler", "focus")},
    "people.Term.name": FILLED,
    "people.Cohort.name": FILLED,
    "people.Cohort.zone": CHOSEN,
    "people.Cohort.code": MADE,
    "people.Group.name": FILLED,
    "people.NameCard.words_hash": MADE,
    "people.Invitation.token": MADE,
    "people.Roster.rows": FILLED,
    "people.Roster.effects": "on no page",
    "people.Note.words": FILLED,
    "people.Notice.kind": MADE,
    "people.Notice.words": FILLED,
    "people.Notice.link": "an address this house makes",
    "search.Passage.source": MADE,
    "search.Passage.scope": MADE,
    "search.Passage.key": MADE,
    "search.Passage.print": MADE,
    "search.Passage.kind": MADE,
    "search.Passage.language": CHOSEN,
    "search.Passage.title": WORKED_OUT,
    "search.Passage.text": WORKED_OUT,
    "search.Passage.spots": WORKED_OUT,
    "search.Passage.title_stems": WORKED_OUT,
    "search.Passage.text_stems": WORKED_OUT,
    "search.Lexicon.source": MADE,
    "search.Lexicon.scope": MADE,
    "search.Lexicon.languages": CHOSEN,
    "search.Paper.sha256": MADE,
    "search.Paper.pages": "the words of a PDF or Word file in the hostile course",
    "search.Paper.problem": MADE,
}  # fmt: skip


def text_columns() -> Iterator[tuple[str, models.Field]]:
    """Each column of ours that holds words and is no choice of a list."""
    for model in apps.get_models():
        if not model.__module__.startswith("meanwhile."):
            continue
        for column in model._meta.concrete_fields:
            words = isinstance(column, models.CharField | models.TextField | models.JSONField)
            if words and not column.choices:
                yield f"{model._meta.app_label}.{model.__name__}.{column.name}", column


def filled_columns() -> list[tuple[str, type[models.Model], models.Field]]:
    found = []
    for name, column in text_columns():
        if COLUMNS.get(name) == FILLED:
            found.append((name, column.model, column))
    return found


# ── Words in an address ────────────────────────────────────────────────────────────────────────


def query_names() -> Iterator[tuple[str, str]]:
    """Each name that is read from an address, and the module that does."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if name := _asked(node):
                yield name, str(path.relative_to(HOUSE))


def _asked(node: ast.AST) -> str:
    """`request.GET.get("q")`, `request.GET["q"]`, `"q" in request.GET`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        return _constant(node.args[0]) if _is_get(node.func.value) else ""
    if isinstance(node, ast.Subscript):
        return _constant(node.slice) if _is_get(node.value) else ""
    if isinstance(node, ast.Compare):
        return _constant(node.left) if _is_get(node.comparators[0]) else ""
    return ""


def _is_get(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "GET"


def _constant(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
