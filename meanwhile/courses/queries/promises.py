"""When what is handed in now is answered: the promise of an offering, in the days of its school."""

from dataclasses import dataclass
from datetime import datetime

from meanwhile.courses.models import Offering
from meanwhile.people.queries import calendar_of
from meanwhile.people.school_days import Calendar, answer_by, says


@dataclass(frozen=True)
class Promised:
    """The promise of one offering. calendar: of its school."""

    days: int
    calendar: Calendar

    @property
    def says(self) -> str:
        """The rule in words."""
        return says(self.days, self.calendar)

    def by(self, sent_at: datetime) -> datetime:
        """When what is sent at this moment is answered (UTC)."""
        return answer_by(sent_at, self.days, self.calendar)


def promise_of(offering: Offering) -> Promised:
    """What the offering promises: one query, two where its school is not loaded."""
    return Promised(offering.answer_within, calendar_of(offering.cohort.school))
