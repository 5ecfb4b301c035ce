"""Sentences about people and classes. Pure: what is true comes in, plain words come out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meanwhile.core import clock
from meanwhile.courses.models import Unit
from meanwhile.learning.models import Participation
from meanwhile.learning.progress import Figures
from meanwhile.web.queries import reasons


def greeting(hour: int, name: str) -> str:
    """'Good evening, Amina', by the reader's own clock. Deep in the night just 'Hello'."""
    if hour < 5:
        words = _("Hello, %(name)s")
    elif hour < 12:
        words = _("Good morning, %(name)s")
    elif hour < 18:
        words = _("Good afternoon, %(name)s")
    else:
        words = _("Good evening, %(name)s")
    return words % {"name": name}


def listed(names: Sequence[str]) -> str:
    """'Amina', 'Amina and Yusuf', 'Amina, Mei and Yusuf'."""
    if len(names) < 2:
        return "".join(names)
    head, last = ", ".join(names[:-1]), names[-1]
    return _("%(names)s and %(last)s") % {"names": head, "last": last}


def quiet_days(row: Participation) -> int:
    return (clock.now() - row.last_active_at).days


def reason_words(reason: int, row: Participation | None) -> str:
    """Why to look at somebody, in words; '' for who goes their way."""
    if reason == reasons.NEW:
        return _("not begun")
    if row is None:
        return ""
    if reason == reasons.STUCK and row.stuck_on:
        return _("stuck on “%(what)s”") % {"what": question_name(row.stuck_on)}
    if reason == reasons.SHAKY and row.shaky_in:
        return _("done but shaky in %(unit)s") % {"unit": row.shaky_in.title}
    if reason == reasons.QUIET:
        days = quiet_days(row)
        return ngettext("quiet for %(n)d day", "quiet for %(n)d days", days) % {"n": days}
    if reason == reasons.FINISHED:
        return _("finished")
    return ""


def question_name(block: Any) -> str:
    """A question by its heading, else by the lesson it stands in."""
    return block.heading or block.lesson.title


def cell_word(reason: int, row: Participation | None, unit: Unit, figures: Figures) -> str:
    """The one word a cell may carry, only where it is an exception."""
    if row is None:
        return ""
    if row.stuck_on and row.stuck_on.lesson.unit_id == unit.pk:
        return _("stuck")
    if figures.shaky:
        return _("shaky")
    if reason == reasons.QUIET and row.unit_id == unit.pk:
        return _("quiet")
    return ""


def class_sentences(found: Any, named: dict[int, list[Any]], units: list[Unit]) -> list[str]:
    """The class in a few sentences: where most are, who has finished, who needs a look."""
    if not found.people:
        return [_("Nobody has joined yet.")]
    said = [_where(found, units), _finished(found)]
    for reason in (reasons.STUCK, reasons.SHAKY, reasons.QUIET, reasons.NEW):
        count = found.by_reason.get(reason, 0)
        if count:
            said.append(_needs_look(reason, count, named.get(reason, [])))
    if not any(found.by_reason.get(each) for each in (reasons.STUCK, reasons.SHAKY, reasons.QUIET,
                                                      reasons.NEW)):  # fmt: skip
        said.append(_("Nobody needs a look right now."))
    return [sentence for sentence in said if sentence]


def _where(found: Any, units: list[Unit]) -> str:
    """'Most are in Refraction.', while more than half of who has begun are in one unit."""
    places = {unit.pk: unit for unit in units if unit.pk in found.by_unit}
    if not places:
        return ""
    most = max(places, key=lambda pk: found.by_unit[pk])
    begun = sum(found.by_unit.values())
    if found.by_unit[most] == begun:
        words = _("Everybody who has begun is in %(unit)s.")
    elif found.by_unit[most] * 2 > begun:
        words = _("Most are in %(unit)s.")
    else:
        words = _("More are in %(unit)s than in any other unit.")
    return words % {"unit": places[most].title}


def _finished(found: Any) -> str:
    count = found.by_reason.get(reasons.FINISHED, 0)
    if not count:
        return ""
    if count == found.people:
        return _("Everybody has finished.")
    return ngettext("%(n)d person has finished.", "%(n)d people have finished.", count) % {
        "n": count
    }


def _needs_look(reason: int, count: int, rows: list[Any]) -> str:
    """By name where few share the reason, else by number."""
    if len(rows) == 1 and reason in (reasons.QUIET, reasons.NEW):
        return _one_away(reason, rows[0])
    if len(rows) == 1:
        return _("%(name)s is %(why)s.") % {"name": first_name(rows[0].person), "why": rows[0].why}
    who = listed([first_name(row.person) for row in rows])
    if reason == reasons.STUCK:
        words = (
            _("%(who)s are stuck on a question.")
            if rows
            else ngettext(
                "%(n)d person is stuck on a question.",
                "%(n)d people are stuck on a question.",
                count,
            )
        )
    elif reason == reasons.SHAKY:
        words = (
            _("%(who)s finished a unit but are shaky.")
            if rows
            else ngettext(
                "%(n)d person finished a unit but is shaky.",
                "%(n)d people finished a unit but are shaky.",
                count,
            )
        )
    elif reason == reasons.QUIET:
        words = (
            _("%(who)s have been quiet for a week or more.")
            if rows
            else ngettext(
                "%(n)d person has been quiet for a week or more.",
                "%(n)d people have been quiet for a week or more.",
                count,
            )
        )
    else:
        words = (
            _("%(who)s have not begun.")
            if rows
            else ngettext("%(n)d person has not begun.", "%(n)d people have not begun.", count)
        )
    return words % {"who": who, "n": count}  # fmt: skip


def _one_away(reason: int, row: Any) -> str:
    """One person who is not there, by name."""
    name = first_name(row.person)
    if reason == reasons.NEW:
        return _("%(name)s has not begun.") % {"name": name}
    days = quiet_days(row.participation)
    return ngettext(
        "%(name)s has been quiet for %(n)d day.", "%(name)s has been quiet for %(n)d days.", days
    ) % {"name": name, "n": days}


def first_name(person: Any) -> str:
    return person.get_short_name()


def class_line_words(people: int, by_reason: dict[int, int], new: int) -> str:
    """'12 people: 1 stuck, 2 done but shaky, 1 quiet, 3 not begun.'"""
    if not people:
        return _("Nobody has joined yet. Give them the class code.")
    words = ngettext("%(n)d person", "%(n)d people", people) % {"n": people}
    parts = [
        text % {"n": count}
        for text, count in (
            (_("%(n)d stuck"), by_reason.get(reasons.STUCK, 0)),
            (_("%(n)d done but shaky"), by_reason.get(reasons.SHAKY, 0)),
            (_("%(n)d quiet for a week"), by_reason.get(reasons.QUIET, 0)),
            (_("%(n)d not begun"), new),
            (_("%(n)d finished"), by_reason.get(reasons.FINISHED, 0)),
        )
        if count
    ]
    if not parts:
        return _("%(people)s, all on the way.") % {"people": words}
    return _("%(people)s: %(parts)s.") % {"people": words, "parts": ", ".join(parts)}
