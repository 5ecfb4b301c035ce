"""A task as one learner meets it: what to do, their draft, their files, what they handed in."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from meanwhile.assessment.answers import Answer, answers_to, promised_now
from meanwhile.assessment.dates import NO_DATES, TaskDates
from meanwhile.assessment.models import Submission, SubmissionFile, Work, WorkFile
from meanwhile.assessment.queries.dates import dates_of_task
from meanwhile.assessment.receipts import shown
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.activity import data_of, kind_of
from meanwhile.courses.models import Block, Offering
from meanwhile.people.accommodations import Allowance
from meanwhile.people.queries import allowance_of
from meanwhile.people.who import Who

TASK = "task"
WIDTHS = (10, 15, 20, 25, 30, 45, 60, 90, 120, 150, 180)


@dataclass
class TaskView:
    """All the page shows. `task` is what the kind gives (`activities/task/kind.py`, `view`)."""

    offering: Offering
    block: Block
    task: dict[str, Any]
    work: Work | None = None
    files: list[WorkFile] = field(default_factory=list)
    versions: list[Submission] = field(default_factory=list)
    """What was handed in, the newest first, also what was taken back."""
    coming: int = 0
    """Files of the hand-in that stands that have not arrived."""
    words: dict[str, str] = field(default_factory=dict)
    allowance: Allowance = field(kw_only=True)
    """What is agreed with this learner; it is in `task`'s minutes and in `dates`."""
    dates: TaskDates = NO_DATES
    error: str = ""
    who: Who | None = None
    theirs: dict[str, str] | None = None
    """Where the draft was changed elsewhere meanwhile: the other words."""

    @property
    def title(self) -> str:
        return str(self.task["title"])

    @property
    def rendered(self) -> dict[str, str]:
        return self.block.rendered

    @property
    def url(self) -> str:
        return task_url(self.offering.pk, self.block)

    @property
    def lesson_url(self) -> str:
        lesson = reverse("learning:lesson", args=[self.offering.pk, self.block.lesson.uid])
        return f"{lesson}#{self.block.uid}"

    @property
    def closed(self) -> bool:
        return self.offering.closed_at is not None

    @cached_property
    def handed_in(self) -> Submission | None:
        """The version that stands."""
        standing = (v for v in self.versions if not v.taken_back_at and not v.replaced_at)
        return next(standing, None)

    @cached_property
    def answer(self) -> Answer | None:
        """By when what was handed in is answered, and where what came is read."""
        if self.who is None or self.handed_in is None:
            return None
        return answers_to(self.who, [self.handed_in.pk]).get(self.handed_in.pk)

    @cached_property
    def promised_now(self) -> datetime:
        """By when what is handed in now is answered."""
        return promised_now(self.offering)

    @property
    def code(self) -> str:
        return shown(self.handed_in.code) if self.handed_in else ""

    @property
    def may_take_back(self) -> bool:
        return (
            self.handed_in is not None and not self.handed_in.marking_began_at and not self.closed
        )

    @property
    def state(self) -> str:
        """given, draft, handed or returned: where the steps at the top stand."""
        if self.handed_in:
            return "returned" if self.handed_in.returned_at else "handed"
        return "draft" if self.has_draft else "given"

    @property
    def has_draft(self) -> bool:
        return bool(self.work and (any(self.work.words.values()) or self.files))

    @property
    def saved_at(self) -> datetime | None:
        return self.work.saved_at if self.work else None

    @property
    def version(self) -> int:
        return self.work.version if self.work else 0

    def _marks(self, of: str) -> dict[str, Any]:
        marks: dict[str, Any] = self.work.marks if self.work else {}
        found: dict[str, Any] = marks.get(of, {"ticked": [], "version": 0})
        return found

    @property
    def criteria_version(self) -> int:
        return int(self._marks("criteria")["version"])

    @property
    def steps_version(self) -> int:
        return int(self._marks("steps")["version"])

    @cached_property
    def criteria(self) -> list[dict[str, Any]]:
        ticked = self._marks("criteria")["ticked"]
        return [each | {"ticked": each["id"] in ticked} for each in self.task["criteria"]]

    @property
    def met(self) -> int:
        return sum(each["ticked"] for each in self.criteria)

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """With `ticked`, and how wide each is drawn (`ui/styles/block.css`)."""
        ticked = self._marks("steps")["ticked"]
        return [
            each
            | {
                "ticked": each["key"] in ticked,
                "width": min(WIDTHS, key=lambda width: abs(width - each["minutes"])),
            }
            for each in self.task["steps"]
        ]

    @property
    def step_minutes(self) -> int:
        return sum(each["minutes"] for each in self.steps)

    @property
    def takes(self) -> dict[str, bool]:
        """Ways to hand in, by name, for the template."""
        ways = set(self.task["hand_in"])
        known = {way: way in ways for way in ("text", "link", "files", "photos", "audio", "video")}
        return known | {"any_file": bool(ways - {"text", "link"})}

    @property
    def accepts(self) -> str:
        """For the file field: what the device offers. Empty where it may be any file."""
        of = {"photos": "image/jpeg,image/png,image/webp", "audio": "audio/*", "video": "video/*"}
        ways = [way for way in self.task["hand_in"] if way not in ("text", "link")]
        return "" if "files" in ways else ",".join(of[way] for way in ways)

    @property
    def typed_words(self) -> int:
        return len(self.words.get("text", "").split())


