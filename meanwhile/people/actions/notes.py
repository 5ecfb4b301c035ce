"""Telling people things."""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meanwhile.core import clock
from meanwhile.core.events import record, writing
from meanwhile.people.actions.refused import key
from meanwhile.people.events import NoteSent, NoteTakenBack
from meanwhile.people.models import Cohort, Note, Notice, Person

LONGEST = 300


def notify(person: Person, kind: str, words: str | Promise, link: str = "", **parts: Any) -> Notice:
    """Tell one person something in the app, in their own language.

    Args:
        kind: what it is about, for example "guardian".
        words: a sentence; a lazy one is translated. `parts` fill its %(places)s.
        link: an address on this site that shows more.
    """
    return notify_all([person], kind, words, link, **parts)[0]


def notify_all(
    people: Iterable[Person], kind: str, words: str | Promise, link: str = "", **parts: Any
) -> list[Notice]:
    """Tell several people the same, each in their own language, in one statement."""
    now = clock.now()
    rows = []
    for person in people:
        with translation.override(person.language):
            said = str(words) % parts if parts else str(words)
        rows.append(Notice(person=person, kind=kind, words=said[:LONGEST], link=link, made_at=now))
    with writing():
        return Notice.objects.bulk_create(rows)


def read_notices(person: Person) -> None:
    """Mark all as read."""
    with writing():
        Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


def send_note(actor: Person, cohort: Cohort, words: str) -> Note:
    """Write to the class. Everybody in it but the writer finds a notice."""
    with writing():
        note = Note.objects.create(cohort=cohort, author=actor, words=words, sent_at=clock.now())
        readers = Person.objects.filter(
            enrolments__cohort=cohort, enrolments__left_at=None
        ).exclude(pk=actor.pk)
        first = " ".join(words.split())
        notify_all(
            readers,
            f"note:{note.pk}",
            _("%(author)s to %(cohort)s: %(text)s"),
            _home(),
            author=str(actor),
            cohort=cohort.name,
            text=first if len(first) <= 180 else first[:179].rsplit(" ", 1)[0] + "…",
        )
        record(NoteSent(actor=key(actor), school=cohort.school_id, cohort=cohort.pk, note=note.pk))
    return note


def _home() -> str:
    try:
        return reverse("people:notices")
    except NoReverseMatch:  # pragma: no cover - a house without its pages
        return ""


def take_back_note(actor: Person, note: Note) -> None:
    """Take a note back: it is shown to nobody any more, and its notices go too."""
    with writing():
        if Note.objects.filter(pk=note.pk, taken_back_at=None).update(taken_back_at=clock.now()):
            Notice.objects.filter(kind=f"note:{note.pk}").delete()
            record(
                NoteTakenBack(
                    actor=key(actor),
                    school=note.cohort.school_id,
                    cohort=note.cohort_id,
                    note=note.pk,
                )
            )
