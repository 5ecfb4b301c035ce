"""What is not handed in yet: words, link and ticks, compare-and-set on their version."""

from typing import Any

from django.utils.translation import gettext as _

from meanwhile.assessment.models import Work
from meanwhile.core import clock
from meanwhile.core.events import writing
from meanwhile.courses.models import Block, Offering
from meanwhile.people.who import Who

FIELDS = ("text", "link")
LISTS = ("criteria", "steps")
"""What can be ticked, each list with its own version."""


class Closed(Exception):
    """The offering has ended."""

    def __str__(self) -> str:
        return _("This course has ended. You can still read everything, but not hand in.")


class Changed(Exception):
    """It was changed elsewhere since the version these words were written on; `words` and
    `version` are the other's."""

    def __init__(self, words: dict[str, Any], version: int) -> None:
        super().__init__(version)
        self.words, self.version = words, version


def refuse_after_end(offering: Offering) -> None:
    """Raises:
    Closed: the offering has ended.
    """
    if offering.closed_at and offering.closed_at <= clock.now():
        raise Closed


def locked(who: Who, offering: Offering, block: Block) -> Work:
    """This person's work on a task, from their first act on it, locked until the end of the
    transaction: who writes next for the same work waits here."""
    refuse_after_end(offering)
    mine = {"person": who.person, "offering": offering, "block": block}
    rows = Work.objects.select_for_update(of=("self",))
    row = rows.filter(**mine).first()
    if row is None:
        Work.objects.get_or_create(**mine, defaults={"begun_at": clock.now()})
        row = rows.get(**mine)
    return row


def tidy(words: dict[str, Any]) -> dict[str, str]:
    """The fields that are kept, as texts, with line ends of one kind."""
    kept = {name: str(words.get(name) or "").replace("\r\n", "\n") for name in FIELDS}
    return {name: value for name, value in kept.items() if value}


def save_draft(
    who: Who, offering: Offering, block: Block, words: dict[str, Any], base: int | None
) -> Work:
    """Keep what is typed, if nothing else was typed since version `base`.

    The same words again, and words over an empty draft, are never a conflict.

    Raises:
        Changed: there is another version.
        Closed: the offering has ended.
    """
    with writing():
        work = locked(who, offering, block)
        keep_words(work, tidy(words), base)
    return work


def keep_words(work: Work, words: dict[str, str], base: int | None) -> None:
    """The same, for a work that is locked already."""
    if words == work.words and work.saved_at is not None:
        return
    if work.words and base != work.version:
        raise Changed(work.words, work.version)
    work.words, work.version, work.saved_at = words, work.version + 1, clock.now()
    work.save(update_fields=["words", "version", "saved_at"])


def save_marks(
    who: Who, offering: Offering, block: Block, of: str, marks: dict[str, Any], base: int | None
) -> int:
    """Keep the ticks at the criteria or at the steps (`of`), for the learner alone; their version.

    Raises:
        Changed: they were changed elsewhere since version `base`.
        Closed: the offering has ended.
    """
    ticked = sorted(_ticked(marks.get(of)))
    with writing():
        work = locked(who, offering, block)
        now = work.marks.get(of, {"ticked": [], "version": 0})
        if ticked == now["ticked"]:
            return int(now["version"])
        if now["ticked"] and base != now["version"]:
            raise Changed({of: now["ticked"]}, now["version"])
        work.marks[of] = {"ticked": ticked, "version": now["version"] + 1}
        work.save(update_fields=["marks"])
    return int(work.marks[of]["version"])


def _ticked(value: Any) -> set[str]:
    listed = value if isinstance(value, list) else [value]
    return {str(each)[:60] for each in listed[:200] if each not in (None, "")}
