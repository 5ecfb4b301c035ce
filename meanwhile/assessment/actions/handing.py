"""Handing in, taking back, and what becomes of a hand-in."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from meanwhile.assessment.actions.drafts import keep_words, locked, refuse_after_end, tidy
from meanwhile.assessment.models import Submission, SubmissionFile, Work, WorkFile
from meanwhile.assessment.receipts import PLACES, contents_hash, sign, statement
from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.core.ids import readable_code
from meanwhile.core.rules import get
from meanwhile.courses.events import TaskHandedIn, TaskTakenBack
from meanwhile.courses.models import Block, Offering
from meanwhile.people.who import Who

FILES_WITHIN = timedelta(hours=72)
"""How long after a hand-in its files may still arrive."""
LONGEST_TEXT = 200_000
LONGEST_LINK = 2000


class Nothing(ValueError):
    """There is nothing to hand in, or something in it cannot be; the sentence says what to do."""


def hand_in(
    who: Who, offering: Offering, block: Block, words: dict[str, Any], base: int | None
) -> Submission:
    """Keep a version for good, with its receipt, as it stands on the learner's page.

    The time is that of this moment, whether or not every file has come: those that are still on
    their way are fixed by their hashes and may arrive within `FILES_WITHIN`. A version that stood
    before is followed by this one; where it holds the very same, it stays and is given back. It is
    never too late to hand in.

    Raises:
        Nothing: neither words nor link nor file, or a link that is none.
        Changed: the words were changed elsewhere since version `base`.
        Closed: the offering has ended.
    """
    with writing():
        work = locked(who, offering, block)
        tidied = tidy(words)
        keep_words(work, tidied, base)
        files = list(WorkFile.objects.filter(work=work, removed_at=None))
        text, link = tidied.get("text", ""), checked_link(tidied.get("link", ""))
        _refuse_nothing(text, link, files)
        sha256 = contents_hash(text, link, [(f.name, f.size, f.sha256) for f in files])
        same = Submission.objects.standing().filter(work=work, sha256=sha256).first()
        if same is not None:
            return same
        made = _keep(work, offering, text, link, files, sha256)
        record(
            TaskHandedIn(
                actor=who.pk,
                school=offering.cohort.school_id,
                offering=offering.pk,
                block=block.pk,
                submission=made.pk,
            )
        )
    return made


def checked_link(link: str) -> str:
    """A link to something on the web, as typed. It is never fetched.

    Raises:
        Nothing: it is no link that begins with https.
    """
    link = link.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        whole = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        whole = False
    if not whole or len(link) > LONGEST_LINK or any(sign.isspace() for sign in link):
        raise Nothing(
            _("A link begins with https:// and has no gaps, like https://example.org/my-work.")
        )
    return link


def _refuse_nothing(text: str, link: str, files: list[WorkFile]) -> None:
    if len(text) > LONGEST_TEXT:
        raise Nothing(
            _("A hand-in holds 200,000 signs. Yours is longer: put a part of it into a file.")
        )
    if not text.strip() and not link and not files:
        raise Nothing(_("There is nothing to hand in yet. Write something, or add a file."))


def _keep(
    work: Work, offering: Offering, text: str, link: str, files: list[WorkFile], sha256: str
) -> Submission:
    now = clock.now()
    before = Submission.objects.filter(work=work)
    before.standing().update(replaced_at=now)
    number = before.count() + 1
    code = readable_code(PLACES)
    whose = {"person": work.person_id, "offering": work.offering_id, "block": work.block_id}
    coming = any(each.blob_id is None for each in files)
    made = Submission.objects.create(
        work=work,
        number=number,
        person_id=work.person_id,
        cohort_id=offering.cohort_id,
        offering_id=work.offering_id,
        block_id=work.block_id,
        text=text,
        link=link,
        edition=offering.course.edition,
        handed_in_at=now,
        sha256=sha256,
        code=code,
        signature=sign(statement(code, now, sha256, number=number, **whose)),
        files_until=now + FILES_WITHIN if coming else None,
    )
    SubmissionFile.objects.bulk_create(
        SubmissionFile(submission=made, file=each, position=index)
        for index, each in enumerate(files)
    )
    return made


def take_back(who: Who, submission: Submission) -> None:
    """Ask for a hand-in again. It stays in the learner's own record, with its receipt.

    Raises:
        Http404: it is not theirs, does not stand any more, or somebody has begun to mark it.
        Closed: the offering has ended.
    """
    with writing():
        refuse_after_end(submission.offering)
        Work.objects.select_for_update(of=("self",)).get(pk=submission.work_id)
        row = get(who, "take back", Submission, pk=submission.pk)
        row.taken_back_at = clock.now()
        row.save(update_fields=["taken_back_at"])
        record(
            TaskTakenBack(
                actor=who.pk,
                school=submission.offering.cohort.school_id,
                offering=row.offering_id,
                block=row.block_id,
                submission=row.pk,
            )
        )


def note_marking_began(submission: Submission) -> None:
    """Somebody has begun to mark it: from now on it cannot be taken back. For `feedback`."""
    _note(submission, "marking_began_at")


def note_returned(submission: Submission) -> None:
    """It was given back with an answer, which the learner sees. For `feedback`."""
    _note(submission, "returned_at")


def _note(submission: Submission, name: str) -> None:
    with writing():
        Work.objects.select_for_update(of=("self",)).get(pk=submission.work_id)
        now = clock.now()
        Submission.objects.filter(pk=submission.pk, **{name: None}).update(**{name: now})
        setattr(submission, name, getattr(submission, name) or now)
