"""Dates lie in the term."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import local_day
from meanwhile.insights.check import Check
from meanwhile.insights.evidence import plain_sense
from meanwhile.insights.samples import class_with
from meanwhile.insights.study import Place, Study


class OutsideTerm(Check):
    name = "outside-term"
    subject = "dates"
    about = "class"
    what = _("Dates lie in the term")
    why = _("A date in the holidays is missed by those who are away, and they are told late.")
    evidence = plain_sense(_("It is usually a slip: last year's date, or a wrong month."))
    how = _("Move the date on the page of the class's dates.")

    def good(self) -> Study:
        return class_with("2026-10-16T20:00")

    def bad(self) -> Study:
        return class_with("2026-12-27T20:00")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        for run in study.runs:
            first, last = run.term or (run.starts_on, None)
            for due in run.dues:
                day = local_day(due.at, run.zone) if due.at else None
                if day and (day < max(first, run.starts_on) or (last and day > last)):
                    words = say(
                        "“%(unit)s” is to be finished on %(day)s; the class goes on from %(from)s"
                    )
                    until = say(" to %(to)s.") % {"to": date_format(last)} if last else "."
                    values = {
                        "unit": due.title,
                        "day": date_format(day),
                        "from": date_format(first),
                    }
                    yield run.place(due.unit), words % values + until


check = OutsideTerm()
