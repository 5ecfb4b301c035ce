"""One hand-in, the versions beside it, and how two of them differ."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.http import Http404

from meanwhile.assessment.models import Submission, SubmissionFile, WorkFile
from meanwhile.assessment.queries.tasks import parts_of, title_of
from meanwhile.assessment.receipts import shown
from meanwhile.core.rules import get, visible
from meanwhile.media import types
from meanwhile.people.who import Who

WORDS = re.compile(r"\S+\s*|\s+")
"""A word with the gap behind it: else two texts would agree in their gaps alone."""
LONGEST_COMPARED = 60_000
"""Signs of both texts together that are compared word by word; longer ones line by line."""


@dataclass(frozen=True)
class Piece:
    """Some words that are the same, went or came: `sign` is "", "-" or "+"."""

    sign: str
    words: str


@dataclass(frozen=True)
class FileLine:
    """A file of a hand-in as its page shows it. `shows`: picture, sound, film, or nothing, and
    then it is only handed out."""

    pk: int
    name: str
    size: int
    is_here: bool
    shows: str
    sign: str = ""


@dataclass
class SubmissionView:
    """A hand-in with its versions. `other`: the version it is held against."""

    submission: Submission
    versions: list[Submission]
    own: bool
    files: list[FileLine] = field(default_factory=list)
    other: Submission | None = None
    pieces: list[Piece] = field(default_factory=list)
    gone: list[FileLine] = field(default_factory=list)

    @property
    def title(self) -> str:
        return title_of(self.submission.block)

    @property
    def code(self) -> str:
        return shown(self.submission.code)

    @property
    def coming(self) -> int:
        return sum(not each.is_here for each in self.files)

    @property
    def criteria(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = parts_of(self.submission.block)["criteria"]
        return found

    @property
    def standing(self) -> bool:
        return not self.submission.taken_back_at and not self.submission.replaced_at


def submission_view(who: Who, pk: int, beside: int | None = None) -> SubmissionView:
    """A hand-in as who may see it sees it. Three queries; one more where it is held against
    another.

    Raises:
        Http404: none, or not for them.
    """
    shown_ = visible(who, Submission).select_related(
        "person", "cohort", "offering__course", "block__lesson__unit"
    )
    row = shown_.filter(pk=pk).first()
    if row is None:
        raise Http404
    versions = list(visible(who, Submission).filter(work=row.work_id).order_by("-number"))
    view = SubmissionView(row, versions, own=row.person_id == who.pk)
    view.files = _files(row)
    view.other = next((v for v in versions if v.number == beside and v.pk != row.pk), None)
    if view.other:
        view.pieces = pieces(view.other.text, row.text)
        _hold_against(view, _files(view.other))
    return view


def _hold_against(view: SubmissionView, before: list[FileLine]) -> None:
    """Which files came and which went."""
    here, there = {each.pk for each in view.files}, {each.pk for each in before}
    view.files = [_signed(each, "" if each.pk in there else "+") for each in view.files]
    view.gone = [_signed(each, "-") for each in before if each.pk not in here]


def _signed(line: FileLine, sign: str) -> FileLine:
    return FileLine(line.pk, line.name, line.size, line.is_here, line.shows, sign)


def _files(row: Submission) -> list[FileLine]:
    held = SubmissionFile.objects.filter(submission=row).select_related("file__blob")
    return [
        FileLine(
            each.file.pk,
            each.file.name,
            each.file.size,
            each.file.blob is not None,
            shows(each.file.blob.type) if each.file.blob else "",
        )
        for each in held
    ]


def shows(kind: str) -> str:
    """How a page shows a file of this media type."""
    if kind.startswith("image/") and kind != types.SVG:
        return "picture"
    if kind.startswith("audio/"):
        return "sound"
    return "film" if kind.startswith("video/") else ""


def file_of(who: Who, submission: int, file: int) -> WorkFile:
    """A file of a hand-in whose bytes are here, for who may see the hand-in.

    Raises:
        Http404: none, not for them, or not here yet.
    """
    row = get(who, "see", Submission, pk=submission)
    found = get(who, "see", WorkFile, pk=file, handed_in__submission=row)
    if found.blob is None:
        raise Http404
    return found


def submission_with_photos(who: Who, pk: int) -> Submission:
    """A hand-in whose photos are one PDF by now.

    Raises:
        Http404: none, or not for them.
    """
    row = get(who, "see", Submission, pk=pk)
    if row.photos is None:
        raise Http404
    return row


def submission_to_take_back(who: Who, pk: int) -> Submission:
    """One's own hand-in, with what taking it back needs.

    Raises:
        Http404: none, or not theirs.
    """
    rows = visible(who, Submission).select_related("offering__cohort", "block__lesson")
    found = rows.filter(pk=pk, person=who.pk).first()
    if found is None:
        raise Http404
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """Word by word, or line by line where they are very long: what stayed, what went, what came."""
    long = len(old) + len(new) > LONGEST_COMPARED
    one, two = (
        (old.splitlines(keepends=True), new.splitlines(keepends=True))
        if long
        else (WORDS.findall(old), WORDS.findall(new))
    )
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=long).get_opcodes():
        if tag == "equal":
            found.append(Piece("", "".join(one[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("-", "".join(one[i1:i2])))
        if j2 > j1:
            found.append(Piece("+", "".join(two[j1:j2])))
    return found
