"""Tasks as other pages show them: in a lesson, on today's page, to a guardian."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meanwhile.assessment.models import Submission, Work, WorkFile
from meanwhile.assessment.queries.tasks import task_url, title_of
from meanwhile.core import clock
from meanwhile.core.rules import allowed, visible
from meanwhile.courses.models import Block, Lesson, Offering
from meanwhile.courses.standing import Standing
from meanwhile.people.who import Who

MOST_ERRANDS = 5
SHOWN_FOR = timedelta(days=14)
"""How long today's page shows what was handed in, or a draft that was not touched since."""


@dataclass(frozen=True)
class Errand:
    """A task that somebody has begun or handed in, as one line."""

    title: str
    course: str
    says: str
    handed_in: bool
    at: datetime
    url: str


@dataclass(frozen=True)
class Handed:
    """That something was handed in: its name and when. Not a word of it."""

    title: str
    at: datetime


def standing_of(who: Who, offering: Offering, blocks: list[Block]) -> dict[int, Standing]:
    """How these tasks stand for one learner, by the keys of their main blocks. Four queries, and
    one more where a task is met in another way than the main one."""
    blocks = _main(blocks)
    lessons = Lesson.objects.in_bulk({each.lesson_id for each in blocks})
    for each in blocks:
        each.lesson = lessons[each.lesson_id]
    works = {
        work.block_id: work
        for work in visible(who, Work).filter(offering=offering, block__in=blocks)
    }
    rows = visible(who, Submission).standing()  # type: ignore[attr-defined]
    handed = {
        each.block_id: each
        for each in rows.filter(offering=offering, block__in=blocks, person=who.pk)
    }
    filed = set(
        visible(who, WorkFile)
        .filter(work__in=works.values(), removed_at=None)
        .values_list("work__block", flat=True)
    )
    return {
        block.pk: _standing(
            offering, block, works.get(block.pk), handed.get(block.pk), block.pk in filed
        )
        for block in blocks
    }


def _main(blocks: list[Block]) -> list[Block]:
    elsewhere = [each.place for each in blocks if each.place != each.pk]
    if not elsewhere:
        return blocks
    mains = Block.objects.filter(pk__in=elsewhere)
    return [*mains, *(each for each in blocks if each.place == each.pk)]


def _standing(
    offering: Offering, block: Block, work: Work | None, handed: Submission | None, filed: bool
) -> Standing:
    url = task_url(offering.pk, block)
    if handed and handed.returned_at:
        return Standing(
            _("Returned"), "know", "check-circle", handed.returned_at, _("See the answer"), url
        )
    if handed:
        at = handed.handed_in_at
        return Standing(_("Handed in"), "know", "check-circle", at, _("See your hand-in"), url)
    if work and (any(work.words.values()) or filed):
        return Standing(
            _("Draft saved"), "act", "pen", work.saved_at, _("Go on with your draft"), url
        )
    return Standing("", "", "", None, _("Open the task"), url)


def errands_of(who: Who, offerings: Iterable[Offering]) -> list[Errand]:
    """The tasks somebody has a draft of or handed in lately, the newest first. Two queries."""
    by_key = {each.pk: each for each in offerings}
    since = clock.now() - SHOWN_FOR
    lesson = "block__lesson"
    rows = visible(who, Submission).standing()  # type: ignore[attr-defined]
    handed = list(
        rows.filter(person=who.pk, offering__in=by_key, handed_in_at__gte=since)
        .select_related(lesson)
        .order_by("-handed_in_at")[:MOST_ERRANDS]
    )
    drafts = (
        visible(who, Work)
        .filter(offering__in=by_key, saved_at__gte=since)
        .exclude(words={})
        .filter(~Exists(rows.filter(work=OuterRef("pk"))))
        .select_related(lesson)
        .order_by("-saved_at")[:MOST_ERRANDS]
    )
    lines = [
        _errand(by_key[each.offering_id], each.block, each.saved_at, handed_in=False)
        for each in drafts
        if each.saved_at
    ]
    lines += [
        _errand(by_key[each.offering_id], each.block, each.handed_in_at, handed_in=True)
        for each in handed
    ]
    return lines[:MOST_ERRANDS]


def _errand(offering: Offering, block: Block, at: datetime, *, handed_in: bool) -> Errand:
    says = _("Handed in") if handed_in else _("Draft saved")
    url = task_url(offering.pk, block)
    return Errand(title_of(block), offering.course.title, says, handed_in, at, url)


def handed_in_by_wards(who: Who) -> dict[tuple[int, int], list[Handed]]:
    """What the children of a guardian handed in lately, by child and offering: that, and when.
    One query."""
    rows = allowed(who, "follow", Submission).filter(
        replaced_at=None, handed_in_at__gte=clock.now() - SHOWN_FOR
    )
    found: dict[tuple[int, int], list[Handed]] = {}
    named = rows.order_by("-handed_in_at").values_list(
        "person", "offering", "block__data__title", "handed_in_at"
    )
    for person, offering, title, at in named:
        found.setdefault((person, offering), []).append(Handed(str(title), at))
    return found
