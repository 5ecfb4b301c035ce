"""The chores, and how often each is due: thin, for each calls the room that knows how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from meanwhile.assessment.actions import bind_waiting_photos
from meanwhile.authoring.actions.files import forget_unused_files
from meanwhile.core.events import deliver_waiting, forget_old_deliveries
from meanwhile.core.limits import forget_old_tries
from meanwhile.core.receipts import forget_old_receipts
from meanwhile.feedback.actions import release_due
from meanwhile.insights.actions import try_waiting_links
from meanwhile.learning.actions import forget_removed_notes
from meanwhile.media.actions import forget_old_uploads, forget_old_versions, waiting_films
from meanwhile.people.actions import forget_ended_sessions
from meanwhile.search.actions import freshen, read_papers


@dataclass(frozen=True)
class Chore:
    """Something to be done every so often. `do` may be done twice, or by two at once, and gives
    the number of rows it dealt with."""

    name: str
    every: timedelta
    do: Callable[[], int]


CHORES = (
    Chore("late events", timedelta(minutes=1), deliver_waiting),
    Chore("held feedback", timedelta(minutes=1), release_due),
    Chore("old deliveries", timedelta(days=1), forget_old_deliveries),
    Chore("old receipts", timedelta(days=1), forget_old_receipts),
    Chore("removed notes", timedelta(days=1), forget_removed_notes),
    Chore("files nobody published", timedelta(days=1), forget_unused_files),
    Chore("old tries", timedelta(days=1), forget_old_tries),
    Chore("files nobody sent on", timedelta(hours=1), forget_old_uploads),
    Chore("links to try", timedelta(minutes=1), try_waiting_links),
    Chore("films nobody asked for", timedelta(minutes=10), waiting_films),
    Chore("films nobody shows", timedelta(days=1), forget_old_versions),
    Chore("papers to read", timedelta(minutes=1), read_papers),
    Chore("photos to bind", timedelta(minutes=1), bind_waiting_photos),
    Chore("search index", timedelta(days=1), freshen),
    Chore("ended sessions", timedelta(days=1), forget_ended_sessions),
)
