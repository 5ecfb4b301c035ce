"""One hand-in as its marker sees it: the work, the rubric, what is written so far, who comes next."""

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from meanwhile.assessment.models import Submission, SubmissionFile
from meanwhile.assessment.queries import task_url
from meanwhile.core.rules import allowed, get, visible
from meanwhile.courses.activity import data_of, kind_of
from meanwhile.courses.models import Block
from meanwhile.feedback import draft
from meanwhile.feedback.draft import Draft, Paragraph
from meanwhile.feedback.models import BankComment, Feedback, MarkingPlan, Promise, StaffNote
from meanwhile.feedback.words import called, first_name, title_of
from meanwhile.people.who import Who

MOST_IN_LINE = 500
MOST_WORDS = 4000
SUGGESTED = 5


@dataclass(frozen=True)
class Level:
    number: int
    name: str
    text: str
    next: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """A rubric line: what is looked for, the level chosen and what the next one needs."""

    id: str
    html: str
    levels: tuple[Level, ...]

    @property
    def chosen(self) -> Level | None:
        return next((each for each in self.levels if each.chosen), None)

    @property
    def is_last(self) -> bool:
        return bool(self.chosen and self.chosen.number == len(self.levels))


@dataclass(frozen=True)
class Spot:
    """A comment on a picture, in thousandths of it."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class ShownFile:
    """A file of the hand-in; `url` is empty while its bytes are on their way. kind: image, audio,
    video or other."""

    uid: str
    name: str
    kind: str
    url: str
    spots: tuple[Spot, ...]


def _shown(
    submission: Submission, row: SubmissionFile, comments: list[tuple[int, draft.Comment]]
) -> ShownFile:
    file = row.file
    if file.blob is None:
        return ShownFile(file.uid, file.name, "other", "", ())
    kind = file.blob.type.partition("/")[0]
    spots = tuple(
        Spot(n, c.x, c.y)
        for n, c in comments
        if c.file == file.uid and c.x is not None and c.y is not None
    )
    return ShownFile(
        file.uid,
        file.name,
        kind if kind in ("image", "audio", "video") else "other",
        reverse("assessment:file", args=[submission.pk, file.pk]),
        spots,
    )


@dataclass
class Sheet:
    """A hand-in with what is written to it: for the marker, and once released for the learner."""

    promise: Promise
    feedback: Feedback | None
    anonymous: bool
    files: list[SubmissionFile]

    @property
    def submission(self) -> Submission:
        return self.promise.submission

    @property
    def block(self) -> Block:
        return self.promise.block

    @cached_property
    def title(self) -> str:
        return title_of(self.block)

    @cached_property
    def wrote(self) -> Draft:
        return draft.read(self.feedback.words if self.feedback else {})

    @property
    def version(self) -> int:
        return self.feedback.version if self.feedback else 0

    @property
    def released(self) -> bool:
        return bool(self.feedback and self.feedback.released_at)

    @property
    def name(self) -> str:
        """By name, or by the code of the paper while names are hidden."""
        return called(self.promise.person, self.promise.code, self.anonymous and not self.released)

    @property
    def first_name(self) -> str:
        """The same, as one speaks to them."""
        hidden = self.anonymous and not self.released
        return first_name(self.promise.person, self.promise.code, hidden)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return draft.paragraphs(self.submission.text, self.wrote.comments)

    @cached_property
    def elsewhere(self) -> list[tuple[int, draft.Comment]]:
        """Comments on files and on the work as a whole, with their numbers."""
        return [(n, c) for n, c in enumerate(self.wrote.comments, 1) if not c.in_text]

    @property
    def sentences(self) -> list[draft.Sentence]:
        return draft.sentences(self.submission.text)

    @cached_property
    def _view(self) -> dict[str, Any]:
        kind = kind_of(self.block.kind)
        return kind.view(data_of(self.block.kind, self.block.data), self.block.rendered, "")

    @cached_property
    def lines(self) -> list[Line]:
        """The rubric lines: the criteria that have levels."""
        return [self._line(each) for each in self._view.get("criteria", []) if each["levels"]]

    def _line(self, criterion: dict[str, Any]) -> Line:
        chosen = self.wrote.level(criterion["id"])
        return Line(
            criterion["id"],
            criterion["html"],
            tuple(
                Level(n, each["name"], each["html"], each["next"], n == chosen)
                for n, each in enumerate(criterion["levels"], 1)
            ),
        )

    @property
    def key(self) -> str:
        """Names its words among all of this account."""
        return f"marking:{self.promise.code}"

    @cached_property
    def shown_files(self) -> list["ShownFile"]:
        numbered = list(enumerate(self.wrote.comments, 1))
        return [_shown(self.submission, each, numbered) for each in self.files]

    @property
    def task_url(self) -> str:
        """Where the next version is written."""
        return task_url(self.promise.offering_id, self.block)

    @property
    def points(self) -> float | None:
        """The most there are to give; None where the task has none."""
        return self._view.get("points")


@dataclass
class Neighbour:
    code: str
    name: str


@dataclass
class Marking(Sheet):
    """The same with who comes before and after, in the order it was handed in."""

    number: int = 1
    of: int = 1
    before: Neighbour | None = None
    after: Neighbour | None = None
    held: int = 0
    notes: tuple[StaffNote, ...] = ()
    earlier: Submission | None = None
    earlier_feedback: Feedback | None = None


def marking(who: Who, code: str) -> Marking:
    """The marking page: eight queries however many hand-ins.

    Raises:
        Http404: there is no such hand-in, it was taken back, or it is not theirs to mark.
    """
    row = get(who, "mark", Promise, code=code)
    promise = Promise.objects.select_related(
        "submission", "person", "block", "cohort", "offering", "feedback__marker"
    ).get(pk=row.pk)
    if promise.submission.taken_back_at:
        raise Http404
    plans = MarkingPlan.objects.filter(offering=promise.offering_id, block=promise.block_id)
    found = Marking(
        promise,
        getattr(promise, "feedback", None),
        any(each.anonymous for each in plans),
        files_of(promise.submission_id),
    )
    _stand_in_line(who, found)
    found.notes = tuple(visible(who, StaffNote).filter(promise=promise).select_related("author"))
    _look_back(found)
    return found


def files_of(submission: int) -> list[SubmissionFile]:
    rows = SubmissionFile.objects.filter(submission=submission).select_related("file__blob")
    return list(rows.order_by("position"))


def _stand_in_line(who: Who, found: Marking) -> None:
    """Those of the same task that wait, and this one. Without names the order is that of the codes,
    which says nothing either."""
    here = found.promise
    rows = allowed(who, "mark", Promise).filter(
        offering=here.offering_id, block=here.block_id, ended_at=None
    )
    order = ("code",) if found.anonymous else ("sent_at", "pk")
    line = [
        each
        for each in rows.select_related("person", "feedback").order_by(*order)[:MOST_IN_LINE]
        if each.pk == here.pk or each.kept_at is None
    ]
    at = next((n for n, each in enumerate(line) if each.pk == here.pk), 0)
    found.number, found.of = at + 1, len(line)
    found.before = _neighbour(line[at - 1], found) if at > 0 else None
    found.after = _neighbour(line[at + 1], found) if at + 1 < len(line) else None
    found.held = sum(
        hasattr(each, "feedback") and each.feedback.held_at is not None and each.kept_at is None
        for each in line
    )


def _neighbour(row: Promise, found: Marking) -> Neighbour:
    return Neighbour(row.code, called(row.person, row.code, found.anonymous))


def _look_back(found: Marking) -> None:
    """The version that was answered before this one: one query."""
    if not found.promise.again:
        return
    earlier = (
        Promise.objects.filter(submission__work=found.submission.work_id, kept_at__isnull=False)
        .exclude(pk=found.promise.pk)
        .select_related("submission", "feedback")
        .order_by("-kept_at")
        .first()
    )
    if earlier is not None:
        found.earlier = earlier.submission
        found.earlier_feedback = getattr(earlier, "feedback", None)


@dataclass(frozen=True)
class Change:
    """Words that stayed ("same"), came ("ins") or went ("del")."""

    kind: str
    words: str


def changes(before: str, now: str) -> list[Change]:
    """What changed from one version to the next, in words. Empty for texts too long to compare."""
    old, new = (re.findall(r"\s+|[^\s]+", each) for each in (before, now))
    if len(old) + len(new) > 2 * MOST_WORDS:
        return []
    found: list[Change] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Change("del", "".join(old[a:b])))
        if c < d:
            found.append(Change("ins", "".join(new[c:d])))
    return found


def bank(who: Who, words: str, line: str = "") -> list[BankComment]:
    """What one wrote before and holds all these words, those of the rubric line first: one query."""
    rows = visible(who, BankComment)
    for word in words.lower().split()[:8]:
        rows = rows.filter(sought__contains=word)
    found = list(rows.order_by("-uses", "-used_at")[:50])
    return sorted(found, key=lambda each: each.line != line)[:SUGGESTED]
