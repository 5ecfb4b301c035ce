"""What a class handed in, for who watches it. Drafts are nobody's but the learner's: of a draft
not even that there is one is said here."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse

from meanwhile.assessment.models import Submission
from meanwhile.assessment.queries.tasks import TASK, title_of
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.models import Block, Offering
from meanwhile.people.models import Enrolment, Person, Role
from meanwhile.people.who import Who

A_PAGE = 50


@dataclass(frozen=True)
class TaskLine:
    """A task of a course and how many of the class have handed it in."""

    block: Block
    title: str
    handed_in: int
    returned: int
    url: str


@dataclass(frozen=True)
class HandIn:
    """One learner and the hand-in of theirs that stands, or None."""

    person: Person
    submission: Submission | None
    versions: int = 0
    files: int = 0
    coming: int = 0


@dataclass
class HandIns:
    """A task in a class. `page` holds HandIn lines; the figures count the whole class."""

    offering: Offering
    block: Block
    page: Page[Any]
    learners: int
    handed_in: int
    returned: int

    @property
    def title(self) -> str:
        return title_of(self.block)

    @property
    def waiting(self) -> int:
        return self.handed_in - self.returned


def offering_to_watch(who: Who, pk: int) -> Offering:
    """Raises:
    Http404: none, or not for them.
    """
    rows = allowed(who, "watch", Offering).select_related("course", "cohort")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _learners(who: Who, offering: Offering) -> Any:
    rows = visible(who, Enrolment).filter(
        cohort=offering.cohort_id, role=Role.LEARNER, left_at=None
    )
    return rows.select_related("person").order_by("person__name", "pk")


def _standing(who: Who, offering: Offering) -> Any:
    """The hand-ins that stand, of who is in the class now."""
    still_there = _learners(who, offering).values("person")
    rows = visible(who, Submission).standing()  # type: ignore[attr-defined]
    return rows.filter(offering=offering, person__in=still_there.order_by())


def tasks_of_class(who: Who, pk: int) -> tuple[Offering, int, list[TaskLine]]:
    """The tasks of a class's course, in their order, and how many learn in it. Four queries.

    Raises:
        Http404: none, or not for them.
    """
    offering = offering_to_watch(who, pk)
    blocks = Block.objects.counted().filter(lesson__course=offering.course_id, kind=TASK)
    counted = {
        row["block"]: row
        for row in _standing(who, offering)
        .order_by()
        .values("block")
        .annotate(n=Count("pk"), back=Count("pk", filter=Q(returned_at__isnull=False)))
    }
    lines = []
    ordered = blocks.select_related("lesson__unit").order_by(
        "lesson__unit__position", "lesson__position", "position"
    )
    for block in ordered:
        row = counted.get(block.pk, {"n": 0, "back": 0})
        url = reverse("assessment:submissions", args=[offering.pk, block.lesson.uid, block.uid])
        lines.append(TaskLine(block, title_of(block), row["n"], row["back"], url))
    return offering, _learners(who, offering).count(), lines


def hand_ins_of(who: Who, pk: int, lesson: str, block: str, page: str | None) -> HandIns:
    """Who of a class has handed a task in, by name. Seven queries, however large the class.

    Raises:
        Http404: no such class or task, or not for them.
    """
    offering = offering_to_watch(who, pk)
    tasks = Block.objects.counted().filter(
        lesson__course=offering.course_id, lesson__uid=lesson, uid=block, kind=TASK
    )
    task = tasks.select_related("lesson__unit").first()
    if task is None:
        raise Http404
    counts = (
        _standing(who, offering)
        .filter(block=task)
        .aggregate(n=Count("pk"), back=Count("pk", filter=Q(returned_at__isnull=False)))
    )
    found = Paginator(_learners(who, offering), A_PAGE)
    shown = found.get_page(page)
    people = [each.person for each in shown.object_list]
    shown.object_list = _lines(who, offering, task, people)
    return HandIns(offering, task, shown, found.count, counts["n"], counts["back"])


def _lines(who: Who, offering: Offering, task: Block, people: list[Person]) -> list[HandIn]:
    rows = visible(who, Submission).filter(offering=offering, block=task, person__in=people)
    counted = rows.annotate(
        held=Count("files"), missing=Count("files", filter=Q(files__file__blob=None))
    )
    standing: dict[int, Submission] = {}
    versions: dict[int, int] = {}
    for row in counted:
        versions[row.person_id] = versions.get(row.person_id, 0) + 1
        if row.replaced_at is None and row.taken_back_at is None:
            standing[row.person_id] = row
    lines = []
    for person in people:
        row_ = standing.get(person.pk)
        held, missing = (row_.held, row_.missing) if row_ else (0, 0)  # type: ignore[attr-defined]
        lines.append(HandIn(person, row_, versions.get(person.pk, 0), held, missing))
    return lines
