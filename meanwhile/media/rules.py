"""Who may, for files on their way. What is kept asks the room that shows it."""

from django.db.models import Q

from meanwhile.core.rules import NOBODY, rule
from meanwhile.media.models import Upload
from meanwhile.people.who import Who


@rule(Upload, "send")
def send(who: Who) -> Q:
    """One's own, for as long as one writes courses or learns somewhere: files belong to a lesson, or
    to what is handed in."""
    return Q(person=who.pk) if may_send(who) else NOBODY


def may_send(who: Who) -> bool:
    """Whether somebody has anything to send a file for."""
    return bool(who.designs_in or who.learns)