def offering_to_learn(who: Who, offering: int) -> Offering:
    """An offering this person learns in, with its course and class. One query.

    Raises:
        Http404: there is none, or it is not theirs.
    """
    rows = allowed(who, "learn", Offering).select_related("course", "cohort__school")
    found = rows.filter(pk=offering).first()
    if found is None:
        raise Http404
    return found


def task_of(offering: Offering, lesson: str, block: str) -> Block:
    """A published task of a course: work hangs on the main block, whichever way its card was met.
    One query.

    Raises:
        Http404: none there.
    """
    rows = Block.objects.counted().filter(
        lesson__course=offering.course_id, lesson__uid=lesson, uid=block, kind=TASK
    )
    found = rows.select_related("lesson__unit").first()
    if found is None:
        raise Http404
    return found


def task_view(who: Who, offering: Offering, block: Block) -> TaskView:
    """The task page. Five queries at most, however much was handed in, and six where it has
    dates."""
    agreed = allowance_of(who.pk or 0, offering.cohort.school_id)
    view = TaskView(offering, block, own_parts(block, agreed), who=who, allowance=agreed)
    if who.person:
        view.dates = dates_of_task(who.person, offering, block)
    rows = visible(who, Work).filter(offering=offering, block=block)
    view.work = rows.first()
    if view.work is None:
        return view
    view.words = dict(view.work.words)
    view.files = list(
        visible(who, WorkFile).filter(work=view.work, removed_at=None).select_related("blob")
    )
    view.versions = list(visible(who, Submission).filter(work=view.work).order_by("-number"))
    if view.handed_in and view.handed_in.files_until:
        held = SubmissionFile.objects.filter(submission=view.handed_in, file__blob=None)
        view.coming = held.count()
    return view


def own_file(who: Who, offering: Offering, block: Block, uid: str) -> WorkFile:
    """A file of one's own work. One query.

    Raises:
        Http404: none of that uid.
    """
    rows = visible(who, WorkFile).filter(
        work__person=who.pk, work__offering=offering, work__block=block, uid=uid
    )
    found = rows.select_related("blob").first()
    if found is None:
        raise Http404
    return found


def parts_of(block: Block) -> dict[str, Any]:
    """A task by its parts, each with its safe HTML."""
    data = data_of(TASK, block.data)
    return kind_of(TASK).view(data, block.rendered, "")


def own_parts(block: Block, allowance: Allowance) -> dict[str, Any]:
    """The same with minutes as they are for one learner."""
    task = parts_of(block)
    if task["minutes"]:
        task["minutes"] = allowance.minutes(task["minutes"]).minutes
    task["steps"] = [
        each | {"minutes": allowance.minutes(each["minutes"]).minutes} for each in task["steps"]
    ]
    return task


def title_of(block: Block) -> str:
    return str(block.data.get("title", ""))


def task_url(offering: int, block: Block) -> str:
    return reverse("assessment:task", args=[offering, block.lesson.uid, block.uid])
