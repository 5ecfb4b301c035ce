"""The class hears from its teacher."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from meanwhile.core.clock import local_day, moment_of
from meanwhile.insights.check import Check, Severity
from meanwhile.insights.evidence import PRESENCE
from meanwhile.insights.samples import class_with
from meanwhile.insights.study import Place, Study

QUIET = timedelta(days=14)


class NoNotes(Check):
    name = "no-notes"
    subject = "dates"
    about = "class"
    what = _("The class hears from its teacher")
    why = _("Two weeks without a word, and a class that never meets begins to feel left alone.")
    severity = Severity.IDEA
    evidence = PRESENCE
    how = _(
        "Send the class a few lines: what went well, what comes next. The class page has a box."
    )

    def good(self) -> Study:
        return class_with("2026-10-16T20:00", last_note=moment_of(datetime(2026, 10, 1), "UTC"))

    def bad(self) -> Study:
        return class_with("2026-10-16T20:00")

    def look(self, study: Study) -> Iterator[tuple[Place, str]]:
        """Where the course goes on now: begun a fortnight ago, and not past its last date."""
        for run in study.runs:
            if not run.now or not run.learners:
                continue
            today = local_day(run.now, run.zone)
            ends = [local_day(due.at, run.zone) for due in run.dues if due.at]
            last = max([*ends, *(run.term[1:] if run.term else [])], default=today)
            begun = run.starts_on + QUIET <= today <= last
            if begun and (run.last_note is None or run.now - run.last_note > QUIET):
                if run.last_note is None:
                    yield run.place(), say("The class has had no note from its teacher yet.")
                else:
                    days = (run.now - run.last_note).days
                    yield (
                        run.place(),
                        say("The last note to the class is %(n)d days old.") % {"n": days},
                    )


check = NoNotes()
